import type { Board } from './board.ts';
import { boxesMeet, boxOf, growBox, type Position } from './geometry.ts';
import { valuesOf } from './persistent-map.ts';
import { kindOf } from './shapes/kinds.ts';
import type { Shape } from './shapes/shape.ts';
import { byStackOrder } from './shapes/stack.ts';

/**
 * Whose hands were at a point of the board: what lies there, and behind it what lay there and was erased, each the
 * frontmost first. `shown` are the shapes that may be near; `radius` is in board units. [T15]
 */
export function tracesAt(board: Board, shown: Iterable<Shape>, { x, y }: Position, radius: number): readonly Shape[] {
  const near = growBox(boxOf(x, y, 0, 0), radius);
  const hit = (shapes: Iterable<Shape>): Shape[] =>
    [...shapes]
      .filter((shape) => boxesMeet(kindOf(shape).bounds(shape), near) && kindOf(shape).hit(shape, x, y, radius))
      .sort(byStackOrder)
      .reverse();
  return [...hit(shown), ...hit(valuesOf(board.erased))];
}
