import type { AuthorNumber } from './ids.ts';
import type { Shape } from './shapes/shape.ts';
import { opacityOf } from './style.ts';

/** How the hands of some authors show; those of everybody else do as they are. */
export type Showing = 'Faint' | 'Hidden';
export type Whose = ReadonlyMap<AuthorNumber, Showing>;

export const everybodys: Whose = new Map();

/** Share of its opacity that is left of what is faint: enough to see where it is. */
const FAINT = 0.15;

/** Boards of a history share their shapes: each is made faint once. */
const faint = new WeakMap<Shape, Shape>();

/** A shape as it is seen where some authors are faint or hidden; null: not at all. [T16] */
export function seenAs(shape: Shape, whose: Whose): Shape | null {
  const showing = whose.get(shape.author);
  if (showing === undefined) return shape;
  if (showing === 'Hidden') return null;
  const before = faint.get(shape);
  if (before) return before;
  const seen = { ...shape, style: { ...shape.style, opacity: opacityOf(shape.style) * FAINT } };
  faint.set(shape, seen);
  return seen;
}
