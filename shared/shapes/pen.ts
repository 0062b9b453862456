import { type Box, squaredDistanceToSegment } from '../geometry.ts';
import { NIB_AT_ORIGIN, stepOf, walkSamples } from '../samples.ts';
import { type InkKind, inkKind } from './ink-kind.ts';
import { centreLine, pixelOf, trackOf } from './ink-track.ts';
import type { ShapeKind } from './kind.ts';
import { circleOf, OUTLINE_REACH, outlineOf } from './pen-outline.ts';
import type { FilledLoop, Polyline } from './path.ts';
import { readPressure } from './pen-pressure.ts';
import { type Track, wayOf } from './pen-way.ts';
import type { Shape } from './shape.ts';
import { flatLoop } from './straighten.ts';
import { type Style, usualStyle } from '../style.ts';

/** How much of the width pressure decides: full pressure is this much wider than the width, none as much narrower. */
const THINNING = 0.6;
/** A dot is at least as large as a nib pressed this hard, or light taps could not be seen. */
const DOT_PRESSURE = 0.5;
/** Strokes that reach no further than this share of the width are dots. */
const DOT_REACH = 0.3;
/** Of a pixel, how far an outline may be from where it is in full: less than anti-aliasing shows. */
const OUTLINE_TOLERANCE = 1 / 16;

const nibRadius = (width: number, pressure: number): number => width * (0.5 + THINNING * (pressure - 0.5));

/** Thinner than a pixel, nobody can tell the outline from a line of even width. */
export const isFar = ({ style }: Shape, pixel: number): boolean => style.width < pixel;

/** Freehand ink: as wide as the pen was pressed, or as the hand was slow where nothing measures pressure. */
export const penInk = {
  name: 'pen',
  code: 1,

  detail: (shape: Shape, pixel: number) => (isFar(shape, pixel) || pixel >= 2 * pixelOf(shape) ? pixel : 0),

  path(shape: Shape, detail: number): FilledLoop | Polyline {
    const { width } = shape.style;
    if (isFar(shape, detail)) return centreLine(shape, detail, (pressure) => 2 * nibRadius(width, pressure));
    const { track, x, y } = trackOf(shape);
    readPressure(track, shape.pointer);
    const loop =
      dotOf(track, width) ??
      outlineOf(wayOf(track, shape.pointer, smoothingOf(shape.style), (pressure) => nibRadius(width, pressure)));
    const corners = detail > 0 ? flatLoop(loop, detail * OUTLINE_TOLERANCE) : loop;
    // Where it is full of bends, lines are more than the curves were.
    return corners.length < loop.length
      ? { kind: 'FilledLoop', x, y, loop: corners, smooth: false }
      : { kind: 'FilledLoop', x, y, loop, smooth: true };
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
} as const satisfies InkKind;

export const pen: ShapeKind = inkKind(penInk);

const smoothingOf = ({ smoothing }: Style): number => smoothing ?? usualStyle.smoothing;

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
