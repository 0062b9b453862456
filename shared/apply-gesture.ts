import { hold, noteHolds } from './apply-holds.ts';
import type { Author, Draft, Gesture, ShapeChange } from './board.ts';
import type { GestureStep } from './event.ts';
import type { AuthorNumber, ShapeId } from './ids.ts';
import { MAX_UNDO } from './limits.ts';

/** What an event adds to a gesture. */
export interface GesturePart {
  readonly number: number;
  readonly made?: readonly ShapeId[];
  readonly erased?: readonly ShapeId[];
  readonly changed?: readonly ShapeChange[];
}

/** Adds to the author's gestures: to the last one where it is still going on. What was undone is gone for good. */
export function recordGesture(draft: Draft, by: AuthorNumber, part: GesturePart, highest = part.number): void {
  const author = draft.authors[by - 1];
  if (!author) return;
  const last = author.done.at(-1);
  const done =
    last?.number === part.number
      ? [...author.done.slice(0, -1), joined(last, part)]
      : [...author.done, joined({ number: part.number, made: [], erased: [], changed: [] }, part)];
  for (const forgotten of author.undone) forget(draft, by, forgotten);
  for (const forgotten of done.slice(0, -MAX_UNDO)) forget(draft, by, forgotten);
  const gesture = Math.max(author.gesture, highest);
  draft.authors[by - 1] = { ...author, gesture, done: done.slice(-MAX_UNDO), undone: [] };
}

function joined(gesture: Gesture, { made, erased, changed }: GesturePart): Gesture {
  return {
    number: gesture.number,
    made: joinedLists(gesture.made, made),
    erased: joinedLists(gesture.erased, erased),
    changed: joinedChanges(gesture.changed, changed),
  };
}

function joinedLists<T>(list: readonly T[], more: readonly T[] | undefined): readonly T[] {
  if (!more || more.length === 0) return list;
  return list.length === 0 ? more : [...list, ...more];
}

/** Of each setting it is known how it was before the gesture, however often that changed it. */
function joinedChanges(
  changes: readonly ShapeChange[],
  more: readonly ShapeChange[] | undefined,
): readonly ShapeChange[] {
  if (!more || changes.length === 0) return more ?? changes;
  const all = new Map(changes.map((change) => [change.shape, change]));
  for (const { shape, before, touched } of more) {
    const known = all.get(shape);
    all.set(shape, {
      shape,
      before: { ...before, ...known?.before },
      touched: known ? { ...ofNewKeys(touched, known), ...known.touched } : touched,
      after: {},
    });
  }
  return [...all.values()];
}

/** That a setting was touched by nobody is told by its absence, which must not be filled by the gesture's own touch. */
const ofNewKeys = (touched: ShapeChange['touched'], { before }: ShapeChange): ShapeChange['touched'] =>
  Object.fromEntries(Object.entries(touched).filter(([key]) => !Object.hasOwn(before, key)));

/** Shapes that only this gesture could bring back are of no use any more. */
function forget(draft: Draft, by: AuthorNumber, gesture: Gesture): void {
  for (const id of [...gesture.made, ...gesture.erased]) {
    const shape = draft.erased.get(id);
    if (shape?.erasure?.by !== by || shape.erasure.gesture !== gesture.number) continue;
    draft.erased.delete(id);
    noteHolds(draft, shape, undefined);
  }
}

/** Moves a gesture from done to undone or back. Gestures above it had nothing left to do, and go with it. */
export function stepGesture(draft: Draft, by: AuthorNumber, { gesture, step }: GestureStep): void {
  const author = draft.authors[by - 1];
  if (author) draft.authors[by - 1] = { ...author, ...stepped(author, gesture, step) };
}

function stepped({ done, undone }: Author, gesture: number, step: GestureStep['step']): Partial<Author> {
  const [from, to] = step === 'undo' ? [done, undone] : [undone, done];
  const place = from.findLastIndex((other) => other.number === gesture);
  if (place < 0) return {};
  const moved = [...to, ...from.slice(place).reverse()];
  return step === 'undo'
    ? { done: from.slice(0, place), undone: moved }
    : { undone: from.slice(0, place), done: moved };
}

export function eraseShape(draft: Draft, id: ShapeId, by: AuthorNumber, gesture: number): void {
  const shape = draft.shapes.get(id);
  if (!shape) return;
  draft.shapes.delete(id);
  draft.erased.set(id, { ...shape, erasure: { by, gesture } });
}

export function restoreShape(draft: Draft, id: ShapeId): void {
  const shape = draft.erased.get(id);
  if (!shape) return;
  draft.erased.delete(id);
  const restored = { ...shape, erasure: null };
  draft.shapes.set(id, restored);
  hold(draft, restored, restored);
}
