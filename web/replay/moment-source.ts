import type { Board } from '../../shared/board.ts';
import { type BoardId, type Epoch, isEpoch, type Millis } from '../../shared/ids.ts';
import { unpackSnapshot } from '../../shared/wire/board-codec.ts';

/** A board as it was at an instant, of the store that it is from. */
export interface FetchedMoment {
  readonly at: Millis;
  readonly board: Board;
  readonly epoch: Epoch;
}

/** The board at an instant, without its history; null, or an error, where that cannot be had just now. */
export type MomentSource = (at: Millis) => Promise<FetchedMoment | null>;

/** As the server folds it. */
export const boardMoments =
  (board: BoardId, fetchPart: (url: string) => Promise<Response>): MomentSource =>
  async (at) => {
    // Commits are made at whole milliseconds.
    const response = await fetchPart(`/api/boards/${board}/snapshot?at=${Math.floor(at)}`);
    const epoch = response.headers.get('retrace-epoch') ?? '';
    if (!response.ok || !isEpoch(epoch)) return null;
    return { at, board: unpackSnapshot(new Uint8Array(await response.arrayBuffer())), epoch };
  };
