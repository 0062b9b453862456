import { copyOf, inParts } from '../../../shared/copying.ts';
import type { ShapeId } from '../../../shared/ids.ts';
import type { Matrix } from '../../../shared/matrix.ts';
import type { Shape } from '../../../shared/shapes/shape.ts';
import { byStackOrder } from '../../../shared/shapes/stack.ts';
import type { Sheet } from '../tool.ts';

/** Places copies of shapes, each moved by `by`, in one gesture; gives their ids. What was one group is one again. */
export function copyShapes(
  sheet: Pick<Sheet, 'propose' | 'nextGesture' | 'idOf'>,
  shapes: readonly Shape[],
  gesture: number,
  by: Matrix,
): ShapeId[] {
  const groups = new Map<string, ShapeId>();
  const copies = new Map<ShapeId, ShapeId>();
  const made: ShapeId[] = [];
  for (const shape of shapes.toSorted(byStackOrder)) {
    for (const ink of inParts(shape.ink)) {
      const number = Math.max(gesture + 1, sheet.nextGesture());
      const id = sheet.idOf(number);
      const { group } = shape.attributes;
      if (group && !groups.has(group)) groups.set(group, id);
      const placed = { gesture, number, by, group: (group && groups.get(group)) || ('' as const) };
      if (sheet.propose(copyOf({ ...shape, ink }, placed))) return made;
      made.push(id);
      copies.set(shape.id, id);
    }
  }
  holdAgain(sheet, shapes, gesture, copies);
  return made;
}

/** Lines hold to the copies of what they held to, once all of these are there. */
function holdAgain(
  sheet: Pick<Sheet, 'propose'>,
  shapes: readonly Shape[],
  gesture: number,
  copies: ReadonlyMap<ShapeId, ShapeId>,
): void {
  for (const { id, attributes } of shapes) {
    const [line, from, to] = [id, attributes.from, attributes.to].map((each) => (each ? copies.get(each) : undefined));
    if (!line || (!from && !to)) continue;
    const holds = { ...(from ? { from } : {}), ...(to ? { to } : {}) };
    sheet.propose({ type: 'ChangeShapes', gesture, shapes: [line], settings: [holds] });
  }
}
