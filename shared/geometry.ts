// Boxes and distances on the board, in board units; y grows downwards.

/** A point of the board. */
export interface Position {
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

export const boxOf = (x: number, y: number, width: number, height: number): Box => ({
  minX: x,
  minY: y,
  maxX: x + width,
  maxY: y + height,
});

/** The box around two points, whichever way they lie. */
export const boxBetween = (a: Position, b: Position): Box => ({
  minX: Math.min(a.x, b.x),
  minY: Math.min(a.y, b.y),
  maxX: Math.max(a.x, b.x),
  maxY: Math.max(a.y, b.y),
});

/** The box around points, of which there is at least one. */
export function boxAround(points: readonly Position[]): Box {
  return {
    minX: Math.min(...points.map(({ x }) => x)),
    minY: Math.min(...points.map(({ y }) => y)),
    maxX: Math.max(...points.map(({ x }) => x)),
    maxY: Math.max(...points.map(({ y }) => y)),
  };
}

export const widthOf = (box: Box): number => box.maxX - box.minX;
export const heightOf = (box: Box): number => box.maxY - box.minY;

/** From the left top one on, clockwise. */
export const cornersOf = ({ minX, minY, maxX, maxY }: Box): readonly Position[] => [
  { x: minX, y: minY },
  { x: maxX, y: minY },
  { x: maxX, y: maxY },
  { x: minX, y: maxY },
];

export const growBox = (box: Box, by: number): Box => ({
  minX: box.minX - by,
  minY: box.minY - by,
  maxX: box.maxX + by,
  maxY: box.maxY + by,
});

export const unionOf = (a: Box, b: Box): Box => ({
  minX: Math.min(a.minX, b.minX),
  minY: Math.min(a.minY, b.minY),
  maxX: Math.max(a.maxX, b.maxX),
  maxY: Math.max(a.maxY, b.maxY),
});

/** What two boxes share, if anything. */
export function overlapOf(a: Box, b: Box): Box | null {
  if (!boxesMeet(a, b)) return null;
  return {
    minX: Math.max(a.minX, b.minX),
    minY: Math.max(a.minY, b.minY),
    maxX: Math.min(a.maxX, b.maxX),
    maxY: Math.min(a.maxY, b.maxY),
  };
}

export const boxesMeet = (a: Box, b: Box): boolean =>
  a.minX <= b.maxX && b.minX <= a.maxX && a.minY <= b.maxY && b.minY <= a.maxY;

/** Square of the distance from (x, y) to the segment from (ax, ay) to (bx, by). */
export function squaredDistanceToSegment(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax;
  const dy = by - ay;
  const squaredLength = dx * dx + dy * dy;
  const along = squaredLength === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / squaredLength));
  const offX = ax + along * dx - x;
  const offY = ay + along * dy - y;
  return offX * offX + offY * offY;
}

/** Whether a point lies within a polygon: a ray from it crosses the edge an odd number of times. */
export function isInPolygon(corners: readonly Position[], { x, y }: Position): boolean {
  let isInside = false;
  for (const [i, a] of corners.entries()) {
    const b = corners[(i + 1) % corners.length] as Position;
    if (a.y > y !== b.y > y && x < a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x)) isInside = !isInside;
  }
  return isInside;
}
