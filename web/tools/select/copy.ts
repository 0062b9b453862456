import type { Command } from '../../../shared/command.ts';
import type { ShapeId } from '../../../shared/ids.ts';
import { type Ink, inkBytes, partOfInk } from '../../../shared/ink.ts';
import { MAX_PLACED_BYTES, MAX_PLACED_SAMPLES } from '../../../shared/limits.ts';
import { after, isIdentity, type Matrix } from '../../../shared/matrix.ts';
import { type Settings, transformOf } from '../../../shared/settings.ts';
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
  const made: ShapeId[] = [];
  for (const shape of shapes.toSorted(byStackOrder)) {
    for (const ink of inParts(shape.ink)) {
      const number = Math.max(gesture + 1, sheet.nextGesture());
      const id = sheet.idOf(number);
      const { group } = shape.attributes;
      if (group && !groups.has(group)) groups.set(group, id);
      const copy = { ...shape, ink };
      if (sheet.propose(placing(copy, gesture, number, by, group ? groups.get(group) : undefined))) return made;
      made.push(id);
    }
  }
  return made;
}

/** Ink that is too long for one command in halves, and these again; each begins where the one before ends. */
function inParts(ink: Ink): Ink[] {
  if (ink.count <= MAX_PLACED_SAMPLES && ink.length <= MAX_PLACED_BYTES) return [ink];
  const middle = ink.count >> 1;
  return [...inParts(partOfInk(ink, 0, middle)), ...inParts(partOfInk(ink, middle, ink.count - 1))];
}

/** The command that places a shape like another. */
function placing(shape: Shape, gesture: number, number: number, by: Matrix, group: ShapeId | undefined): Command {
  const transform = after(by, transformOf(shape));
  const { transform: _, group: __, locked: ___, ...attributes } = shape.attributes;
  const settings: Settings = {
    ...attributes,
    ...(isIdentity(transform) ? {} : { transform }),
    ...(group ? { group } : {}),
  };
  const { kind, style, pointer, ink } = shape;
  return {
    type: 'PlaceShape',
    gesture,
    number,
    kind,
    style,
    pointer,
    precision: ink.precision,
    samples: inkBytes(ink),
    settings,
  };
}
