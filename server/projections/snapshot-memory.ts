import type { BoardId } from '../../shared/ids.ts';
import type { SnapshotStore, StoredSnapshot } from './snapshot-store.ts';

/** Snapshots that end with the process: beside a log that does, and for tests. */
export function snapshotMemory(): SnapshotStore {
  const snapshots = new Map<BoardId, StoredSnapshot>();
  return {
    async save(board, snapshot) {
      snapshots.set(board, snapshot);
    },
    async load(board) {
      return snapshots.get(board) ?? null;
    },
    async remove(board) {
      snapshots.delete(board);
    },
  };
}
