import { mappedBox } from '../matrix.ts';
import { transformOf } from '../settings.ts';
import { drawnBox, placedCorners } from './corners.ts';
import { polygon } from './figure.ts';
import { figureHit } from './figure-hit.ts';
import type { ShapeKind } from './kind.ts';
import type { Figure, ImagePath } from './path.ts';
import type { Shape } from './shape.ts';

/** How much of its colour the field has that stands where an image is not here yet. */
const STAND_IN = 0.12;

function pathOf(shape: Shape): ImagePath {
  const [topLeft, topRight, , bottomLeft] = placedCorners(shape);
  const { x, y } = topLeft ?? { x: 0, y: 0 };
  return {
    kind: 'Image',
    x,
    y,
    across: { x: (topRight?.x ?? x) - x, y: (topRight?.y ?? y) - y },
    down: { x: (bottomLeft?.x ?? x) - x, y: (bottomLeft?.y ?? y) - y },
    image: shape.attributes.image ?? '',
    standIn: field(shape, STAND_IN),
  };
}

/** Where it lies, filled with so much of its colour. */
const field = (shape: Shape, fill: number): Figure => polygon(placedCorners(shape), 0).build(shape.style, fill, 0);

/** A picture from elsewhere, stretched between two corners. */
export const image: ShapeKind = {
  name: 'image',
  code: 12,
  detail: () => 0,
  path: pathOf,
  bounds: (shape) => mappedBox(transformOf(shape), drawnBox(shape)),
  box: drawnBox,
  hit: (shape, x, y, radius) => figureHit(field(shape, 1), x, y, radius, true),
};
