// What the ends of lines hold to, under the hand.

import { boxBetween, type Position } from '../../shared/geometry.ts';
import type { ShapeId } from '../../shared/ids.ts';
import type { Settings } from '../../shared/settings.ts';
import { isShownAt } from '../../shared/shapes/frames.ts';
import { canBeHeld, edgeOf, isWithin } from '../../shared/shapes/hold.ts';
import type { Shape } from '../../shared/shapes/shape.ts';
import { byStackOrder } from '../../shared/shapes/stack.ts';
import type { Sheet } from './tool.ts';

/**
 * The thing that a line's end at a point would hold to: the frontmost one there, a frame only where there is nothing
 * else. None that the line's other end lies within as well: such a line is drawn in it, and not to it.
 */
export function thingAt(sheet: Sheet, at: Position, otherEnd: Position): Shape | null {
  const things = sheet
    .shapesIn(boxBetween(at, at))
    .filter((shape) => !shape.open && canBeHeld(shape) && isWithin(shape, at) && !isWithin(shape, otherEnd))
    .filter((shape) => isShownAt(sheet.clipOf(shape), at))
    .sort(byStackOrder);
  return things.findLast(({ kind }) => kind !== 'frame') ?? things.at(-1) ?? null;
}

/** Shows what an end is about to hold to. */
export const showThing = (sheet: Sheet, thing: Shape | null): void => sheet.show(thing ? { edge: edgeOf(thing) } : {});

/** What lines among these let go of before they are moved: what does not move with them would hold them back. */
export function lettingGo(shapes: readonly Shape[]): ReadonlyMap<ShapeId, Settings> {
  const moved = new Set(shapes.map(({ id }) => id));
  return new Map(
    shapes.flatMap(({ id, attributes: { from, to } }) => {
      const settings: Settings = {
        ...(from && !moved.has(from) ? { from: '' } : {}),
        ...(to && !moved.has(to) ? { to: '' } : {}),
      };
      return Object.keys(settings).length > 0 ? [[id, settings] as const] : [];
    }),
  );
}
