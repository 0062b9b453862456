// The edge of a stroke: what a round nib of changing size sweeps over, as the control points of a closed curve.

/** A pen's way in board units from the stroke's first sample, with the nib's radius at each point. */
export interface Way {
  readonly count: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly radius: Float64Array;
}

/** Turns sharper than this are corners: cos 55°. */
const CORNER = 0.57;
const ARC_STEP = Math.PI / 6;
/** A curve runs inside the control points of an arc by this much. */
const ARC_REACH = 1 / Math.cos(ARC_STEP / 2);
/** How far control points lie from the way at most, in radii. */
export const OUTLINE_REACH = ARC_REACH;

export function outlineOf(way: Way): Float32Array {
  const { count, x, y, radius } = way;
  const left: number[] = [];
  const right: number[] = [];
  let [inX, inY] = directionAt(way, 0);
  for (let i = 0; i < count; i++) {
    let [outX, outY] = [inX, inY];
    if (i + 1 < count) [outX, outY] = directionAt(way, i);
    const px = x[i] as number;
    const py = y[i] as number;
    const r = radius[i] as number;
    const straight = inX * outX + inY * outY;
    if (straight < CORNER) {
      corner(left, right, px, py, r, inX, inY, outX, outY);
    } else {
      const scale = 1 / Math.sqrt(2 + 2 * straight);
      const dirX = (inX + outX) * scale;
      const dirY = (inY + outY) * scale;
      advance(left, px + dirY * r, py - dirX * r, dirX, dirY);
      advance(right, px - dirY * r, py + dirX * r, dirX, dirY);
    }
    inX = outX;
    inY = outY;
  }
  const last = count - 1;
  arc(left, x[last] as number, y[last] as number, radius[last] as number, inY, -inX, Math.PI);
  for (let i = right.length - 2; i >= 0; i -= 2) left.push(right[i] as number, right[i + 1] as number);
  const [startX, startY] = directionAt(way, 0);
  arc(left, x[0] as number, y[0] as number, radius[0] as number, -startY, startX, Math.PI);
  return new Float32Array(left);
}

/** A circle: what is left of a stroke that went nowhere. */
export function circleOf(x: number, y: number, radius: number): Float32Array {
  const loop: number[] = [];
  arc(loop, x, y, radius, 1, 0, 2 * Math.PI);
  return new Float32Array(loop);
}

function directionAt({ x, y }: Way, i: number): [number, number] {
  const dx = (x[i + 1] as number) - (x[i] as number);
  const dy = (y[i + 1] as number) - (y[i] as number);
  const length = Math.sqrt(dx * dx + dy * dy) || 1;
  return [dx / length, dy / length];
}

/** Inside a bend tighter than the nib the edge would run backwards: there it waits until the nib has passed. */
function advance(side: number[], x: number, y: number, dirX: number, dirY: number): void {
  const lastX = side[side.length - 2];
  const lastY = side[side.length - 1];
  if (lastX !== undefined && lastY !== undefined && (x - lastX) * dirX + (y - lastY) * dirY <= 0) return;
  side.push(x, y);
}

/** Outside, an arc; inside, over the middle, so that the area never turns inside out. */
function corner(
  left: number[],
  right: number[],
  x: number,
  y: number,
  r: number,
  inX: number,
  inY: number,
  outX: number,
  outY: number,
): void {
  const cross = inX * outY - inY * outX;
  const turn = Math.atan2(Math.abs(cross), inX * outX + inY * outY);
  const side = cross >= 0 ? 1 : -1;
  const [outer, inner] = side > 0 ? [left, right] : [right, left];
  const [normalX, normalY] = [inY * side, -inX * side];
  outer.push(x + normalX * r, y + normalY * r);
  arc(outer, x, y, r, normalX, normalY, turn * side);
  outer.push(x + outY * side * r, y - outX * side * r);
  const [fromX, fromY] = [x - normalX * r, y - normalY * r];
  const [toX, toY] = [x - outY * side * r, y + outX * side * r];
  // A control point given twice is one that the curve goes through.
  inner.push(fromX, fromY, fromX, fromY, x, y, toX, toY, toX, toY);
}

/** The control points between both ends of an arc around (x, y), which begins at (normalX, normalY). */
function arc(out: number[], x: number, y: number, r: number, normalX: number, normalY: number, turn: number): void {
  const steps = Math.max(1, Math.round(Math.abs(turn) / ARC_STEP));
  for (let i = 0; i < steps; i++) {
    const angle = (turn * (i + 0.5)) / steps;
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    const reach = r * ARC_REACH;
    out.push(x + (normalX * cos - normalY * sin) * reach, y + (normalX * sin + normalY * cos) * reach);
  }
}
