import type { Board } from '../board.ts';
import type { Box } from '../geometry.ts';
import { mappedBox } from '../matrix.ts';
import { draftOf, emptyMap } from '../persistent-map.ts';
import { transformOf } from '../settings.ts';
import { kindOf } from '../shapes/kinds.ts';
import type { Shape } from '../shapes/shape.ts';

/** What is shown where somebody wants only these shapes: a frame alone is cut at its edge, with all that is in it. [E9] */
export function partOf(board: Board, shapes: readonly Shape[]): { readonly board: Board; readonly region?: Box } {
  const [only, ...others] = shapes;
  if (only?.kind === 'frame' && others.length === 0) {
    return { board, region: mappedBox(transformOf(only), kindOf(only).box(only)) };
  }
  const part = draftOf<Shape>(emptyMap());
  for (const shape of shapes) part.set(shape.id, shape);
  return { board: { ...board, shapes: part.done() } };
}
