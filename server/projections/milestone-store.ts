import type { BoardId, Millis, Revision } from '../../shared/ids.ts';
import type { StoredSnapshot } from './snapshot-store.ts';

/** A place in a board's past at which a snapshot of it is kept. */
export interface Milestone {
  readonly revision: Revision;
  /** Of the board's last event by then. */
  readonly at: Millis;
}

/** Where snapshots along the past of boards are kept. They are disposable, as all snapshots are: rules J1 to J4, J12. */
export interface MilestoneStore {
  /** In their order; whether each is sound shows when it is loaded. @throws where the store cannot be read */
  list(board: BoardId): Promise<readonly Milestone[]>;

  /** Keeps it whole or not at all. @throws where it cannot be kept */
  save(board: BoardId, milestone: Milestone, snapshot: StoredSnapshot): Promise<void>;

  /** What was saved, to the byte; null where there is none like that. @throws where the store cannot be read */
  load(board: BoardId, milestone: Milestone): Promise<StoredSnapshot | null>;

  remove(board: BoardId, milestone: Milestone): Promise<void>;
}
