import { arrow, line } from './arrow.ts';
import { diamond, ellipse, rectangle, triangle } from './figures.ts';
import { frame, note, text } from './writing.ts';
import { image } from './image.ts';
import { highlighter } from './highlighter.ts';
import type { ShapeKind } from './kind.ts';
import { pen } from './pen.ts';
import type { KindName, Shape } from './shape.ts';

/** Every kind of shape there is. A new one is a file, a name in `KindName` and a line here with the next free code. */
export const kinds: Readonly<Record<KindName, ShapeKind>> = {
  pen, // 1
  highlighter, // 2
  rectangle, // 3
  ellipse, // 4
  diamond, // 5
  triangle, // 6
  line, // 7
  arrow, // 8
  text, // 9
  note, // 10
  frame, // 11
  image, // 12
};

export const kindOf = (shape: Shape): ShapeKind => kinds[shape.kind];
