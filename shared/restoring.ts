// What brings an earlier board back, as new events that one undo takes away again.

import type { Board } from './board.ts';
import type { Command } from './command.ts';
import { copyOf, inParts } from './copying.ts';
import { type AuthorNumber, type ClientId, type ShapeId, shapeId } from './ids.ts';
import { MAX_SHAPES_PER_COMMAND } from './limits.ts';
import { IDENTITY } from './matrix.ts';
import { getFrom, valuesOf } from './persistent-map.ts';
import { newSettings, type SettingKey, type Settings, settingKeys, settingOf, usualAttributes } from './settings.ts';
import type { Shape } from './shapes/shape.ts';
import { byStackOrder } from './shapes/stack.ts';
import { usualStyle } from './style.ts';

/** Who brings something back, in which gesture. */
export interface Restorer {
  readonly client: ClientId;
  readonly gesture: number;
}

/** A shape, or a part of one whose ink is too long, that is placed again. */
interface Placing {
  readonly shape: Shape;
  readonly number: number;
}

interface Difference {
  readonly erase: readonly ShapeId[];
  readonly place: readonly Placing[];
  readonly change: ReadonlyMap<ShapeId, Settings>;
  /** What is gone comes back under another name. */
  readonly renamed: ReadonlyMap<string, ShapeId>;
  /** What groups are called of which nothing is left: they come back as one, beside what came back of them before. */
  readonly groups: ReadonlyMap<string, ShapeId>;
}

const KEYS: readonly SettingKey[] = [
  'color',
  'width',
  'z',
  ...(Object.keys(usualStyle) as SettingKey[]),
  ...(Object.keys(usualAttributes) as SettingKey[]),
];

/** The commands, all of one gesture, that make the present board look as an earlier one did. */
export function restoring(past: Board, present: Board, by: Restorer): Command[] {
  return commandsFor({ erase: madeSince(past, present), ...differenceOf([...valuesOf(past.shapes)], present, by) }, present, by); // prettier-ignore
}

/** The same for some shapes of an earlier board alone: everything else stays as it is. */
export const restoringShapes = (shapes: readonly Shape[], present: Board, by: Restorer): Command[] =>
  commandsFor({ erase: [], ...differenceOf(shapes, present, by) }, present, by);

/**
 * The commands, all of one gesture, that take back everything that one author did since an earlier board: what they
 * drew goes, what they erased comes back, and what they changed is as it was, unless somebody else has changed it since.
 */
export function undoingAuthor(author: AuthorNumber, past: Board, present: Board, by: Restorer): Command[] {
  const client = present.authors[author - 1]?.client;
  const theirs = [...valuesOf(past.shapes)].filter(
    ({ id }) => getFrom(present.shapes, id) || getFrom(present.erased, id)?.erasure?.by === author,
  );
  const { change, ...difference } = differenceOf(theirs, present, by);
  const changedByThem = new Map<ShapeId, Settings>();
  for (const [id, settings] of change) {
    const { touched = {}, attributes = {} } = getFrom(present.shapes, id) ?? {};
    const holdsAgain = (key: SettingKey): boolean =>
      (key === 'from' || key === 'to') && settings[key] === difference.renamed.get(attributes[key] ?? '');
    const keys = settingKeys(settings).filter((key) => touched[key]?.by === author || holdsAgain(key));
    if (keys.length > 0) changedByThem.set(id, Object.fromEntries(keys.map((key) => [key, settings[key]])));
  }
  const erase = madeSince(past, present).filter((id) => id.startsWith(`${client}/`));
  return commandsFor({ erase, ...difference, change: changedByThem }, present, by);
}

const madeSince = (past: Board, present: Board): ShapeId[] =>
  [...valuesOf(present.shapes)].filter(({ id }) => !getFrom(past.shapes, id)).map(({ id }) => id);

