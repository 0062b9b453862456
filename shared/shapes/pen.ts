import { type Box, squaredDistanceToSegment } from '../geometry.ts';
import { NIB_AT_ORIGIN, stepOf, walkSamples } from '../samples.ts';
import type { ShapeKind } from './kind.ts';
import { MAX_NIB, nibRadius, type NibPoint, penLoop } from './pen-outline.ts';
import { penPressures } from './pen-pressure.ts';
import type { Path, Polyline } from './path.ts';
import type { Shape } from './shape.ts';

/** The drawing tool chooses the precision so that this many steps are about one pixel of the screen it drew on. */
const STEPS_PER_PIXEL = 8;

/** Thinner than this many pixels, nobody can tell the outline from a line of even width. */
const FAR = 1;

/** Freehand ink: as wide as the pen was pressed, or as the hand was slow where nothing measures pressure. */
export const pen: ShapeKind = {
  name: 'pen',
  code: 1,

  path(shape: Shape, pixel: number): Path {
    if (shape.style.width < FAR * pixel) return centreLine(shape, pixel);
    const unit = unitOf(shape);
    const { points, x, y } = pointsOf(shape, unit);
    const loop = penLoop(points, shape.style.width / unit);
    for (let i = 0; i < loop.length; i++) loop[i] = (loop[i] as number) * unit;
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
    const reach = shape.style.width * MAX_NIB;
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

/** The way of the pen, without what lies within a pixel: a tenth of the outline's cost. */
function centreLine({ ink, style }: Shape, pixel: number): Polyline {
  const step = stepOf(ink.precision);
  const least = pixel / step;
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
function unitOf({ ink, style }: Shape): number {
  const pixel = stepOf(ink.precision) * STEPS_PER_PIXEL;
  return Math.min(style.width, Math.max(style.width / 256, pixel));
}

/** The stroke's points in units from its first sample, each with the pressure to draw it with. */
function pointsOf({ ink, pointer }: Shape, unit: number): { points: NibPoint[]; x: number; y: number } {
  const step = stepOf(ink.precision);
  const points: NibPoint[] = [];
  const times: number[] = [];
  let [originX, originY] = [0, 0];
  walkSamples(ink.backing.bytes, ink.length, NIB_AT_ORIGIN, (stepsX, stepsY, pressure, dt) => {
    if (points.length === 0) [originX, originY] = [stepsX, stepsY];
    points.push([((stepsX - originX) * step) / unit, ((stepsY - originY) * step) / unit, pressure / 255]);
    times.push(dt);
  });
  penPressures(points, times, pointer);
  return { points, x: originX * step, y: originY * step };
}
