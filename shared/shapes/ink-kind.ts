import { type Box, growBox } from '../geometry.ts';
import { inverseOf, longestOf, mapped, mappedBox, scaleOf } from '../matrix.ts';
import { transformOf } from '../settings.ts';
import type { ShapeKind } from './kind.ts';
import { type FilledLoop, mappedInk, type Polyline } from './path.ts';
import type { Shape } from './shape.ts';

/** A kind whose shapes are lines of ink, where they were drawn. */
export interface InkKind extends Omit<ShapeKind, 'path' | 'box'> {
  path(shape: Shape, detail: number): FilledLoop | Polyline;
}

/** The kind for ink that may have been moved, turned or stretched since. */
export const inkKind = (kind: InkKind): ShapeKind => ({
  name: kind.name,
  code: kind.code,
  detail: (shape, pixel) =>
    // What is left out may be seen where it was stretched most.
    kind.detail(shape, shape.attributes.transform ? pixel / longestOf(shape.attributes.transform) : pixel),
  path(shape, detail) {
    const path = kind.path(shape, detail);
    return shape.attributes.transform ? mappedInk(path, shape.attributes.transform) : path;
  },
  box: (shape) => kind.bounds(shape),
  bounds(shape): Box {
    const box = kind.bounds(shape);
    const { transform } = shape.attributes;
    // Stretched more one way than the other, a line of one width is wider than its box would be.
    return transform ? growBox(mappedBox(transform, box), (shape.style.width / 2) * scaleOf(transform)) : box;
  },
  hit(shape, x, y, radius) {
    if (!shape.attributes.transform) return kind.hit(shape, x, y, radius);
    const back = inverseOf(transformOf(shape));
    const at = mapped(back, { x, y });
    return kind.hit(shape, at.x, at.y, radius * scaleOf(back));
  },
});
