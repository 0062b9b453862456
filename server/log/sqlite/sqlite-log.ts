import type { BoardId, Epoch, Revision } from '../../../shared/ids.ts';
import { type EventLog, LogUnavailable, type PackedCommit } from '../event-log.ts';
import type { Segments } from '../segments.ts';
import { Watchers } from '../watchers.ts';
import { advice } from './advice.ts';
import { AppendQueue } from './append-queue.ts';
import type { Sealing } from './sealing/sealing.ts';
import type { SqliteReader } from './reader.ts';
import type { RestartingWriter } from './restarting-writer.ts';

/** Appends go to the writer's thread, reads are answered here. */
export class SqliteLog implements EventLog {
  readonly epoch: Epoch;
  readonly segments: Segments;
  readonly #writer: RestartingWriter;
  readonly #reader: SqliteReader;
  readonly #unlock: () => void;
  readonly #sealing: Sealing | null;
  readonly #watchers = new Watchers();
  readonly #queue: AppendQueue;
  #closing: Promise<void> | null = null;

  constructor(writer: RestartingWriter, reader: SqliteReader, unlock: () => void, sealing: Sealing | null = null) {
    this.epoch = reader.store.epoch;
    this.#writer = writer;
    this.#reader = reader;
    this.#unlock = unlock;
    this.#sealing = sealing;
    this.segments = {
      list: async (board) => this.#readNow(() => reader.segments.list(board)),
      packed: async (board, hash) => this.#readNow(() => reader.segments.packed(board, hash)),
    };
    this.#queue = new AppendQueue(writer, (board, head) => this.#watchers.tell(board, head));
  }

  async append(board: BoardId, expected: Revision, commits: readonly PackedCommit[]): Promise<void> {
    this.#assertOpen();
    await this.#queue.append(board, expected, commits);
  }

  async read(board: BoardId, after: Revision, maxBytes: number): Promise<readonly PackedCommit[]> {
    this.#assertOpen();
    return unavailable(() => this.#reader.read(board, after, maxBytes));
  }

  async head(board: BoardId): Promise<Revision> {
    this.#assertOpen();
    return unavailable(() => this.#reader.head(board));
  }

  watch(board: BoardId, appended: (head: Revision) => void): () => void {
    this.#assertOpen();
    return this.#watchers.watch(board, appended);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    try {
      await this.#queue.drained();
      await this.#sealing?.close();
      // The writer's connection is to be the last: it empties the WAL into the database and removes it.
      this.#reader.close();
      await this.#writer.close();
    } finally {
      this.#unlock();
    }
  }

  #readNow<Value>(read: () => Value): Promise<Value> {
    this.#assertOpen();
    return unavailable(read);
  }

  #assertOpen(): void {
    if (this.#closing) throw new LogUnavailable('The log is closed.');
  }
}

async function unavailable<Value>(read: () => Value | Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (cause) {
    throw new LogUnavailable(`The log cannot be read: ${advice(cause)}`, { cause });
  }
}
