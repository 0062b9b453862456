import type { PointerKind } from '../event.ts';
import type { Track } from './pen-way.ts';

/** Pixels per ms at which a hand is as fast as makes a difference. */
const FAST = 2.6;
/** ms over which the speed of a hand without pressure is evened out; a mouse reports it in jumps. */
const SPEED_TIME = 50;
/** Pressures shown for a hand that stands still and one that is fast. */
const AT_REST = 0.62;
const AT_SPEED = 0.24;
/** How far a pen's pressure follows each sample: tablets quantise it and tremble. */
const PRESSURE_FOLLOW = 0.6;

/** Replaces each point's pressure by what to draw it with: the pen's own, evened out, or one made from the speed. */
export function readPressure(track: Track, pointer: PointerKind): void {
  if (pointer === 'pen') evenOut(track.pressure);
  else fromSpeed(track);
}

function evenOut(pressures: Float64Array): void {
  let even = pressures[0] ?? 0;
  for (let i = 0; i < pressures.length; i++) {
    even += ((pressures[i] as number) - even) * PRESSURE_FOLLOW;
    pressures[i] = even;
  }
}

function fromSpeed(track: Track): void {
  const { count, pixel, x, y, dt, pressure } = track;
  let speed = startingSpeed(track);
  let travelled = 0;
  for (let i = 0; i < count; i++) {
    travelled += i === 0 ? 0 : stepLength(x, y, i);
    // Several samples may share a millisecond: their way counts in the next one that has time.
    const time = i === 0 ? 0 : (dt[i] as number);
    if (time > 0) {
      speed += (travelled / pixel / time - speed) * (1 - Math.exp(-time / SPEED_TIME));
      travelled = 0;
    }
    pressure[i] = AT_REST + (AT_SPEED - AT_REST) * Math.min(1, speed / FAST);
  }
}

/** The speed of the first moments: a stroke that begins in full swing has no blot at its start. */
function startingSpeed({ count, pixel, x, y, dt }: Track): number {
  let [time, length] = [0, 0];
  for (let i = 1; i < count && time < SPEED_TIME; i++) {
    time += dt[i] as number;
    length += stepLength(x, y, i);
  }
  return time > 0 ? length / pixel / time : 0;
}

function stepLength(x: Float64Array, y: Float64Array, i: number): number {
  const dx = (x[i] as number) - (x[i - 1] as number);
  const dy = (y[i] as number) - (y[i - 1] as number);
  return Math.sqrt(dx * dx + dy * dy);
}
