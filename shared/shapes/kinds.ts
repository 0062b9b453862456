import type { ShapeKind } from './kind.ts';
import { pen } from './pen.ts';
import type { KindName, Shape } from './shape.ts';

/** Every kind of shape there is. A new one is a file, a name in `KindName` and a line here with the next free code. */
export const kinds: Readonly<Record<KindName, ShapeKind>> = {
  pen, // 1
};

export const kindOf = (shape: Shape): ShapeKind => kinds[shape.kind];
