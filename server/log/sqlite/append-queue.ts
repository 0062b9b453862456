import type { BoardId, Revision } from '../../../shared/ids.ts';
import { encodeAppend } from './append-record.ts';
import { LogUnavailable, type PackedCommit, WrongRevision } from '../event-log.ts';
import { type Answer, fitting } from './mailbox.ts';
import { endOf } from '../packed-commit.ts';

/** Makes batches durable: `RestartingWriter`. */
export interface BatchWriter {
  /** One batch at a time. The records fit one request. */
  write(records: readonly Buffer[]): Promise<Answer>;
}

interface Waiting {
  readonly board: BoardId;
  readonly expected: Revision;
  readonly end: Revision;
  readonly record: Buffer;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * Group commit without a timer: while one batch is being written, what is appended gathers, and is the next batch. So an
 * idle log answers at once, and a busy one makes its batches as large as the load asks for.
 */
export class AppendQueue {
  readonly #writer: BatchWriter;
  readonly #appended: (board: BoardId, head: Revision) => void;
  #waiting: Waiting[] = [];
  #draining: Promise<void> | null = null;

  constructor(writer: BatchWriter, appended: (board: BoardId, head: Revision) => void) {
    this.#writer = writer;
    this.#appended = appended;
  }

  append(board: BoardId, expected: Revision, commits: readonly PackedCommit[]): Promise<void> {
    const end = endOf(expected, commits);
    const record = encodeAppend({ board, expected, commits });
    return new Promise((resolve, reject) => {
      this.#waiting.push({ board, expected, end, record, resolve, reject });
      this.#draining ??= this.#drain();
    });
  }

  /** Resolves when nothing waits any more. */
  async drained(): Promise<void> {
    await this.#draining;
  }

  async #drain(): Promise<void> {
    // What others append in this same tick joins the first batch.
    await null;
    let settle: (() => void) | null = null;
    while (settle !== null || this.#waiting.length > 0) {
      // The next batch is on its way to the disk before the last one's news goes round: both take their time at once.
      const writing: Promise<() => void> | null = this.#waiting.length > 0 ? this.#writeNext() : null;
      settle?.();
      settle = await writing;
    }
    this.#draining = null;
  }

  /** Resolves with what tells the callers of it. */
  #writeNext(): Promise<() => void> {
    const records = this.#waiting.map((append) => append.record);
    const count = fitting(records);
    const batch = this.#waiting.splice(0, count);
    return this.#writer.write(records.slice(0, count)).then(
      (answer) => () => this.#settle(batch, answer),
      (error: unknown) => () => refuse(batch, new LogUnavailable(messageOf(error), { cause: error })),
    );
  }

  #settle(batch: readonly Waiting[], answer: Answer): void {
    if ('reason' in answer) {
      refuse(batch, new LogUnavailable(`Nothing can be stored just now: ${answer.reason}.`));
      return;
    }
    for (const [index, { board, expected, end, resolve, reject }] of batch.entries()) {
      const actual = answer[index] ?? null;
      if (actual === null) resolve();
      else reject(new WrongRevision(board, expected, actual));
      if (actual === null && end > expected) this.#appended(board, end);
    }
  }
}

function refuse(batch: readonly Waiting[], error: LogUnavailable): void {
  for (const { reject } of batch) reject(error);
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
