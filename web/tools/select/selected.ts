// What is selected, as a box that may be turned, with the handles at its edges.

import { type Box, heightOf, type Position, unionOf, widthOf } from '../../../shared/geometry.ts';
import { IDENTITY, inverseOf, mapped, type Matrix } from '../../../shared/matrix.ts';
import { transformOf } from '../../../shared/settings.ts';
import { kindOf } from '../../../shared/shapes/kinds.ts';
import type { Shape } from '../../../shared/shapes/shape.ts';

/** A box in a plane of its own, and where that lies on the board. */
export interface SelectionBox {
  readonly box: Box;
  readonly placed: Matrix;
}

/** Of one shape its own box, turned as it is; of several the box around all. Null for none. */
export function selectionBox(shapes: readonly Shape[]): SelectionBox | null {
  const [first, ...others] = shapes;
  if (!first) return null;
  if (others.length === 0) return { box: kindOf(first).box(first), placed: transformOf(first) };
  const box = shapes.map((shape) => kindOf(shape).bounds(shape)).reduce(unionOf);
  return { box, placed: IDENTITY };
}

/** Of a box: 0 at its left or top, 1 at its right or bottom. */
export interface Handle {
  readonly x: 0 | 0.5 | 1;
  readonly y: 0 | 0.5 | 1;
}

export type Grip = Handle | 'turn';

/** Corners first: where a box is small, they are what is taken. */
export const handles: readonly Handle[] = [
  { x: 0, y: 0 },
  { x: 1, y: 0 },
  { x: 1, y: 1 },
  { x: 0, y: 1 },
  { x: 0.5, y: 0 },
  { x: 1, y: 0.5 },
  { x: 0.5, y: 1 },
  { x: 0, y: 0.5 },
];

export const pointIn = (box: Box, { x, y }: { readonly x: number; readonly y: number }): Position => ({
  x: box.minX + x * widthOf(box),
  y: box.minY + y * heightOf(box),
});

/** Where a handle is on the board. */
export const handlePlace = ({ box, placed }: SelectionBox, handle: Handle): Position =>
  mapped(placed, pointIn(box, handle));

/** Where the handle that turns is, so far from the top in board units. */
export function turnPlace(selected: SelectionBox, away: number): Position {
  const [top, middle] = [handlePlace(selected, { x: 0.5, y: 0 }), handlePlace(selected, { x: 0.5, y: 0.5 })];
  const length = Math.hypot(top.x - middle.x, top.y - middle.y) || 1;
  return {
    x: top.x + ((top.x - middle.x) / length) * away,
    y: top.y + ((top.y - middle.y) / length) * away,
  };
}

/** Pixels: how far the turning grip is; how near to a grip counts, for a mouse and for a finger; the least side for edges. */
export const TURN_AWAY = 26;
export const NEAR_GRIP = { mouse: 8, pen: 12, touch: 18 } as const;
const LEAST_SIDE = 44;

export function gripAt(
  selected: SelectionBox,
  at: Position,
  zoom: number,
  pointer: keyof typeof NEAR_GRIP = 'mouse',
): Grip | null {
  const near = NEAR_GRIP[pointer] / zoom;
  const isNear = (place: Position): boolean => Math.hypot(place.x - at.x, place.y - at.y) <= near;
  if (isNear(turnPlace(selected, TURN_AWAY / zoom))) return 'turn';
  return handles.find((handle) => isShown(selected, handle, zoom) && isNear(handlePlace(selected, handle))) ?? null;
}

/** The handles of sides shorter than a thumb would only be in the way. */
export function isShown(selected: SelectionBox, handle: Handle, zoom: number): boolean {
  if (handle.x !== 0.5 && handle.y !== 0.5) return true;
  const corners = [
    handlePlace(selected, { x: 0, y: 0 }),
    handlePlace(selected, { x: 1, y: 0 }),
    handlePlace(selected, { x: 0, y: 1 }),
  ] as const;
  const side = handle.x === 0.5 ? corners[1] : corners[2];
  return Math.hypot(side.x - corners[0].x, side.y - corners[0].y) * zoom >= LEAST_SIDE;
}

/** Whether a point of the board lies within the selection's box, or so many board units beside it. */
export function isInside({ box, placed }: SelectionBox, at: Position): boolean {
  const { x, y } = mapped(inverseOf(placed), at);
  return x >= box.minX && x <= box.maxX && y >= box.minY && y <= box.maxY;
}
