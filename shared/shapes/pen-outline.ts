import { getStrokeOutlinePoints, getStrokePoints } from 'perfect-freehand';

/** x and y in pixels of the drawing screen, from the stroke's first sample; pressure 0 … 1. */
export type NibPoint = [x: number, y: number, pressure: number];

/** How much of the width pressure decides: the nib's radius is width × (0.5 - THINNING × (0.5 - pressure)). */
const THINNING = 0.6;
/** Largest radius of the nib, as a share of the width. */
export const MAX_NIB = 0.5 + THINNING / 2;
/** A dot is at least as large as a nib pressed this hard, or light taps could not be seen. */
const DOT_PRESSURE = 0.5;
/** Shorter strokes than this share of the width are dots. */
const DOT_LENGTH = 0.35;

export const nibRadius = (width: number, pressure: number): number => width * (0.5 - THINNING * (0.5 - pressure));

/** The control points of the edge of a stroke `width` pixels wide. */
export function penLoop(points: readonly NibPoint[], width: number): Float32Array {
  if (isDot(points, width)) return dot(points, width);
  const options = {
    size: width,
    thinning: THINNING,
    smoothing: 0.4,
    streamline: 0.35,
    simulatePressure: false,
    last: true,
  };
  // The size here only drops points near the start; all but the trembling of the first pixel is wanted.
  const line = getStrokePoints(points as NibPoint[], { ...options, size: Math.min(1, width / 4) });
  return Float32Array.from(getStrokeOutlinePoints(line, options).flat());
}

function isDot(points: readonly NibPoint[], width: number): boolean {
  const reach = Math.max(0.75, width * DOT_LENGTH);
  return points.every(([x, y]) => Math.abs(x) < reach && Math.abs(y) < reach);
}

/** A circle of eight control points: within 1 % of round. */
function dot(points: readonly NibPoint[], width: number): Float32Array {
  const pressure = points.reduce((most, point) => Math.max(most, point[2]), DOT_PRESSURE);
  // The spline runs inside its control points: through the middles of their sides.
  const radius = Math.min(nibRadius(width, pressure), width * MAX_NIB * Math.cos(Math.PI / 8)) / Math.cos(Math.PI / 8);
  const middleX = points.reduce((sum, point) => sum + point[0], 0) / points.length;
  const middleY = points.reduce((sum, point) => sum + point[1], 0) / points.length;
  const loop = new Float32Array(16);
  for (let i = 0; i < 8; i++) {
    loop[2 * i] = middleX + radius * Math.cos((i * Math.PI) / 4);
    loop[2 * i + 1] = middleY + radius * Math.sin((i * Math.PI) / 4);
  }
  return loop;
}
