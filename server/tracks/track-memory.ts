import type { BoardId } from '../../shared/ids.ts';
import type { Hour, TrackStore } from './track-store.ts';

/** What hands did, for as long as the process lives. */
export function trackMemory(): TrackStore {
  const boards = new Map<BoardId, Map<Hour, Uint8Array[]>>();
  return {
    async append(board, hour, piece) {
      const hours = boards.get(board) ?? new Map<Hour, Uint8Array[]>();
      boards.set(board, hours);
      hours.set(hour, [...(hours.get(hour) ?? []), piece.slice()]);
    },
    async hours(board) {
      return [...(boards.get(board)?.keys() ?? [])].sort((a, b) => a - b);
    },
    async read(board, hour) {
      return Buffer.concat(boards.get(board)?.get(hour) ?? []);
    },
  };
}
