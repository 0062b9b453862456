// The samples of a hand as numbers to reckon with.

import { NIB_AT_ORIGIN, stepOf, walkSamples } from '../samples.ts';
import type { Polyline } from './path.ts';
import type { Track } from './pen-way.ts';
import type { Shape } from './shape.ts';
import { straighten } from './straighten.ts';

/** The drawing tool chooses the precision so that this many steps are about one pixel of the screen it drew on. */
const STEPS_PER_PIXEL = 8;

/** Of the detail, how far the way of the pen may lie beside the line in its place: a quarter of a pixel at most. */
const BESIDE = 1 / 4;
/** Where a line is made; kept, because a board in sight has very many. */
let places = new Float64Array(1024);

/** The way of the pen, without what is too small for the detail: a fraction of the outline's cost. */
export function centreLine({ ink }: Shape, detail: number, widthAt: (pressure: number) => number): Polyline {
  if (places.length < 2 * ink.count + 2) places = new Float64Array(4 * ink.count);
  const line = places;
  let length = 0;
  let pressures = 0;
  walkSamples(ink.backing.bytes, ink.length, NIB_AT_ORIGIN, (x, y, pressure) => {
    line[length++] = x;
    line[length++] = y;
    pressures += pressure;
  });
  const step = stepOf(ink.precision);
  const points = new Array<number>(straighten(line, length, (detail * BESIDE) / step));
  const originX = line[0] as number;
  const originY = line[1] as number;
  for (let i = 0; i < points.length; i += 2) {
    points[i] = ((line[i] as number) - originX) * step;
    points[i + 1] = ((line[i + 1] as number) - originY) * step;
  }
  return {
    kind: 'Polyline',
    x: originX * step,
    y: originY * step,
    points,
    width: widthAt(pressures / 255 / ink.count),
  };
}

/**
 * Board units of one pixel of the screen on which the stroke was drawn, so that ink looks alike at any zoom. Bounded by
 * the width, because a program may choose a precision that has nothing to do with what its strokes are like.
 */
export function pixelOf({ ink, style }: Shape): number {
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
