import type { Board } from '../board.ts';
import { draftOf, emptyMap } from '../persistent-map.ts';
import type { Shape } from '../shapes/shape.ts';

/** A board of which only these shapes are shown: what is taken away when that is all that somebody wants. */
export function partOf(board: Board, shapes: readonly Shape[]): Board {
  const part = draftOf<Shape>(emptyMap());
  for (const shape of shapes) part.set(shape.id, shape);
  return { ...board, shapes: part.done() };
}
