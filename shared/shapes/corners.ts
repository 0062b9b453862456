// Shapes that are drawn from one corner to the other: the first and the last sample of the hand say where they lie.

import { heightOf, type Box, boxBetween, cornersOf, type Position, widthOf } from '../geometry.ts';
import { mapped, type Matrix } from '../matrix.ts';
import { readVarint, stepOf } from '../samples.ts';
import { transformOf } from '../settings.ts';
import type { Shape } from './shape.ts';

/** Where the hand began and ended, as it was drawn. */
export function endsOf({ ink }: Shape): readonly [Position, Position] {
  const step = stepOf(ink.precision);
  const reader = { bytes: ink.backing.bytes, offset: 0 };
  const first = { x: readVarint(reader) * step, y: readVarint(reader) * step };
  return [first, { x: ink.nib.x * step, y: ink.nib.y * step }];
}

/** Where the hand began and ended, as it is shown. */
export function placedEnds(shape: Shape): readonly [Position, Position] {
  const { ends } = shape.attributes;
  if (ends?.length === 4)
    return [
      { x: ends[0], y: ends[1] },
      { x: ends[2], y: ends[3] },
    ];
  const [from, to] = endsOf(shape);
  const matrix = transformOf(shape);
  return [mapped(matrix, from), mapped(matrix, to)];
}

/** A box that may be turned: its middle, its sides, and the angle in radians of its top side. */
export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly angle: number;
}

/** The shape's box as it is shown. Of a sheared one, a box about as large. */
export function frameOf(shape: Shape, box: Box = drawnBox(shape)): Frame {
  const matrix = transformOf(shape);
  const [a, b, c, d] = matrix;
  const { x, y } = mapped(matrix, { x: (box.minX + box.maxX) / 2, y: (box.minY + box.maxY) / 2 });
  return {
    x,
    y,
    width: widthOf(box) * Math.sqrt(a * a + b * b),
    height: heightOf(box) * Math.sqrt(c * c + d * d),
    angle: angleOf(matrix),
  };
}

/** Of what was level: between -90° and 90° where it is mirrored, so that letters never stand on their heads for that. */
function angleOf([a, b, c, d]: Matrix): number {
  const mirrored = a * d - b * c < 0;
  return mirrored && a < 0 ? Math.atan2(-b, -a) : Math.atan2(b, a);
}

export const drawnBox = (shape: Shape): Box => boxBetween(...endsOf(shape));

/** The corners of a box as they are shown, from the top left one on. */
export function placedCorners(shape: Shape, box: Box = drawnBox(shape)): readonly Position[] {
  const matrix = transformOf(shape);
  return cornersOf(box).map((corner) => mapped(matrix, corner));
}
