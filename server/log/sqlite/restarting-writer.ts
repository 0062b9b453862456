import { decodeAppends } from './append-record.ts';
import type { Answer } from './mailbox.ts';
import type { SqliteReader } from './reader.ts';
import { WriterLost, type WriterThread } from './writer-thread.ts';

/** Threads in a row that ended before they had written anything; then only a restart of the server helps. */
const maxLosses = 5;

/** A writer whose thread is started again, by the next batch, when it has ended unexpectedly. */
export class RestartingWriter {
  readonly #start: () => Promise<WriterThread>;
  readonly #reader: SqliteReader;
  #thread: WriterThread;
  #losses = 0;

  constructor(thread: WriterThread, start: () => Promise<WriterThread>, reader: SqliteReader) {
    this.#thread = thread;
    this.#start = start;
    this.#reader = reader;
  }

  async write(records: readonly Buffer[]): Promise<Answer> {
    // No turn is lost where the thread lives: the batch is on its way when this returns.
    if (this.#thread.isLost) await this.#restart();
    try {
      const answer = await this.#thread.write(records);
      this.#losses = 0;
      return answer;
    } catch (error) {
      if (error instanceof WriterLost) return this.#afterLoss(records, error);
      throw error;
    }
  }

  close(): Promise<void> {
    return this.#thread.close();
  }

  async #restart(): Promise<void> {
    if (this.#losses >= maxLosses) throw new Error('The log cannot be written: its writer ended too often.');
    this.#losses++;
    this.#thread = await this.#start();
  }

  /** The batch was one transaction and its thread has ended, so the log itself says whether it was committed. */
  #afterLoss(records: readonly Buffer[], { message }: WriterLost): Answer {
    const appends = records.flatMap((record) => decodeAppends(record, 1));
    if (!appends.some((append) => append.commits.length > 0 && this.#reader.holds(append))) return { reason: message };
    return appends.map((append) => (this.#reader.holds(append) ? null : this.#reader.head(append.board)));
  }
}
