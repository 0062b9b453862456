import type { Board } from '../../shared/board.ts';
import type { Commit } from '../../shared/event.ts';
import { type BoardId, type Epoch, isEpoch, type Millis, type Revision } from '../../shared/ids.ts';
import { unpackSnapshot } from '../../shared/wire/board-codec.ts';

/** A board as it was at an instant, of the store that it is from. */
export interface FetchedMoment {
  readonly at: Millis;
  readonly board: Board;
  readonly epoch: Epoch;
}

/** A part of a history: a board, and the commits that follow it. */
export interface FetchedStretch {
  readonly base: Board;
  readonly commits: readonly Commit[];
  readonly epoch: Epoch;
}

/** The board at an instant, without its history; null, or an error, where that cannot be had just now. */
export type MomentSource = (at: Millis) => Promise<FetchedMoment | null>;

/** The history around an instant, without what lies before; null, or an error, where that cannot be had. */
export type StretchSource = (at: Millis) => Promise<FetchedStretch | null>;

/** As the server folds it. */
export const boardMoments =
  (board: BoardId, fetchPart: (url: string) => Promise<Response>): MomentSource =>
  async (at) => {
    // Commits are made at whole milliseconds.
    const moment = await boardAt(board, Math.floor(at), fetchPart);
    return moment && { ...moment, at };
  };

/** The board at an instant or a revision. */
export async function boardAt(
  board: BoardId,
  at: Millis | Revision,
  fetchPart: (url: string) => Promise<Response>,
): Promise<FetchedMoment | null> {
  const response = await fetchPart(`/api/boards/${board}/snapshot?at=${at}`);
  const epoch = response.headers.get('retrace-epoch') ?? '';
  if (!response.ok || !isEpoch(epoch)) return null;
  return { at, board: unpackSnapshot(new Uint8Array(await response.arrayBuffer())), epoch };
}
