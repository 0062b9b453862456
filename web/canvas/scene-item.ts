import type { Box } from '../../shared/geometry.ts';
import { boxWithin, type Edge } from '../../shared/shapes/frames.ts';
import { kindOf } from '../../shared/shapes/kinds.ts';
import type { Path } from '../../shared/shapes/path.ts';
import type { Shape } from '../../shared/shapes/shape.ts';
import { byStackOrder } from '../../shared/shapes/stack.ts';

/** A shape on the screen, with what was worked out about it. */
export interface SceneItem {
  shape: Shape;
  /** Of what is shown of it. */
  readonly bounds: Box;
  /** Where it is cut. */
  readonly clip: Edge | null;
  path: Path | null;
  /** The detail that `path` was made at. */
  detail: number;
  /** Its place among the settled ones, if it has one: see `SettledItems`. */
  number: number;
}

export const NO_PLACE = -1;

export const itemOf = (shape: Shape, clip: Edge | null): SceneItem => ({
  shape,
  bounds: boxWithin(clip, boundsOf(shape)),
  clip,
  path: null,
  detail: 0,
  number: NO_PLACE,
});

export const byItemOrder = (a: SceneItem, b: SceneItem): number => byStackOrder(a.shape, b.shape);

/** The path of an item, kept until it is needed at another detail. */
export function pathOf(item: SceneItem, pixel: number): Path {
  const kind = kindOf(item.shape);
  const detail = kind.detail(item.shape, pixel);
  if (item.path && item.detail === detail) return item.path;
  item.detail = detail;
  return (item.path = kind.path(item.shape, detail));
}

/** Boards of a history share their shapes: going to and fro in it, each is measured once. */
const known = new WeakMap<Shape, Box>();

/** Of all of a shape, cut or not. */
export function boundsOf(shape: Shape): Box {
  const before = known.get(shape);
  if (before) return before;
  const bounds = kindOf(shape).bounds(shape);
  known.set(shape, bounds);
  return bounds;
}
