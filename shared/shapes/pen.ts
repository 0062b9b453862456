import { type Box, squaredDistanceToSegment } from '../geometry.ts';
import { NIB_AT_ORIGIN, stepOf, walkSamples } from '../samples.ts';
import type { ShapeKind } from './kind.ts';
import type { Path, Polyline } from './path.ts';
import { circleOf, OUTLINE_REACH, outlineOf } from './pen-outline.ts';
import { readPressure } from './pen-pressure.ts';
import { type Track, wayOf } from './pen-way.ts';
import type { Shape } from './shape.ts';

/** The drawing tool chooses the precision so that this many steps are about one pixel of the screen it drew on. */
const STEPS_PER_PIXEL = 8;
/** How much of the width pressure decides: full pressure is this much wider than the width, none as much narrower. */
const THINNING = 0.6;
/** A dot is at least as large as a nib pressed this hard, or light taps could not be seen. */
const DOT_PRESSURE = 0.5;
/** Strokes that reach no further than this share of the width are dots. */
const DOT_REACH = 0.3;
/** Thinner than this many pixels, nobody can tell the outline from a line of even width. */
const FAR = 1;

const nibRadius = (width: number, pressure: number): number => width * (0.5 + THINNING * (pressure - 0.5));

/** Freehand ink: as wide as the pen was pressed, or as the hand was slow where nothing measures pressure. */
export const pen: ShapeKind = {
  name: 'pen',
  code: 1,

  detail: (shape, pixel) => (shape.style.width < FAR * pixel ? pixel : 0),

  path(shape: Shape, detail: number): Path {
    if (detail > 0) return centreLine(shape, detail);
    const { track, x, y } = trackOf(shape);
    readPressure(track, shape.pointer);
    const { width } = shape.style;
    const loop =
      dotOf(track, width) ?? outlineOf(wayOf(track, shape.pointer, (pressure) => nibRadius(width, pressure)));
    return { kind: 'FilledLoop', x, y, loop };
  },

  bounds(shape: Shape): Box {
    let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
    walkSamples(shape.ink.backing.bytes, shape.ink.length, NIB_AT_ORIGIN, (x, y) => {
      if (x < minX) minX = x;
      if (x > maxX) maxX = x;
      if (y < minY) minY = y;
      if (y > maxY) maxY = y;
    });
    const step = stepOf(shape.ink.precision);
    const reach = nibRadius(shape.style.width, 1) * OUTLINE_REACH;
    return {
      minX: minX * step - reach,
      minY: minY * step - reach,
      maxX: maxX * step + reach,
      maxY: maxY * step + reach,
    };
  },

  hit(shape: Shape, x: number, y: number, radius: number): boolean {
    const step = stepOf(shape.ink.precision);
    const reach = (radius + shape.style.width / 2) ** 2;
    let [lastX, lastY] = [Number.NaN, Number.NaN];
    let near = false;
    walkSamples(shape.ink.backing.bytes, shape.ink.length, NIB_AT_ORIGIN, (stepsX, stepsY) => {
      const [nextX, nextY] = [stepsX * step, stepsY * step];
      if (Number.isNaN(lastX)) [lastX, lastY] = [nextX, nextY];
      near ||= squaredDistanceToSegment(x, y, lastX, lastY, nextX, nextY) <= reach;
      [lastX, lastY] = [nextX, nextY];
    });
    return near;
  },
};

/** The way of the pen, without what is smaller than the detail: a tenth of the outline's cost. */
function centreLine({ ink, style }: Shape, detail: number): Polyline {
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
  const width = 2 * nibRadius(style.width, pressures / ink.count);
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
function trackOf(shape: Shape): { track: Track; x: number; y: number } {
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

/** A circle, if the pen hardly moved. */
function dotOf({ count, pixel, x, y, pressure }: Track, width: number): Float32Array | null {
  const reach = Math.max(pixel, width * DOT_REACH);
  let [middleX, middleY, most] = [0, 0, DOT_PRESSURE];
  for (let i = 0; i < count; i++) {
    if (Math.abs(x[i] as number) > reach || Math.abs(y[i] as number) > reach) return null;
    middleX += (x[i] as number) / count;
    middleY += (y[i] as number) / count;
    most = Math.max(most, pressure[i] as number);
  }
  return circleOf(middleX, middleY, nibRadius(width, most));
}
