// Boards that this browser has been on, with a small picture of each. A convenience: to lose it loses no drawing.

import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { type BoardId, isBoardId, type Millis } from '../shared/ids.ts';

export interface VisitedBoard {
  readonly id: BoardId;
  readonly title: string;
  readonly visitedAt: Millis;
  /** A data URL of a PNG or WebP, at most as large as `pictureSize`; null where there is none yet. */
  readonly picture: string | null;
  /** Time of the last event that was seen there; null where that is not known. */
  readonly seenAt: Millis | null;
  /** The secret of the link that it was opened with. */
  readonly key: string | null;
}

/** Most that a picture measures, in pixels; */
export const pictureSize = { width: 320, height: 200 } as const;
/** and the most characters of its data URL: several times what a busy drawing takes. */
const MAX_PICTURE_LENGTH = 300_000;
/** The ones before that are forgotten. */
const MAX_VISITED = 60;

interface Schema extends DBSchema {
  boards: { key: string; value: VisitedBoard };
}

const NAME = 'retrace-visited';
/** ms after which a database that does not open counts as refused. */
const OPEN_WITHIN = 3000;

/** The latest first. */
export async function listVisited(): Promise<readonly VisitedBoard[]> {
  const db = await database();
  const kept = db ? await db.getAll('boards') : [...inMemory.values()];
  return kept.filter(({ id }) => isBoardId(id)).sort((a, b) => b.visitedAt - a.visitedAt);
}

/** Notes a visit. A picture or key that is not given stays as it was. */
export async function putVisited(
  visit: Pick<VisitedBoard, 'id' | 'title' | 'visitedAt'> & Partial<VisitedBoard>,
): Promise<void> {
  const db = await database();
  if (!db) {
    inMemory.set(visit.id, merged(inMemory.get(visit.id), visit));
    return;
  }
  const { store, done } = db.transaction('boards', 'readwrite');
  await store.put(merged(await store.get(visit.id), visit), visit.id);
  const all = await store.getAll();
  const forgotten = all.sort((a, b) => b.visitedAt - a.visitedAt).slice(MAX_VISITED);
  await Promise.all([...forgotten.map(({ id }) => store.delete(id)), done]);
}

export async function removeVisited(id: BoardId): Promise<void> {
  const db = await database();
  if (db) await db.delete('boards', id);
  else inMemory.delete(id);
}

function merged(
  before: VisitedBoard | undefined,
  visit: Partial<VisitedBoard> & Pick<VisitedBoard, 'id' | 'title' | 'visitedAt'>,
): VisitedBoard {
  const { id, title, visitedAt, picture, key, seenAt } = visit;
  const fits = picture === null || (picture?.startsWith('data:image/') && picture.length <= MAX_PICTURE_LENGTH);
  return {
    id,
    title,
    visitedAt,
    picture: fits && picture !== undefined ? picture : (before?.picture ?? null),
    key: key ?? before?.key ?? null,
    seenAt: seenAt ?? before?.seenAt ?? null,
  };
}

/** Where the browser refuses a database. */
const inMemory = new Map<BoardId, VisitedBoard>();
let opening: Promise<IDBPDatabase<Schema> | null> | undefined;

/** Null where the browser has none for us. */
const database = (): Promise<IDBPDatabase<Schema> | null> =>
  (opening ??= Promise.race([
    open().catch(() => null),
    new Promise<null>((resolve) => setTimeout(resolve, OPEN_WITHIN, null)),
  ]));

async function open(): Promise<IDBPDatabase<Schema>> {
  const forget = (): void => {
    opening = undefined;
  };
  const db = await openDB<Schema>(NAME, 1, {
    upgrade: (upgrading) => void upgrading.createObjectStore('boards'),
    // A page of a newer version wants to change it.
    blocking: () => {
      db.close();
      forget();
    },
    terminated: forget,
  });
  return db;
}
