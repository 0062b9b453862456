import type { Board } from '../shared/board.ts';
import { packSnapshot } from '../shared/wire/board-codec.ts';
import type { Snapshot } from './dialect.ts';

/** A newcomer gets a snapshot that is so many events old rather than one of their own: the log has the rest. */
const MAX_LAG = 1000;

/** The packed snapshot of one board: many who come at once are sent the same bytes. */
export class SnapshotCache {
  #snapshot: Snapshot | null = null;

  of(present: Board): Snapshot {
    if (!this.#snapshot || present.revision - this.#snapshot.revision > MAX_LAG) {
      this.#snapshot = { revision: present.revision, frames: packSnapshot(present) };
    }
    return this.#snapshot;
  }
}
