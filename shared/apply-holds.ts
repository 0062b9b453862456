// Lines that hold to things go with them. Where a line ends follows from the things as they are, so whatever moves one,
// and whatever undoes that, takes the line along; nobody has to say so, and nobody can forget to.

import type { Board, Draft } from './board.ts';
import type { ShapeId } from './ids.ts';
import { deleteFrom, getFrom, setIn } from './persistent-map.ts';
import { type Ends, sameSetting, withSettings } from './settings.ts';
import { placedEnds } from './shapes/corners.ts';
import { canBeHeld, canHold, endAt, middleOf } from './shapes/hold.ts';
import type { Shape } from './shapes/shape.ts';

/** Whatever else has such a setting, such as a pen's stroke, holds to nothing. */
const heldBy = (shape: Shape | undefined): readonly ShapeId[] => {
  const { from = '', to = '' } = shape && canHold(shape) ? shape.attributes : {};
  return [...new Set([from, to])].flatMap((id) => (id === '' ? [] : [id]));
};

/** A shape is another now, or has come: what it holds to is noted, and ends go where they belong. [F13] */
export function hold(draft: Draft, before: Shape | undefined, after: Shape): void {
  noteHolds(draft, before, after);
  if (canHold(after)) return end(draft, after);
  for (const id of getFrom(draft.holders, after.id) ?? []) {
    const line = draft.shapes.get(id);
    if (line) end(draft, line);
  }
}

/** Which lines hold to what, with a shape that is another now, has come, or has gone for good. */
export function noteHolds(
  draft: { holders: Board['holders'] },
  before: Shape | undefined,
  after: Shape | undefined,
): void {
  const [was, is] = [heldBy(before), heldBy(after)];
  const id = (before ?? after)?.id;
  if (!id || (was.length === 0 && is.length === 0)) return;
  for (const thing of was) if (!is.includes(thing)) change(thing, (lines) => lines.filter((line) => line !== id));
  for (const thing of is) {
    if (!was.includes(thing)) change(thing, (lines) => [...lines.filter((line) => line !== id), id].sort());
  }

  function change(thing: ShapeId, to: (lines: readonly ShapeId[]) => readonly ShapeId[]): void {
    const lines = to(getFrom(draft.holders, thing) ?? []);
    draft.holders = lines.length > 0 ? setIn(draft.holders, thing, lines) : deleteFrom(draft.holders, thing);
  }
}

/** Where what it holds to is not there, an end stays where it is. */
function end(draft: Draft, line: Shape): void {
  const { from = '', to = '' } = line.attributes;
  const thingOf = (id: ShapeId | ''): Shape | undefined => {
    const thing = id && id !== line.id ? draft.shapes.get(id) : undefined;
    return thing && canBeHeld(thing) ? thing : undefined;
  };
  const [first, last] = [thingOf(from), thingOf(to)];
  if (!canHold(line) || (!first && !last) || first === last) return;
  const [start, stop] = placedEnds(line);
  const { width } = line.style;
  const [a, b] = [
    first ? endAt(first, last ? middleOf(last) : stop, width) : start,
    last ? endAt(last, first ? middleOf(first) : start, width) : stop,
  ];
  const ends: Ends = [a.x, a.y, b.x, b.y];
  if (!sameSetting(line.attributes.ends, ends)) draft.shapes.set(line.id, withSettings(line, { ends }));
}
