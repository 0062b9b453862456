import type { BoardId } from '../../shared/ids.ts';

/** Hours since 1970: what hands did in one is kept together. */
export type Hour = number;
export const HOUR_MS = 3_600_000;
export const hourOf = (at: number): Hour => Math.floor(at / HOUR_MS);

/**
 * Where it is kept what hands did, by board and hour. Of no weight for the board: what is lost of it is missed by nobody
 * but who plays that time. Rules Q1 to Q4 of SPEC.md.
 */
export interface TrackStore {
  /** Adds a piece of `packTrack`. @throws where it cannot be kept */
  append(board: BoardId, hour: Hour, piece: Uint8Array): Promise<void>;
  /** In their order. */
  hours(board: BoardId): Promise<readonly Hour[]>;
  /** All pieces of an hour, one behind the other; none where there are none. */
  read(board: BoardId, hour: Hour): Promise<Uint8Array>;
}
