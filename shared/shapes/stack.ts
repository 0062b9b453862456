import type { Board } from '../board.ts';
import { type Box, boxesMeet, unionOf } from '../geometry.ts';
import { valuesOf } from '../persistent-map.ts';
import { kindOf } from './kinds.ts';
import type { Shape } from './shape.ts';

/** From the back to the front. The id decides between equals, so that everybody sees the same picture. */
export const byStackOrder = (a: Shape, b: Shape): number => a.z - b.z || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** The shapes to paint, from the back to the front: all, or those that may show within a box. */
export function stackedShapes(board: Board, within?: Box): Shape[] {
  const shapes = [...valuesOf(board.shapes)];
  const shown = within ? shapes.filter((shape) => boxesMeet(kindOf(shape).bounds(shape), within)) : shapes;
  return shown.sort(byStackOrder);
}

/** The box around all shapes; null for an empty board. */
export function boundsOfBoard(board: Board): Box | null {
  let bounds: Box | null = null;
  for (const shape of valuesOf(board.shapes)) {
    const box = kindOf(shape).bounds(shape);
    bounds = bounds ? unionOf(bounds, box) : box;
  }
  return bounds;
}
