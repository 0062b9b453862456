import type { ShapeKind } from './kind.ts';
import { pen } from './pen.ts';
import type { KindName, Shape } from './shape.ts';

/** Every kind of shape there is. A new one is a file, a name in `KindName` and a line here with the next free code. */
export const kinds: Readonly<Record<KindName, ShapeKind>> = {
  pen, // 1
};

const byCode: ReadonlyMap<number, ShapeKind> = new Map(Object.values(kinds).map((kind) => [kind.code, kind]));

export const kindOf = (shape: Shape): ShapeKind => kinds[shape.kind];
export const kindWithCode = (code: number): ShapeKind | undefined => byCode.get(code);
export const isKindName = (text: string): text is KindName => Object.hasOwn(kinds, text);
