import type { Shape } from '../../../shared/shapes/shape.ts';
import { valuesOf } from '../../../shared/persistent-map.ts';
import type { Sheet } from '../tool.ts';

/** The shapes, and those that are grouped with them. */
export function withGroups(sheet: Sheet, shapes: readonly Shape[]): readonly Shape[] {
  const groups = new Set(shapes.flatMap(({ attributes }) => attributes.group ?? []));
  if (groups.size === 0) return shapes;
  const all = new Map(shapes.map((shape) => [shape.id, shape]));
  for (const shape of valuesOf(sheet.board.shapes)) {
    if (shape.attributes.group && groups.has(shape.attributes.group)) all.set(shape.id, shape);
  }
  return [...all.values()];
}
