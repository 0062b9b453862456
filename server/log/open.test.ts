import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CannotOpenLog } from './cannot-open-log.ts';
import { boardA, run } from './contract.ts';
import { openLog } from './open.ts';
import { connectToWrite } from './sqlite/connection.ts';

let folder: string;
const open = (address = 'sqlite:', dataFolder = folder) => openLog(address, { dataFolder, synchronous: 'FULL' });
const refusal = async (address?: string, dataFolder?: string) => {
  const error: unknown = await open(address, dataFolder)
    .then((log) => log.close())
    .catch((error: unknown) => error);
  expect(error).toBeInstanceOf(CannotOpenLog);
  return (error as CannotOpenLog).message;
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'retrace-open-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

test('opens the logs there are', async () => {
  for (const address of ['sqlite:', 'memory:']) {
    const log = await open(address);
    await log.append(boardA, 0, run(0, 1));
    expect(await log.head(boardA)).toBe(1);
    await log.close();
  }
});

test('an unknown log is refused with a list of what there is', async () => {
  for (const address of ['postgres://db', 'sqlite', '', 'toString:', '__proto__:']) {
    expect(await refusal(address)).toBe(`There is no log "${address}". There is: sqlite:, memory:.`);
  }
  expect(await refusal('sqlite:/elsewhere.db')).toContain('"sqlite:" takes nothing behind it, and got "/elsewhere.db"');
});

test('a missing data folder is made, with what is above it', async () => {
  const log = await open('sqlite:', join(folder, 'new', 'data'));
  await log.append(boardA, 0, run(0, 1));
  await log.close();
});

test('a data folder that cannot be is refused', async () => {
  await writeFile(join(folder, 'file'), '');
  expect(await refusal('sqlite:', join(folder, 'file'))).toMatch(/The data folder .*file cannot be written: .*EEXIST/);
  expect(await refusal('sqlite:', join(folder, 'file', 'below'))).toMatch(/cannot be written: .*ENOTDIR/);
});

test('a file that is no database is refused and left alone', async () => {
  await writeFile(join(folder, 'retrace.db'), 'my shopping list, of more than a few bytes'.repeat(50));
  expect(await refusal()).toMatch(/retrace\.db cannot be used: it is not a database, .* Restore it from a backup/);
});

test('a damaged database is refused', async () => {
  await (await open()).close();
  const file = join(folder, 'retrace.db');
  const database = new Database(file);
  const pageSize = database.pragma('page_size', { simple: true }) as number;
  const bytes = database.serialize();
  database.close();
  bytes.fill(0x5a, 100, pageSize);
  await writeFile(file, bytes);
  expect(await refusal()).toMatch(/retrace\.db cannot be used: it is damaged\. Restore it from a backup/);
});

test('a second server on the same folder is refused, and the first goes on', async () => {
  const first = await open();
  expect(await refusal()).toBe(`Another Retrace server is using the data folder ${folder}.`);
  await first.append(boardA, 0, run(0, 1));
  await first.close();
  await (await open()).close();
});

test.each([
  ['FULL', 2],
  ['NORMAL', 1],
] as const)('[L7] every connection that writes says synchronous=%s', (synchronous, value) => {
  const database = connectToWrite(join(folder, 'pragmas.db'), synchronous);
  const pragma = (name: string) => database.pragma(name, { simple: true });
  expect(pragma('synchronous')).toBe(value);
  expect(pragma('journal_mode')).toBe('wal');
  expect(pragma('foreign_keys')).toBe(1);
  expect(pragma('journal_size_limit')).toBe(64 * 1024 * 1024);
  database.close();
});
