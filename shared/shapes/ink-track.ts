// The samples of a hand as numbers to reckon with.

import { NIB_AT_ORIGIN, stepOf, walkSamples } from '../samples.ts';
import type { Polyline } from './path.ts';
import type { Track } from './pen-way.ts';
import type { Shape } from './shape.ts';

/** The drawing tool chooses the precision so that this many steps are about one pixel of the screen it drew on. */
const STEPS_PER_PIXEL = 8;

/** The way of the pen, without what is smaller than the detail: a tenth of the outline's cost. */
export function centreLine({ ink }: Shape, detail: number, widthAt: (pressure: number) => number): Polyline {
  const step = stepOf(ink.precision);
  const least = detail / step;
  const points = new Float32Array(ink.count * 2);
  let length = 0;
  let [originX, originY, lastX, lastY, endX, endY] = [0, 0, 0, 0, 0, 0];
  let pressures = 0;
  walkSamples(ink.backing.bytes, ink.length, NIB_AT_ORIGIN, (x, y, pressure) => {
    if (length === 0) [originX, originY] = [x, y];
    [endX, endY] = [x, y];
    pressures += pressure / 255;
    if (length > 0 && Math.abs(x - lastX) < least && Math.abs(y - lastY) < least) return;
    points[length++] = (x - originX) * step;
    points[length++] = (y - originY) * step;
    [lastX, lastY] = [x, y];
  });
  // One point is no line: at the far end of it, or nowhere else, there is the round end.
  const end = [(endX - originX) * step, (endY - originY) * step];
  const whole = length < 4 ? Float32Array.from([...points.subarray(0, length), ...end]) : points.slice(0, length);
  const width = widthAt(pressures / ink.count);
  return { kind: 'Polyline', x: originX * step, y: originY * step, points: whole, width };
}

/**
 * Board units of one pixel of the screen on which the stroke was drawn, so that ink looks alike at any zoom. Bounded by
 * the width, because a program may choose a precision that has nothing to do with what its strokes are like.
 */
function pixelOf({ ink, style }: Shape): number {
  const pixel = stepOf(ink.precision) * STEPS_PER_PIXEL;
  return Math.min(style.width, Math.max(style.width / 256, pixel));
}

/** The samples, relative to the first one, which is at (x, y). */
export function trackOf(shape: Shape): { track: Track; x: number; y: number } {
  const { ink } = shape;
  const step = stepOf(ink.precision);
  const column = (): Float64Array => new Float64Array(ink.count);
  const track = { count: ink.count, pixel: pixelOf(shape), x: column(), y: column(), pressure: column(), dt: column() };
  let [originX, originY] = [0, 0];
  let i = 0;
  walkSamples(ink.backing.bytes, ink.length, NIB_AT_ORIGIN, (x, y, pressure, dt) => {
    if (i === 0) [originX, originY] = [x, y];
    track.x[i] = (x - originX) * step;
    track.y[i] = (y - originY) * step;
    track.pressure[i] = pressure / 255;
    track.dt[i++] = dt;
  });
  return { track, x: originX * step, y: originY * step };
}
