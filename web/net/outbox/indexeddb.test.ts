import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, expect, test, vi } from 'vitest';
import type { BoardId, ClientId } from '../../../shared/ids.ts';
import { UnknownCode } from '../../../shared/wire/wire-error.ts';
import { indexedDbOutboxStore } from './indexeddb.ts';
import { testOutboxStore } from './contract.ts';

let databases = 0;

testOutboxStore('IndexedDB', () => {
  const name = `outbox-${++databases}`;
  return { open: () => indexedDbOutboxStore(name) };
});

const board = 'OutboxBoard00001' as BoardId;
const ann = 'ann_________.1' as ClientId;
const undo = (number: number) => ({ number, command: { type: 'Undo' } as const });

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('[C1] what is to be kept is written so that a power cut leaves it', async () => {
  const durabilities: (string | undefined)[] = [];
  const transaction = IDBDatabase.prototype.transaction;
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...parameters) {
    if (parameters[1] === 'readwrite') durabilities.push(parameters[2]?.durability);
    return transaction.apply(this, parameters);
  });
  const store = indexedDbOutboxStore(`outbox-${++databases}`);
  await store.write(board, ann, { drop: 0, put: [undo(1)] });
  await store.write(board, ann, { drop: 1, put: [] });
  expect(durabilities).toEqual(['strict', 'relaxed']);
  vi.restoreAllMocks();
});

test('[C4] a database that the browser refuses rejects, and is tried again the next time', async () => {
  const store = indexedDbOutboxStore(`outbox-${++databases}`);
  const open = indexedDB.open.bind(indexedDB);
  vi.stubGlobal('indexedDB', {
    open: () => {
      throw new DOMException('A mutation operation was attempted in private browsing.', 'InvalidStateError');
    },
  });
  await expect(store.load(board)).rejects.toThrow('private browsing');
  vi.stubGlobal('indexedDB', { open });
  await store.write(board, ann, { drop: 0, put: [undo(1)] });
  expect((await store.load(board)).get(ann)).toEqual([undo(1)]);
});

test('[C4] a database that never opens counts as refused after a while', async () => {
  vi.useFakeTimers();
  vi.stubGlobal('indexedDB', { open: () => new IDBOpenDBRequest() });
  const refused = expect(indexedDbOutboxStore('never').load(board)).rejects.toThrow('did not answer');
  await vi.advanceTimersByTimeAsync(3000);
  await refused;
});

test('[C4] what a fault of the disk left there is passed over, and the rest is kept', async () => {
  const name = `outbox-${++databases}`;
  const store = indexedDbOutboxStore(name);
  await store.write(board, ann, { drop: 0, put: [undo(1), undo(2), undo(3)] });
  const db = await openDB(name);
  await db.put('commands', new Uint8Array([0xff, 1, 2]), [board, ann, 2]);
  await db.put('commands', 'not bytes', [board, 'not a client', 1]);
  db.close();
  expect((await store.load(board)).get(ann)).toEqual([undo(1), undo(3)]);
});

test('[C4] an outbox with a command that only a newer page knows counts as one that cannot be read', async () => {
  const name = `outbox-${++databases}`;
  const store = indexedDbOutboxStore(name);
  await store.write(board, ann, { drop: 0, put: [undo(1)] });
  const db = await openDB(name);
  // A command with a tag that is not used, and a stroke of a kind that is not.
  for (const command of [Uint8Array.of(0x93, 120, 2, 0), Uint8Array.of(0x98, 16, 2, 1, 120)]) {
    await db.put('commands', command, [board, ann, 2]);
    await expect(store.load(board)).rejects.toThrow(UnknownCode);
  }
  expect(await db.getAllKeys('commands')).toEqual([
    [board, ann, 1],
    [board, ann, 2],
  ]);
  db.close();
});

test('[C4] a newer page may change the database: the older one makes way, and is refused from then on', async () => {
  const name = `outbox-${++databases}`;
  const store = indexedDbOutboxStore(name);
  await store.write(board, ann, { drop: 0, put: [undo(1)] });
  const newer = await openDB(name, 2);
  newer.close();
  await expect(store.load(board)).rejects.toThrow();
});
