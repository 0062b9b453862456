import type { Board } from '../board.ts';
import { type Box, boxesMeet, unionOf } from '../geometry.ts';
import { valuesOf } from '../persistent-map.ts';
import { boxWithin, clipOf, type Edge, edgesOn, shownBox } from './frames.ts';
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

/** A shape, and the edge of its frame where that cuts it. */
export interface ShownShape {
  readonly shape: Shape;
  readonly clip: Edge | null;
}

/** The shapes that may show within a box, from the back to the front, cut as they are. */
export function shownShapes(board: Board, within: Box): ShownShape[] {
  const edges = edgesOn(board);
  const shown: ShownShape[] = [];
  for (const shape of valuesOf(board.shapes)) {
    const bounds = kindOf(shape).bounds(shape);
    if (!boxesMeet(bounds, within)) continue;
    const clip = clipOf(shape, edges, bounds);
    if (boxesMeet(boxWithin(clip, bounds), within)) shown.push({ shape, clip });
  }
  return shown.sort((a, b) => byStackOrder(a.shape, b.shape));
}

/** The box around all that shows; null for an empty board. */
export function boundsOfBoard(board: Board): Box | null {
  const edges = edgesOn(board);
  let bounds: Box | null = null;
  for (const shape of valuesOf(board.shapes)) {
    const box = shownBox(shape, edges);
    bounds = bounds ? unionOf(bounds, box) : box;
  }
  return bounds;
}
