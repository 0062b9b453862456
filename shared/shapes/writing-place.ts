import type { Position } from '../geometry.ts';
import { sizeOf } from '../letters/layout.ts';
import { mapped, scaleOf } from '../matrix.ts';
import { transformOf } from '../settings.ts';
import { type Align, usualStyle } from '../style.ts';
import { frameOf } from './corners.ts';
import { FIGURE_MARGIN } from './figures.ts';
import type { Shape } from './shape.ts';
import { lineWidth, NOTE_MARGIN, noteBox, textBox } from './writing.ts';

/** Where the letters of a shape are painted, so that a field can lie over them. In board units and radians. */
export interface WritingPlace extends Position {
  /** (x, y) is in the middle of the letters, and not their left top corner. */
  readonly middle: boolean;
  readonly angle: number;
  readonly size: number;
  /** At which lines are broken; infinite where they are not. */
  readonly width: number;
  readonly align: Align;
}

export function writingPlace(shape: Shape): WritingPlace {
  const { style } = shape;
  const scale = scaleOf(transformOf(shape));
  if (shape.kind === 'text') {
    const box = textBox(shape);
    return {
      ...mapped(transformOf(shape), { x: box.minX, y: box.minY }),
      middle: false,
      angle: frameOf(shape, box).angle,
      size: sizeOf(style) * scale,
      width: lineWidth(shape) * scale,
      align: style.align ?? usualStyle.align,
    };
  }
  const isNote = shape.kind === 'note';
  const { x, y, width, angle } = isNote ? frameOf(shape, noteBox(shape)) : frameOf(shape);
  const margin = isNote ? NOTE_MARGIN * scale : FIGURE_MARGIN;
  const size = sizeOf(style) * (isNote ? scale : 1);
  return { x, y, middle: true, angle, size, width: Math.max(size, width - 2 * margin), align: style.align ?? 'centre' };
}
