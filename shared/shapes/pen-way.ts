// From the samples of a hand to the way of a nib: what trembles is evened out, what was meant stays.

import type { PointerKind } from '../event.ts';
import type { Way } from './pen-outline.ts';

/** Points as they were drawn; `pixel` is one of the screen they were drawn on, in board units. */
export interface Track {
  readonly count: number;
  readonly pixel: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly pressure: Float64Array;
  /** ms since the point before. */
  readonly dt: Float64Array;
}

/** For each way of pointing: pixels between points that are worth keeping, and how often they are evened out. */
const steadiness: Readonly<Record<PointerKind, { readonly apart: number; readonly rounds: number }>> = {
  pen: { apart: 0.75, rounds: 2 },
  touch: { apart: 1.5, rounds: 3 },
  mouse: { apart: 2, rounds: 3 },
};
/** Pixels between points that were drawn too fast to be trembling. */
const FAR_APART = 14;
/** How much of the way between two points the nib may grow or shrink. */
const STEEPEST = 0.5;

/** @param smoothing 0: as the hand trembled; 0.5: the usual; 1: twice as much evened out */
export function wayOf(
  track: Track,
  pointer: PointerKind,
  smoothing: number,
  radiusAt: (pressure: number) => number,
): Way {
  const { apart, rounds } = steadiness[pointer];
  const way = thinned(track, Math.min(1, 2 * smoothing) * apart * track.pixel, radiusAt);
  for (let round = 0; round < Math.round(2 * smoothing * rounds); round++) evenOut(way, FAR_APART * track.pixel);
  limitSlope(way);
  return way;
}

/** The first and the last point, and those between that are far enough apart. */
function thinned({ count, x, y, pressure }: Track, apart: number, radiusAt: (pressure: number) => number): Way {
  const way = { count: 0, x: new Float64Array(count), y: new Float64Array(count), radius: new Float64Array(count) };
  for (let i = 0; i < count; i++) {
    const px = x[i] as number;
    const py = y[i] as number;
    const last = way.count - 1;
    const isNear = last >= 0 && (px - (way.x[last] as number)) ** 2 + (py - (way.y[last] as number)) ** 2 < apart ** 2;
    if (isNear && i < count - 1) continue;
    // The end of the stroke stands for a point that it is too near to.
    const at = isNear && last > 0 ? last : way.count++;
    way.x[at] = px;
    way.y[at] = py;
    way.radius[at] = radiusAt(pressure[i] as number);
  }
  return way;
}

/** Moves each point towards the middle of its neighbours: the more the closer they are, and not where a corner is. */
function evenOut({ count, x, y, radius }: Way, farApart: number): void {
  let beforeX = x[0] as number;
  let beforeY = y[0] as number;
  for (let i = 1; i < count - 1; i++) {
    const px = x[i] as number;
    const py = y[i] as number;
    const inX = px - beforeX;
    const inY = py - beforeY;
    const outX = (x[i + 1] as number) - px;
    const outY = (y[i + 1] as number) - py;
    const length = Math.sqrt(Math.max(inX * inX + inY * inY, outX * outX + outY * outY));
    const isCorner = inX * outX + inY * outY < 0;
    const share = isCorner ? 0 : 0.25 * Math.max(0, 1 - length / farApart);
    x[i] = px + share * (outX - inX);
    y[i] = py + share * (outY - inY);
    radius[i] = (radius[i] as number) * 0.5 + ((radius[i - 1] as number) + (radius[i + 1] as number)) * 0.25;
    beforeX = px;
    beforeY = py;
  }
}

/** No nib grows so fast that it would swallow the points beside it. */
function limitSlope({ count, x, y, radius }: Way): void {
  const limit = (i: number, from: number): void => {
    const dx = (x[i] as number) - (x[from] as number);
    const dy = (y[i] as number) - (y[from] as number);
    const distance = Math.sqrt(dx * dx + dy * dy);
    radius[i] = Math.min(radius[i] as number, (radius[from] as number) + STEEPEST * distance);
  };
  for (let i = 1; i < count; i++) limit(i, i - 1);
  for (let i = count - 2; i >= 0; i--) limit(i, i + 1);
}
