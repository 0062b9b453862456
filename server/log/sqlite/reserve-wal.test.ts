import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { connectToWrite } from './connection.ts';
import { reserveWal } from './reserve-wal.ts';
import { readWal } from './salvage/wal.ts';

const folder = mkdtempSync(join(tmpdir(), 'retrace-wal-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('[L7] the WAL has its size before the first commit, which writes over what is there', () => {
  const file = join(folder, 'log.db');
  const database = connectToWrite(file, 'FULL');
  database.exec('CREATE TABLE kept (number)');
  const before = database.pragma('cache_size', { simple: true });
  reserveWal(database);
  const reserved = statSync(`${file}-wal`).size;
  expect(reserved).toBeGreaterThan(4_000_000);
  expect(database.prepare('SELECT name FROM sqlite_schema').pluck().all()).toEqual(['kept']);
  expect(database.pragma('cache_size', { simple: true })).toBe(before);
  database.exec('INSERT INTO kept VALUES (7)');
  expect(statSync(`${file}-wal`).size).toBe(reserved);
  // Nothing of what was taken back counts, also for who reads the file without SQLite.
  expect(readWal(readFileSync(`${file}-wal`))?.pages.size).toBeLessThan(4);
  const other = connectToWrite(file, 'FULL');
  expect(other.prepare('SELECT number FROM kept').pluck().all()).toEqual([7]);
  expect(other.pragma('integrity_check', { simple: true })).toBe('ok');
  other.close();
  database.close();
});
