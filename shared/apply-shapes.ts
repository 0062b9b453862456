import { hold } from './apply-holds.ts';
import { eraseShape, recordGesture, stepGesture } from './apply-gesture.ts';
import type { Draft, Gesture, ShapeChange } from './board.ts';
import type { BoardEvent, GestureStep, RecordedEvent } from './event.ts';
import { type AuthorNumber, type ShapeId, shapeId } from './ids.ts';
import { emptyInk, extendInk, type Ink, partOfInk } from './ink.ts';
import {
  movedBy,
  NO_ATTRIBUTES,
  type SettingKey,
  settingKeys,
  settingOf,
  type Settings,
  settingsOf,
  type Touches,
  UNTOUCHED,
  withSettings,
} from './settings.ts';
import type { Shape } from './shapes/shape.ts';

type EventOf<Type extends BoardEvent['type']> = Extract<BoardEvent, { type: Type }>;
type Made = Pick<Shape, 'kind' | 'style' | 'pointer'>;

export const newShape = (
  id: ShapeId,
  { kind, style, pointer }: Made,
  { at, by, revision }: Pick<RecordedEvent, 'at' | 'by' | 'revision'>,
  ink: Ink,
): Shape => ({
  id,
  kind,
  style,
  pointer,
  author: by,
  z: revision,
  startedAt: at,
  ink,
  open: false,
  erasure: null,
  attributes: NO_ATTRIBUTES,
  touched: UNTOUCHED,
});

export function placeShape(draft: Draft, recorded: RecordedEvent, event: EventOf<'ShapePlaced'>): void {
  const author = draft.authors[recorded.by - 1];
  if (!author) return;
  const id = shapeId(author.client, event.number);
  const ink = extendInk(emptyInk(event.precision), event.samples);
  const shape = withSettings(newShape(id, event, recorded, ink), event.settings);
  draft.shapes.set(id, shape);
  hold(draft, undefined, shape);
  recordGesture(draft, recorded.by, { number: event.gesture, made: [id] }, event.number);
}

export function moveShapes(draft: Draft, by: AuthorNumber, event: EventOf<'ShapesMoved'>): void {
  const changed: ShapeChange[] = [];
  for (const id of event.shapes) {
    const shape = draft.shapes.get(id);
    if (shape) changed.push(set(draft, shape, movedBy(event.matrix, shape), by, event.gesture));
  }
  recordGesture(draft, by, { number: event.gesture, changed });
}

export function changeShapes(draft: Draft, by: AuthorNumber, event: EventOf<'ShapesChanged'>): void {
  if (event.step !== 'do') return stepChanges(draft, by, event);
  const changed: ShapeChange[] = [];
  for (const [i, id] of event.shapes.entries()) {
    const shape = draft.shapes.get(id);
    if (shape) changed.push(set(draft, shape, settingsFor(event, i), by, event.gesture));
  }
  recordGesture(draft, by, { number: event.gesture, changed });
}

const settingsFor = ({ settings }: EventOf<'ShapesChanged'>, place: number): Settings =>
  (settings.length === 1 ? settings[0] : settings[place]) ?? {};

/** Gives a shape settings, and says what they were before. */
function set(draft: Draft, shape: Shape, settings: Settings, by: AuthorNumber, gesture: number): ShapeChange {
  const keys = settingKeys(settings);
  const touch = { by, gesture };
  const after = {
    ...withSettings(shape, settings),
    touched: { ...shape.touched, ...Object.fromEntries(keys.map((key) => [key, touch])) },
  };
  draft.shapes.set(shape.id, after);
  hold(draft, shape, after);
  return { shape: shape.id, before: settingsOf(shape, keys), touched: touchesOf(shape, keys), after: {} };
}

const touchesOf = ({ touched }: Shape, keys: readonly SettingKey[]): Touches =>
  Object.fromEntries(keys.flatMap((key) => (touched[key] ? [[key, touched[key]]] : [])));

/** Undoes or redoes: what comes back was whoever's it was before. */
function stepChanges(draft: Draft, by: AuthorNumber, event: EventOf<'ShapesChanged'>): void {
  const { gesture: number, step } = event;
  const author = draft.authors[by - 1];
  const known = (step === 'undo' ? author?.done : author?.undone)?.findLast((each) => each.number === number);
  const changes = new Map(known?.changed.map((change) => [change.shape, change]));
  for (const [i, id] of event.shapes.entries()) {
    const shape = draft.shapes.get(id);
    const change = changes.get(id);
    if (!shape || !change) continue;
    const settings = settingsFor(event, i);
    const keys = settingKeys(settings);
    const after = {
      ...withSettings(shape, settings),
      touched: touchedAfter(shape.touched, keys, step === 'undo' ? change.touched : sameTouch(keys, by, number)),
    };
    draft.shapes.set(id, after);
    hold(draft, shape, after);
    const current = Object.fromEntries(keys.map((key) => [key, settingOf(shape, key)]));
    changes.set(id, { ...change, after: step === 'undo' ? { ...change.after, ...current } : {} });
  }
  if (known) replaceGesture(draft, by, { ...known, changed: [...changes.values()] }, step);
  stepGesture(draft, by, event);
}

const sameTouch = (keys: readonly SettingKey[], by: AuthorNumber, gesture: number): Touches =>
  Object.fromEntries(keys.map((key) => [key, { by, gesture }]));

function touchedAfter(touched: Touches, keys: readonly SettingKey[], now: Touches): Touches {
  const next: Record<string, unknown> = { ...touched };
  for (const key of keys) {
    if (now[key]) next[key] = now[key];
    else delete next[key];
  }
  return Object.keys(next).length > 0 ? next : UNTOUCHED;
}

function replaceGesture(draft: Draft, by: AuthorNumber, gesture: Gesture, step: GestureStep['step']): void {
  const author = draft.authors[by - 1];
  if (!author) return;
  const among = (list: readonly Gesture[]): readonly Gesture[] =>
    list.map((each) => (each.number === gesture.number ? gesture : each));
  draft.authors[by - 1] =
    step === 'undo' ? { ...author, done: among(author.done) } : { ...author, undone: among(author.undone) };
}

/** The stroke goes away; what is left of it has its place, its style and its author. */
export function cutStroke(draft: Draft, by: AuthorNumber, event: EventOf<'StrokeCut'>): void {
  const stroke = draft.shapes.get(event.shape);
  const author = draft.authors[by - 1];
  if (!stroke || !author) return;
  const made = event.pieces.map(({ number, from, to }) => {
    const id = shapeId(author.client, number);
    draft.shapes.set(id, { ...stroke, id, ink: partOfInk(stroke.ink, from, to), touched: UNTOUCHED });
    return id;
  });
  eraseShape(draft, event.shape, by, event.gesture);
  const highest = Math.max(event.gesture, ...event.pieces.map(({ number }) => number));
  recordGesture(draft, by, { number: event.gesture, made, erased: [event.shape] }, highest);
}
