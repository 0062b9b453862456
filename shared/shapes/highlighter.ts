import { inkKind } from './ink-kind.ts';
import type { ShapeKind } from './kind.ts';
import { isFar, penInk } from './pen.ts';
import { centreLine, trackOf } from './ink-track.ts';
import { wayOf } from './pen-way.ts';
import { usualStyle } from '../style.ts';

/** A flat marker: one width whatever the pressure, and no darker where it crosses itself. */
export const highlighter: ShapeKind = inkKind({
  name: 'highlighter',
  code: 2,
  detail: (shape, pixel) => (isFar(shape, pixel) ? pixel : 0),
  path(shape, detail) {
    const { width, smoothing = usualStyle.smoothing } = shape.style;
    if (isFar(shape, detail)) return centreLine(shape, detail, () => width);
    const { track, x, y } = trackOf(shape);
    const way = wayOf(track, shape.pointer, smoothing, () => width / 2);
    const points = new Array<number>(2 * Math.max(2, way.count));
    for (let i = 0; i < points.length / 2; i++) {
      // A dot is a line to where it begins.
      points[2 * i] = way.x[Math.min(i, way.count - 1)] as number;
      points[2 * i + 1] = way.y[Math.min(i, way.count - 1)] as number;
    }
    return { kind: 'Polyline', x, y, points, width };
  },
  // It reaches no further than a pen of its width does.
  bounds: penInk.bounds,
  hit: penInk.hit,
});
