// A line with fewer points, for pictures in which nobody could tell: in one pass, whatever its length.

/** Of the tolerance, how far a point may lie beside the line in its place, and how far beyond the line's end. */
const BESIDE = 0.9;
const BEYOND = 0.4;

/**
 * Leaves points out of a line where none of them is further than `tolerance` from what is left; its ends stay. `line`
 * has x and y in turn, `length` numbers of it, and is written over. Returns how many numbers are left: at least four,
 * so that one point becomes a line that leads nowhere.
 */
export function straighten(line: Float64Array, length: number, tolerance: number): number {
  const beside = tolerance * BESIDE;
  const beyond = tolerance * BEYOND;
  let [fromX, fromY] = [line[0] as number, line[1] as number];
  let [lastX, lastY] = [fromX, fromY];
  // The directions, between a left and a right one, in which a straight line passes all points since `from`.
  let [leftX, leftY, rightX, rightY] = [0, 0, 0, 0];
  let isBound = false;
  /** From `from`, the least that the line's end must be away, squared. */
  let least = 0;
  let kept = 2;
  for (let i = 2; i < length; i += 2) {
    const x = line[i] as number;
    const y = line[i + 1] as number;
    let dx = x - fromX;
    let dy = y - fromY;
    let squared = dx * dx + dy * dy;
    if (isBound && (squared < least || rightX * dy < rightY * dx || dx * leftY < dy * leftX)) {
      line[kept++] = fromX = lastX;
      line[kept++] = fromY = lastY;
      isBound = false;
      least = 0;
      dx = x - fromX;
      dy = y - fromY;
      squared = dx * dx + dy * dy;
    }
    lastX = x;
    lastY = y;
    // What is so near to a point that stays is near to the line in any case.
    if (squared <= tolerance * tolerance) continue;
    const along = Math.sqrt(squared - beside * beside);
    const [aX, aY] = [dx * along - dy * beside, dy * along + dx * beside];
    const [bX, bY] = [dx * along + dy * beside, dy * along - dx * beside];
    if (!isBound || aX * leftY > aY * leftX) [leftX, leftY] = [aX, aY];
    if (!isBound || bX * rightY < bY * rightX) [rightX, rightY] = [bX, bY];
    isBound = true;
    least = Math.max(least, (Math.sqrt(squared) - beyond) ** 2);
  }
  line[kept++] = lastX;
  line[kept++] = lastY;
  return kept;
}

/** Of the tolerance, how much goes to lines in the place of curves; the rest goes to fewer of them. */
const FLATNESS = 0.25;

/**
 * The corners of a polygon, nowhere further than `tolerance` from a closed quadratic B-spline with these control points.
 * To fill it takes a browser a fraction of the time.
 */
export function flatLoop(loop: Float32Array, tolerance: number): Float32Array {
  const points: number[] = [];
  const { length } = loop;
  let x = ((loop[length - 2] as number) + (loop[0] as number)) / 2;
  let y = ((loop[length - 1] as number) + (loop[1] as number)) / 2;
  points.push(x, y);
  for (let i = 0; i < length; i += 2) {
    const controlX = loop[i] as number;
    const controlY = loop[i + 1] as number;
    const toX = (controlX + (loop[(i + 2) % length] as number)) / 2;
    const toY = (controlY + (loop[(i + 3) % length] as number)) / 2;
    const bend = Math.hypot(x - 2 * controlX + toX, y - 2 * controlY + toY);
    const pieces = Math.ceil(Math.sqrt(bend / (4 * FLATNESS * tolerance)));
    for (let piece = 1; piece < pieces; piece++) {
      const t = piece / pieces;
      const [a, b, c] = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t];
      points.push(a * x + b * controlX + c * toX, a * y + b * controlY + c * toY);
    }
    points.push(toX, toY);
    x = toX;
    y = toY;
  }
  const line = new Float64Array(points.length + 2);
  line.set(points);
  // Its last point is its first.
  return new Float32Array(line.subarray(0, straighten(line, points.length, tolerance * (1 - FLATNESS)) - 2));
}
