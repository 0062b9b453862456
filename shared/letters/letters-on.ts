import type { Board } from '../board.ts';
import { type Box, boxesMeet } from '../geometry.ts';
import { valuesOf } from '../persistent-map.ts';
import { kindOf } from '../shapes/kinds.ts';
import { type Family, usualStyle } from '../style.ts';

export type LettersByFamily = ReadonlyMap<Family, ReadonlySet<string>>;

/** The letters that are written on a board, by their typeface; of a part of it only those of things in that box. */
export function lettersOn(board: Board, region?: Box): LettersByFamily {
  const letters = new Map<Family, Set<string>>();
  for (const shape of valuesOf(board.shapes)) {
    const { text } = shape.attributes;
    if (!text || (region && !boxesMeet(kindOf(shape).bounds(shape), region))) continue;
    // Names of frames are not styled.
    const family = shape.kind === 'frame' ? 'sans' : (shape.style.family ?? usualStyle.family);
    const known = letters.get(family) ?? new Set();
    letters.set(family, known);
    for (const letter of text) known.add(letter);
  }
  return letters;
}
