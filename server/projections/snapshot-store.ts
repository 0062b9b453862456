import type { BoardId, Epoch, Revision } from '../../shared/ids.ts';

/** A board at a revision, as it is kept and as it is sent to who joins: the messages of `packSnapshot`. */
export interface PackedSnapshot {
  readonly revision: Revision;
  readonly frames: readonly Uint8Array[];
}

/** With what it takes to know the log that it is of. */
export interface StoredSnapshot extends PackedSnapshot {
  readonly epoch: Epoch;
  /** Digest of the event at its revision: a log with another event there went another way. */
  readonly event: string;
}

/**
 * Where snapshots are kept, one for each board. They are disposable: whatever is lost or damaged is made again from the
 * log. Rules J1 to J4 of SPEC.md; `snapshot-store-contract.ts` tests an adapter against them.
 */
export interface SnapshotStore {
  /** Puts it in the place of the board's last one, whole or not at all. @throws where it cannot be kept */
  save(board: BoardId, snapshot: StoredSnapshot): Promise<void>;

  /** What was saved last, to the byte; null where there is none like that. @throws where the store cannot be read */
  load(board: BoardId): Promise<StoredSnapshot | null>;

  remove(board: BoardId): Promise<void>;
}
