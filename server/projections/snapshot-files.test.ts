import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { seededRandom, wholeBetween } from '../../shared/testing/random.ts';
import { snapshotFiles } from './snapshot-files.ts';
import { SNAPSHOT_VERSION } from './snapshot-format.ts';
import type { SnapshotStore } from './snapshot-store.ts';
import { boardA, boardB, plain, snapshotAt, testSnapshotStore } from './snapshot-store-contract.ts';

let folder: string;
let store: SnapshotStore;
const fileOfA = (): string => join(folder, 'Bo', `${boardA}.snapshot`);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'retrace-snapshots-'));
  store = snapshotFiles(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

testSnapshotStore('a folder of files', async () => ({
  store: snapshotFiles(join(folder, 'not', 'yet', 'there')),
  reopen: () => snapshotFiles(join(folder, 'not', 'yet', 'there')),
  end: async () => {},
}));

test('[J2] nothing but whole snapshots is left in the folder', async () => {
  await Promise.all([1, 2, 3].map((revision) => store.save(boardA, snapshotAt(revision, 10_000))));
  expect(await readdir(join(folder, 'Bo'))).toEqual([`${boardA}.snapshot`]);
});

test('[J3] a file that is cut off anywhere is none', async () => {
  await store.save(boardA, snapshotAt(5, 400, 300));
  const whole = await readFile(fileOfA());
  for (let length = 0; length < whole.length; length += 1 + (length % 7)) {
    await writeFile(fileOfA(), whole.subarray(0, length));
    expect(await store.load(boardA)).toBeNull();
  }
  await writeFile(fileOfA(), Buffer.concat([whole, Buffer.from('x')]));
  expect(await store.load(boardA)).toBeNull();
  await writeFile(fileOfA(), whole);
  expect(plain(await store.load(boardA))).toEqual(plain(snapshotAt(5, 400, 300)));
});

test('[J3] a file with one bit flipped anywhere is none: 200 seeds', async () => {
  await store.save(boardA, snapshotAt(5, 4000, 300));
  const whole = await readFile(fileOfA());
  for (let seed = 1; seed <= 200; seed++) {
    const random = seededRandom(seed);
    // Half of them in what stands before the frames.
    const at = wholeBetween(random, 0, seed % 2 === 0 ? whole.length - 1 : 220);
    const spoilt = Buffer.from(whole);
    spoilt[at] = (spoilt[at] as number) ^ (1 << wholeBetween(random, 0, 7));
    await writeFile(fileOfA(), spoilt);
    expect(await store.load(boardA), `seed ${seed}, byte ${at}`).toBeNull();
  }
});

test('[J3] a file of another version, or another board, is none', async () => {
  await store.save(boardA, snapshotAt(5, 40));
  const whole = (await readFile(fileOfA())).toString('latin1');
  for (const version of [SNAPSHOT_VERSION + 1, SNAPSHOT_VERSION - 1]) {
    await writeFile(fileOfA(), whole.replace(/snapshot \d+/, `snapshot ${version}`), 'latin1');
    expect(await store.load(boardA)).toBeNull();
  }
  await writeFile(fileOfA(), whole.replaceAll(boardA, boardB), 'latin1');
  expect(await store.load(boardA)).toBeNull();
  await writeFile(join(folder, 'Bo', `${boardB}.snapshot`), whole, 'latin1');
  expect(await store.load(boardB)).toBeNull();
});

test('[J4] where nothing can be written or read, that is an error, and what was there stays', async () => {
  await store.save(boardA, snapshotAt(5, 40));
  const nowhere = snapshotFiles(join(fileOfA(), 'below-a-file'));
  await expect(nowhere.save(boardA, snapshotAt(6, 40))).rejects.toThrow(/ENOTDIR|EEXIST/);
  await expect(nowhere.load(boardA)).rejects.toThrow('ENOTDIR');
  expect((await store.load(boardA))?.revision).toBe(5);
});

test('an id that is none never becomes a path', () => {
  expect(() => store.save('../../../etc/x' as typeof boardA, snapshotAt(1))).toThrow(RangeError);
});
