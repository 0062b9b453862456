// What brings an earlier board back, as new events that one undo takes away again.

import type { Board } from './board.ts';
import type { Command } from './command.ts';
import { copyOf, inParts } from './copying.ts';
import type { AuthorNumber, ShapeId } from './ids.ts';
import { MAX_SHAPES_PER_COMMAND } from './limits.ts';
import { IDENTITY } from './matrix.ts';
import { getFrom, valuesOf } from './persistent-map.ts';
import { newSettings, type SettingKey, type Settings, settingKeys, settingOf, usualAttributes } from './settings.ts';
import type { Shape } from './shapes/shape.ts';
import { byStackOrder } from './shapes/stack.ts';
import { usualStyle } from './style.ts';

interface Difference {
  readonly erase: readonly ShapeId[];
  readonly bringBack: readonly Shape[];
  readonly change: ReadonlyMap<ShapeId, Settings>;
  /** Those among these that are locked: the lock is taken off for the change, and then put on where it was. */
  readonly locked: ReadonlySet<ShapeId>;
}

const KEYS: readonly SettingKey[] = [
  'color',
  'width',
  'z',
  ...(Object.keys(usualStyle) as SettingKey[]),
  ...(Object.keys(usualAttributes) as SettingKey[]),
];

/** What makes the present look as the past did: all of it, or only where it has to do with some of its shapes. */
function differenceTo(past: Board, present: Board): Difference {
  const erase = [...valuesOf(present.shapes)].filter(({ id }) => !getFrom(past.shapes, id)).map(({ id }) => id);
  return differenceOf(valuesOf(past.shapes), erase, present);
}

/** What makes some shapes look as they did, and takes others away. */
function differenceOf(shapes: Iterable<Shape>, erase: readonly ShapeId[], present: Board): Difference {
  const change = new Map<ShapeId, Settings>();
  const bringBack: Shape[] = [];
  for (const shape of shapes) {
    const now = getFrom(present.shapes, shape.id);
    if (!now) {
      bringBack.push(shape);
      continue;
    }
    const settings = settingsAsIn(shape, now);
    if (settingKeys(settings).length > 0) change.set(shape.id, settings);
  }
  const locked = [...erase, ...change.keys()].filter((id) => getFrom(present.shapes, id)?.attributes.locked);
  return { erase, bringBack, change, locked: new Set(locked) };
}

function settingsAsIn(past: Shape, now: Shape): Settings {
  const all = Object.fromEntries(KEYS.map((key) => [key, settingOf(past, key)])) as Settings;
  return Object.fromEntries(newSettings(now, all).map((key) => [key, all[key]]));
}

/** The commands, all of one gesture, that make the present board look as an earlier one did. */
export const restoring = (past: Board, present: Board, gesture: number): Command[] =>
  commandsFor(differenceTo(past, present), gesture, present);

/** The same for some shapes of an earlier board alone: everything else stays as it is. */
export const restoringShapes = (shapes: readonly Shape[], present: Board, gesture: number): Command[] =>
  commandsFor(differenceOf(shapes, [], present), gesture, present);

/**
 * The commands, all of one gesture, that take back everything that one author did since an earlier board: what they
 * drew goes, what they erased comes back, and what they changed is as it was, unless somebody else has changed it since.
 */
export function undoingAuthor(by: AuthorNumber, past: Board, present: Board, gesture: number): Command[] {
  const client = present.authors[by - 1]?.client;
  const { erase, bringBack, change, locked } = differenceTo(past, present);
  const changedByThem = new Map<ShapeId, Settings>();
  for (const [id, settings] of change) {
    const touched = getFrom(present.shapes, id)?.touched ?? {};
    const keys = settingKeys(settings).filter((key) => touched[key]?.by === by);
    if (keys.length > 0) changedByThem.set(id, Object.fromEntries(keys.map((key) => [key, settings[key]])));
  }
  return commandsFor(
    {
      erase: erase.filter((id) => id.startsWith(`${client}/`)),
      bringBack: bringBack.filter(({ id }) => getFrom(present.erased, id)?.erasure?.by === by),
      change: changedByThem,
      locked,
    },
    gesture,
    present,
  );
}

function commandsFor({ erase, bringBack, change, locked }: Difference, gesture: number, present: Board): Command[] {
  const own = new Set([...erase, ...change.keys()]);
  const unlocked = [...locked].filter((id) => own.has(id));
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
    ...placing(bringBack, gesture, present),
  ];
}

const setting = (ids: readonly ShapeId[], settings: Settings, gesture: number): Command[] =>
  inRuns(ids).map((shapes): Command => ({ type: 'ChangeShapes', gesture, shapes, settings: [settings] }));

function placing(shapes: readonly Shape[], gesture: number, present: Board): Command[] {
  let number = gesture;
  return shapes.toSorted(byStackOrder).flatMap((shape) =>
    inParts(shape.ink).map((ink) => {
      const { group = '' } = shape.attributes;
      const holds = holdsOn(present, shape);
      return copyOf({ ...shape, ink }, { gesture, number: ++number, by: IDENTITY, group, holds, z: shape.z });
    }),
  );
}

/** What a line held to, as far as it is still there. */
function holdsOn({ shapes }: Board, { attributes: { from, to } }: Shape): Pick<Settings, 'from' | 'to'> {
  return {
    ...(from && getFrom(shapes, from) ? { from } : {}),
    ...(to && getFrom(shapes, to) ? { to } : {}),
  };
}

function inRuns<T>(list: readonly T[]): (readonly T[])[] {
  const runs: (readonly T[])[] = [];
  for (let i = 0; i < list.length; i += MAX_SHAPES_PER_COMMAND) runs.push(list.slice(i, i + MAX_SHAPES_PER_COMMAND));
  return runs;
}
