// Affine maps of the plane, as the canvas and SVG write them: x' = a·x + c·y + e, y' = b·x + d·y + f.

import { type Box, cornersOf, type Position } from './geometry.ts';

export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

export const isIdentity = ([a, b, c, d, e, f]: Matrix): boolean =>
  a === 1 && b === 0 && c === 0 && d === 1 && e === 0 && f === 0;

/** First `inner`, then `outer`. */
export const after = (outer: Matrix, inner: Matrix): Matrix => [
  // Adding 0 turns -0 into 0.
  outer[0] * inner[0] + outer[2] * inner[1] + 0,
  outer[1] * inner[0] + outer[3] * inner[1] + 0,
  outer[0] * inner[2] + outer[2] * inner[3] + 0,
  outer[1] * inner[2] + outer[3] * inner[3] + 0,
  outer[0] * inner[4] + outer[2] * inner[5] + outer[4] + 0,
  outer[1] * inner[4] + outer[3] * inner[5] + outer[5] + 0,
];

export const mapped = ([a, b, c, d, e, f]: Matrix, { x, y }: Position): Position => ({
  x: a * x + c * y + e,
  y: b * x + d * y + f,
});

/** How many times larger areas become; negative where it mirrors. */
export const determinantOf = ([a, b, c, d]: Matrix): number => a * d - b * c;

/** How many times longer lengths become, on the whole. */
export const scaleOf = (matrix: Matrix): number => Math.sqrt(Math.abs(determinantOf(matrix)));

/** How many times longer the length becomes that is stretched most. */
export function longestOf([a, b, c, d]: Matrix): number {
  const [same, other] = [Math.hypot(a + d, b - c), Math.hypot(a - d, b + c)];
  return (same + other) / 2;
}

/** The map back. Of a map that keeps no area there is none: finite nonsense then. */
export function inverseOf(matrix: Matrix): Matrix {
  const [a, b, c, d, e, f] = matrix;
  const determinant = determinantOf(matrix) || 1;
  return [
    d / determinant,
    -b / determinant,
    -c / determinant,
    a / determinant,
    (c * f - d * e) / determinant,
    (b * e - a * f) / determinant,
  ];
}

export const translation = (x: number, y: number): Matrix => [1, 0, 0, 1, x, y];

/** Scales by `x` and `y` about a point. */
export const scaling = (x: number, y: number, about: Position): Matrix => [
  x,
  0,
  0,
  y,
  about.x - x * about.x,
  about.y - y * about.y,
];

/** Turns by an angle in radians, clockwise as the sheet is seen, about a point. */
export function rotation(angle: number, about: Position): Matrix {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [cos, sin, -sin, cos, about.x - cos * about.x + sin * about.y, about.y - sin * about.x - cos * about.y];
}

/** The box around a mapped box. */
export function mappedBox(matrix: Matrix, box: Box): Box {
  const corners = cornersOf(box).map((corner) => mapped(matrix, corner));
  return {
    minX: Math.min(...corners.map(({ x }) => x)),
    minY: Math.min(...corners.map(({ y }) => y)),
    maxX: Math.max(...corners.map(({ x }) => x)),
    maxY: Math.max(...corners.map(({ y }) => y)),
  };
}
