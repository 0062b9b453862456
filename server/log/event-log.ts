import type { Segments } from './segments.ts';
import type { BoardId, Epoch, Millis, Revision } from '../../shared/ids.ts';

/** A commit as it is stored and sent: the bytes are what `packCommit` gave, and no adapter looks inside. */
export interface PackedCommit {
  /** The revision that its events follow. */
  readonly after: Revision;
  /** The revision of its last event. */
  readonly last: Revision;
  readonly at: Millis;
  readonly bytes: Uint8Array;
}

/** The port of every log. Its rules are L1 … in shared/SPEC.md, and `contract.ts` tests an adapter against them. */
export interface EventLog {
  /** A random name that the store got when it was made. A restored backup keeps its name only with `renew`. */
  readonly epoch: Epoch;

  /**
   * Makes commits of one board durable, all or none, in order: the first follows `expected`, each the one before.
   * Resolves when a power cut can no longer take them back. Appends that wait together share one transaction. The bytes
   * are copied in the call itself: the caller may use its buffers again.
   * An append of no commits only looks whether the stream ends at `expected`.
   * @throws RangeError when one of the commits does not follow the one before
   * @throws WrongRevision when the stream does not end at `expected`
   * @throws LogUnavailable when nothing can be written just now; nothing of the append is in the log then
   */
  append(board: BoardId, expected: Revision, commits: readonly PackedCommit[]): Promise<void>;

  /**
   * The commits whose last revision is greater than `after`, in order; no more than `maxBytes` of them, but at least
   * one where there is one. The first may begin at or before `after`.
   * @throws LogUnavailable when the store cannot be read: never an empty list instead
   */
  read(board: BoardId, after: Revision, maxBytes: number): Promise<readonly PackedCommit[]>;

  /** The revision of the board's last event; 0 where there is no such board. */
  head(board: BoardId): Promise<Revision>;

  /**
   * Calls `appended` after each append to the board, whoever made it, with its new head. Returns the end of it.
   * An adapter that can be written to by others must tell of their appends too.
   */
  watch(board: BoardId, appended: (head: Revision) => void): () => void;

  /** Where the log seals old commits: what of it can be served as it is. */
  readonly segments?: Segments;

  /** Finishes what is waiting and closes the store. Any later call throws. */
  close(): Promise<void>;
}

export class WrongRevision extends Error {
  override readonly name = 'WrongRevision';
  readonly board: BoardId;
  readonly expected: Revision;
  readonly actual: Revision;

  constructor(board: BoardId, expected: Revision, actual: Revision) {
    super(`Board ${board} ends at revision ${actual}, not at ${expected}.`);
    this.board = board;
    this.expected = expected;
    this.actual = actual;
  }
}

export class LogUnavailable extends Error {
  override readonly name = 'LogUnavailable';
}
