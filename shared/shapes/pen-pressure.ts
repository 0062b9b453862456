import type { PointerKind } from '../event.ts';
import type { NibPoint } from './pen-outline.ts';

/** Pixels per ms at which a hand is as fast as makes a difference. */
const FAST = 2.6;
/** ms over which the speed of a hand without pressure is evened out; a mouse reports it in jumps. */
const SPEED_TIME = 45;
/** Pressures shown for a hand that stands still and one that is fast. */
const AT_REST = 0.66;
const AT_SPEED = 0.22;
/** How far a pen's pressure follows each sample: tablets quantise it and tremble. */
const PRESSURE_FOLLOW = 0.55;

/** Replaces each point's pressure by what to draw it with: the pen's own, evened out, or one made from the speed. */
export function penPressures(points: NibPoint[], times: readonly number[], pointer: PointerKind): void {
  if (pointer === 'pen') evenOut(points);
  else fromSpeed(points, times);
}

function evenOut(points: NibPoint[]): void {
  let pressure = points[0]?.[2] ?? 0;
  for (const point of points) {
    pressure += (point[2] - pressure) * PRESSURE_FOLLOW;
    point[2] = pressure;
  }
}

function fromSpeed(points: NibPoint[], times: readonly number[]): void {
  let speed = 0;
  let travelled = 0;
  for (let i = 0; i < points.length; i++) {
    const point = points[i] as NibPoint;
    const before = points[i - 1] ?? point;
    travelled += Math.hypot(point[0] - before[0], point[1] - before[1]);
    const time = i === 0 ? 0 : (times[i] as number);
    // Several samples may share a millisecond: their way counts in the next one that has time.
    if (time > 0) {
      speed += (travelled / time - speed) * (1 - Math.exp(-time / SPEED_TIME));
      travelled = 0;
    }
    point[2] = AT_REST + (AT_SPEED - AT_REST) * Math.min(1, speed / FAST);
  }
}
