// Where a line ends that holds to a thing: at the thing's edge, on the way to its middle.

import { heightOf, isInPolygon, type Position, widthOf } from '../geometry.ts';
import { mapped } from '../matrix.ts';
import { transformOf } from '../settings.ts';
import { placedCorners } from './corners.ts';
import { kindOf } from './kinds.ts';
import type { KindName, Shape } from './shape.ts';

/** Left free between a thing and the line that holds to it, in board units, and half of the line's width. */
const GAP = 4;
/** Sides of the polygon that stands for an ellipse. */
const ELLIPSE_SIDES = 48;

const LINES: ReadonlySet<KindName> = new Set(['line', 'arrow']);
const HELD: ReadonlySet<KindName> = new Set([
  'rectangle',
  'ellipse',
  'diamond',
  'triangle',
  'text',
  'note',
  'frame',
  'image',
]);

/** Whether its ends can hold to things. */
export const canHold = ({ kind }: Pick<Shape, 'kind'>): boolean => LINES.has(kind);
/** Whether lines can hold to it: what has an inside, and is no line itself. */
export const canBeHeld = ({ kind }: Pick<Shape, 'kind'>): boolean => HELD.has(kind);

/** The middle of a thing, as it is shown. */
export function middleOf(shape: Shape): Position {
  const { minX, minY, maxX, maxY } = kindOf(shape).box(shape);
  return mapped(transformOf(shape), { x: (minX + maxX) / 2, y: (minY + maxY) / 2 });
}

/** The corners of a thing's edge, as it is shown. */
export function edgeOf(shape: Shape): readonly Position[] {
  const box = kindOf(shape).box(shape);
  const matrix = transformOf(shape);
  const [x, y] = [(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2];
  switch (shape.kind) {
    case 'ellipse':
      return Array.from({ length: ELLIPSE_SIDES }, (_, i) => {
        const angle = (i / ELLIPSE_SIDES) * 2 * Math.PI;
        return mapped(matrix, {
          x: x + (widthOf(box) / 2) * Math.cos(angle),
          y: y + (heightOf(box) / 2) * Math.sin(angle),
        });
      });
    case 'diamond':
      return [
        { x, y: box.minY },
        { x: box.maxX, y },
        { x, y: box.maxY },
        { x: box.minX, y },
      ].map((corner) => mapped(matrix, corner));
    case 'triangle':
      return [
        { x, y: box.minY },
        { x: box.maxX, y: box.maxY },
        { x: box.minX, y: box.maxY },
      ].map((corner) => mapped(matrix, corner));
    default:
      return placedCorners(shape, box);
  }
}

/** Whether a point lies within a thing's edge. */
export const isWithin = (shape: Shape, at: Position): boolean => isInPolygon(edgeOf(shape), at);

/** Where a line of a width that comes from a point ends at a thing; its middle, where the point lies within it. */
export function endAt(shape: Shape, from: Position, width: number): Position {
  const middle = middleOf(shape);
  const [dx, dy] = [middle.x - from.x, middle.y - from.y];
  const length = Math.hypot(dx, dy);
  const corners = edgeOf(shape);
  let nearest = Infinity;
  for (const [i, a] of corners.entries()) {
    const b = corners[(i + 1) % corners.length] as Position;
    const cross = dx * (b.y - a.y) - dy * (b.x - a.x);
    if (cross === 0) continue;
    const along = ((a.x - from.x) * (b.y - a.y) - (a.y - from.y) * (b.x - a.x)) / cross;
    const across = ((a.x - from.x) * dy - (a.y - from.y) * dx) / cross;
    if (along >= 0 && along <= 1 && across >= 0 && across <= 1) nearest = Math.min(nearest, along);
  }
  if (nearest === Infinity || length === 0) return middle;
  const share = Math.max(0, nearest - (GAP + width / 2) / length);
  return { x: from.x + dx * share, y: from.y + dy * share };
}
