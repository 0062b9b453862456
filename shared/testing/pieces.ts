import type { StrokePiece } from '../event.ts';

/** Pieces of a stroke of so many samples, with numbers after `number`. */
export const piecesOf = (count: number, number: number, cuts: readonly number[]): StrokePiece[] => {
  const places = cuts.map((share) => share * (count - 1)).sort((a, b) => a - b);
  const pieces: StrokePiece[] = [];
  for (let i = 0; i + 1 < places.length; i += 2) {
    pieces.push({ number: number + 1 + pieces.length, from: places[i] as number, to: places[i + 1] as number });
  }
  return pieces;
};
