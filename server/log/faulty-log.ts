import type { BoardId, Epoch, Revision } from '../../shared/ids.ts';
import { type EventLog, LogUnavailable, type PackedCommit } from './event-log.ts';

/** A log with faults at will, for tests of what stands on a log. */
export class FaultyLog implements EventLog {
  failAppends = false;
  failReads = false;
  readonly #log: EventLog;
  #held: Promise<void> | null = null;

  constructor(log: EventLog) {
    this.#log = log;
  }

  get epoch(): Epoch {
    return this.#log.epoch;
  }

  /** Appends from now on wait, as for a slow disk, until the returned function is called. */
  hold(): () => void {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    this.#held = held;
    return () => {
      if (this.#held === held) this.#held = null;
      release();
    };
  }

  async append(board: BoardId, expected: Revision, commits: readonly PackedCommit[]): Promise<void> {
    // Not where nothing is held: a log copies the caller's bytes in the call itself.
    if (this.#held) await this.#held;
    if (this.failAppends) throw new LogUnavailable('A test fails the appends.');
    return this.#log.append(board, expected, commits);
  }

  async read(board: BoardId, after: Revision, maxBytes: number): Promise<readonly PackedCommit[]> {
    this.#assertReadable();
    return this.#log.read(board, after, maxBytes);
  }

  async head(board: BoardId): Promise<Revision> {
    this.#assertReadable();
    return this.#log.head(board);
  }

  watch(board: BoardId, appended: (head: Revision) => void): () => void {
    return this.#log.watch(board, appended);
  }

  close(): Promise<void> {
    return this.#log.close();
  }

  #assertReadable(): void {
    if (this.failReads) throw new LogUnavailable('A test fails the reads.');
  }
}
