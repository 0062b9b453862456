import type { Position } from '../../shared/geometry.ts';

const STEP = Math.PI / 12;

/** A point as far from another, at the nearest multiple of 15°. */
export function atEvenAngle(from: Position, to: Position): Position {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const angle = Math.round(Math.atan2(dy, dx) / STEP) * STEP;
  const length = Math.hypot(dx, dy);
  return { x: from.x + length * Math.cos(angle), y: from.y + length * Math.sin(angle) };
}