/** What makes some shapes look as they did. */
function differenceOf(shapes: readonly Shape[], present: Board, by: Restorer): Omit<Difference, 'erase'> {
  const isThere = ({ id }: Shape): boolean => getFrom(present.shapes, id) !== undefined;
  const [there, gone] = [shapes.filter(isThere), shapes.filter((shape) => !isThere(shape))];
  const place = gone
    .toSorted(byStackOrder)
    .flatMap((shape) => inParts(shape.ink).map((ink) => ({ ...shape, ink })))
    .map((shape, i) => ({ shape, number: by.gesture + 1 + i }));
  const renamed = new Map<string, ShapeId>();
  const groups = new Map<string, ShapeId>();
  const kept = new Set([...valuesOf(present.shapes)].map(({ attributes }) => attributes.group));
  for (const { shape, number } of place) {
    const name = shapeId(by.client, number);
    const { group } = shape.attributes;
    if (!renamed.has(shape.id)) renamed.set(shape.id, name);
    if (group && !kept.has(group) && !groups.has(group)) groups.set(group, name);
  }
  const change = new Map<ShapeId, Settings>();
  for (const shape of there) {
    const settings = settingsAsIn(shape, getFrom(present.shapes, shape.id) as Shape, renamed);
    if (settingKeys(settings).length > 0) change.set(shape.id, settings);
  }
  return { place, change, renamed, groups };
}

function settingsAsIn(past: Shape, now: Shape, renamed: Difference['renamed']): Settings {
  const then = Object.fromEntries(KEYS.map((key) => [key, settingOf(past, key)])) as Required<Settings>;
  const all: Settings = {
    ...then,
    from: renamed.get(then.from) ?? then.from,
    to: renamed.get(then.to) ?? then.to,
  };
  return Object.fromEntries(newSettings(now, all).map((key) => [key, all[key]]));
}

function commandsFor(difference: Difference, present: Board, { gesture }: Restorer): Command[] {
  const { erase, change } = difference;
  // The lock is taken off for the change, and then put on where it was.
  const unlocked = [...erase, ...change.keys()].filter((id) => getFrom(present.shapes, id)?.attributes.locked);
  const locksAgain = unlocked.filter((id) => change.has(id) && change.get(id)?.locked === undefined);
  return [
    ...setting(unlocked, { locked: false }, gesture),
    ...inRuns(erase).map((shapes): Command => ({ type: 'EraseShapes', gesture, shapes })),
    ...inRuns([...change]).map((some): Command => ({
      type: 'ChangeShapes',
      gesture,
      shapes: some.map(([id]) => id),
      settings: some.map(([, each]) => each),
    })),
    ...setting(locksAgain, { locked: true }, gesture),
    ...placing(difference, present, gesture),
  ];
}

const setting = (ids: readonly ShapeId[], settings: Settings, gesture: number): Command[] =>
  inRuns(ids).map((shapes): Command => ({ type: 'ChangeShapes', gesture, shapes, settings: [settings] }));

/** Lines may come before what they hold to: their ends go there once it is there. */
function placing({ place, renamed, groups }: Difference, present: Board, gesture: number): Command[] {
  /** What a line held to, as far as it is there or comes back. */
  const nameOf = (id: ShapeId | '' = ''): ShapeId | '' =>
    renamed.get(id) ?? (id && getFrom(present.shapes, id) ? id : '');
  return place.map(({ shape, number }) => {
    const { group = '', from, to } = shape.attributes;
    const [first, last] = [nameOf(from), nameOf(to)];
    const holds = { ...(first ? { from: first } : {}), ...(last ? { to: last } : {}) };
    return copyOf(shape, { gesture, number, by: IDENTITY, group: groups.get(group) ?? group, holds, z: shape.z });
  });
}

function inRuns<T>(list: readonly T[]): (readonly T[])[] {
  const runs: (readonly T[])[] = [];
  for (let i = 0; i < list.length; i += MAX_SHAPES_PER_COMMAND) runs.push(list.slice(i, i + MAX_SHAPES_PER_COMMAND));
  return runs;
}
