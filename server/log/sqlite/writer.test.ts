import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BoardId, Revision } from '../../../shared/ids.ts';
import { boardA, boardB, run } from '../contract.ts';
import { migrate, migrationsFolder, readMigrations } from '../migrate.ts';
import type { Append } from './append-record.ts';
import { verifyBoard } from './verify.ts';
import { SqliteWriter } from './writer.ts';

let database: Database.Database;
let connections: number;
let writer: SqliteWriter;

beforeEach(() => {
  database = new Database(':memory:');
  migrate(database, readMigrations(migrationsFolder));
  connections = 0;
  writer = new SqliteWriter(() => {
    connections++;
    return database;
  });
});

afterEach(() => {
  database.close();
});

const append = (board: BoardId, expected: Revision, ...lengths: number[]): Append => ({
  board,
  expected,
  commits: run(expected, ...lengths),
});
const storedCount = () => database.prepare('SELECT count(*) FROM commits').pluck().get();

test('[L5] a batch is stored but for what does not follow its head; later appends of it see the earlier ones', () => {
  const batch = [
    append(boardA, 0, 1),
    append(boardB, 3, 1),
    append(boardA, 1, 2),
    append(boardA, 1, 1),
    append(boardB, 0),
  ];
  expect(writer.write(batch)).toEqual([null, 0, null, 3, null]);
  expect(storedCount()).toBe(2);
});

test('[L32] nothing is written while its files are not where they were, and what went away meanwhile is not confirmed', () => {
  const faults: (string | null)[] = [];
  const careful = new SqliteWriter(() => database, { fault: () => faults.shift() ?? null });
  faults.push('it is gone');
  expect(careful.write([append(boardA, 0, 1)])).toEqual({ reason: 'it is gone' });
  expect(storedCount()).toBe(0);
  faults.push(null, 'it went');
  expect(careful.write([append(boardA, 0, 1)])).toEqual({ reason: 'it went' });
  expect(careful.write([append(boardA, 0, 1)])).toEqual([1]);
});

test('[L19] on a full disk nothing of the batch is stored, and with room it works again on the same connection', () => {
  const pages = database.pragma('page_count', { simple: true }) as number;
  database.pragma(`max_page_count = ${pages + 20}`);
  const large = { board: boardB, expected: 0, commits: [{ after: 0, last: 1, at: 1, bytes: new Uint8Array(200_000) }] };
  expect(writer.write([append(boardA, 0, 1)])).toEqual([null]);
  expect(writer.write([append(boardA, 1, 1), large])).toMatchObject({ reason: expect.stringContaining('full') });
  expect(storedCount()).toBe(1);
  expect(writer.write([append(boardA, 1, 1)])).toEqual([null]);
  database.pragma('max_page_count = 1000000');
  expect(writer.write([large])).toEqual([null]);
  expect(connections).toBe(1);
});

/** A connection on which COMMIT fails as it does when the disk does not take an fsync. */
function failingToCommit(real: Database.Database): { database: Database.Database; closed: () => boolean } {
  let closed = false;
  const fail = () => {
    throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_FSYNC' });
  };
  const failing = new Proxy(real, {
    get: (target, name) => {
      if (name === 'prepare') return (sql: string) => (sql === 'COMMIT' ? { run: fail } : target.prepare(sql));
      if (name === 'close') return () => (closed = true);
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { database: failing, closed: () => closed };
}

test('[L20] [P10] after a failed fsync nothing is stored, and the connection is given up for a new one', () => {
  const failing = failingToCommit(database);
  const opened = [failing.database, database];
  const careful = new SqliteWriter(() => opened.shift()!);
  expect(careful.write([append(boardA, 0, 1)])).toEqual({ reason: 'disk I/O error (SQLITE_IOERR_FSYNC)' });
  expect([failing.closed(), storedCount(), database.inTransaction]).toEqual([true, 0, false]);
  expect(careful.write([append(boardA, 0, 1)])).toEqual([null]);
  expect(opened).toHaveLength(0);
});

test('[L20] a database that cannot be opened again is tried again with each batch', () => {
  const failing = failingToCommit(database);
  const opened: (Database.Database | null)[] = [failing.database, null, database];
  const careful = new SqliteWriter(() => {
    const next = opened.shift();
    if (!next) throw new Error('still no disk');
    return next;
  });
  careful.write([append(boardA, 0, 1)]);
  expect(careful.write([append(boardA, 0, 1)])).toEqual({ reason: 'still no disk (Error)' });
  expect(careful.write([append(boardA, 0, 1)])).toEqual([null]);
});

test('[L2] what another connection appended meanwhile counts, and what was taken back does not', () => {
  const folder = mkdtempSync(join(tmpdir(), 'retrace-writer-'));
  const connect = () => {
    const connection = new Database(join(folder, 'test.db'));
    connection.pragma('journal_mode = WAL');
    migrate(connection, readMigrations(migrationsFolder));
    return connection;
  };
  const [first, second] = [connect(), connect()];
  const ours = new SqliteWriter(() => first);
  const theirs = new SqliteWriter(() => second);
  expect(ours.write([append(boardA, 0, 1)])).toEqual([null]);
  expect(theirs.write([append(boardA, 1, 1)])).toEqual([null]);
  expect(ours.write([append(boardA, 1, 1)])).toEqual([2]);
  expect(ours.write([append(boardA, 2, 1)])).toEqual([null]);
  first.pragma(`max_page_count = ${first.pragma('page_count', { simple: true }) as number}`);
  const large = { after: 3, last: 4, at: 1, bytes: new Uint8Array(100_000) };
  expect(ours.write([append(boardB, 0, 1), { board: boardA, expected: 3, commits: [large] }])).toHaveProperty('reason');
  expect(ours.write([append(boardB, 1), append(boardA, 3), append(boardB, 0)])).toEqual([0, null, null]);
  expect(verifyBoard(first, boardA, undefined)).toMatchObject({ head: { revision: 3 }, misfit: null });
  ours.close();
  theirs.close();
  rmSync(folder, { recursive: true });
});
