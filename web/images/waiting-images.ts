import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { BoardId, ImageId } from '../../shared/ids.ts';

/** Images that the server does not have yet. Where the browser keeps nothing, they last as long as the page. */
export interface WaitingImages {
  put(board: BoardId, id: ImageId, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  get(id: ImageId): Promise<Uint8Array<ArrayBuffer> | null>;
  of(board: BoardId): Promise<readonly ImageId[]>;
  drop(id: ImageId): Promise<void>;
}

interface Schema extends DBSchema {
  images: {
    key: ImageId;
    /** As a buffer: Safari has lost blobs. */
    value: { readonly board: BoardId; readonly bytes: Uint8Array<ArrayBuffer> };
    indexes: { board: BoardId };
  };
}

const NAME = 'retrace-images';
const VERSION = 1;

/** Images in the browser's database. */
export function waitingImages(name = NAME): WaitingImages {
  /** What the page put itself: shown at once, and all there is where the database cannot be had. */
  const here = new Map<ImageId, { readonly board: BoardId; readonly bytes: Uint8Array<ArrayBuffer> }>();
  let opening: Promise<IDBPDatabase<Schema> | null> | null = null;
  const database = (): Promise<IDBPDatabase<Schema> | null> => {
    opening ??= openDB<Schema>(name, VERSION, {
      upgrade: (db) => void db.createObjectStore('images').createIndex('board', 'board'),
      terminated: () => (opening = null),
    }).catch(() => null);
    return opening;
  };

  return {
    async put(board, id, bytes) {
      here.set(id, { board, bytes });
      const db = await database();
      await db?.put('images', { board, bytes }, id).catch(() => {});
    },
    async get(id) {
      const own = here.get(id)?.bytes;
      return own ?? (await (await database())?.get('images', id).catch(() => undefined))?.bytes ?? null;
    },
    async of(board) {
      const kept = await (await database())?.getAllKeysFromIndex('images', 'board', board).catch(() => []);
      const own = [...here].flatMap(([id, image]) => (image.board === board ? [id] : []));
      return [...new Set([...own, ...(kept ?? [])])];
    },
    async drop(id) {
      here.delete(id);
      await (await database())?.delete('images', id).catch(() => {});
    },
  };
}
