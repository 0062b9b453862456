import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate, migrationsFolder, readMigrations } from './migrate.ts';

// Whatever reaches the database past the code: it defends the log itself.

let database: Database.Database;

beforeEach(() => {
  database = new Database(':memory:');
  migrate(database, readMigrations(migrationsFolder));
  database.exec(`INSERT INTO boards (key, id) VALUES (1, 'one'), (2, 'two')`);
  insert(1, 0, 3);
  insert(1, 3, 4);
});

afterEach(() => {
  database.close();
});

const insert = (board: number, after: unknown, last: unknown, at: unknown = 1, bytes: unknown = Buffer.from('x')) =>
  database.prepare('INSERT INTO commits VALUES (?, ?, ?, ?, zeroblob(32), ?)').run(board, after, last, at, bytes);
const rows = () => database.prepare('SELECT board, after, last FROM commits ORDER BY board, after').raw().all();
const untouched = [
  [1, 0, 3],
  [1, 3, 4],
];

test.each([
  ['a gap', 1, 5, 6],
  ['an overlap', 1, 3, 5],
  ['the beginning again', 1, 0, 3],
  ['a board that has not begun', 2, 3, 4],
])('[L23] a commit that does not follow the head is refused: %s', (_, board, after, last) => {
  expect(() => insert(board, after, last)).toThrow('a commit follows the last revision of its board');
  expect(rows()).toEqual(untouched);
});

test.each([
  ['no events', 1, 4, 4, 1, Buffer.from('x')],
  ['backwards', 1, 4, 2, 1, Buffer.from('x')],
  ['half a revision', 1, 4, 4.5, 1, Buffer.from('x')],
  ['words', 1, 4, 'five', 1, Buffer.from('x')],
  ['no time', 1, 4, 5, null, Buffer.from('x')],
  ['no bytes', 1, 4, 5, 1, null],
  ['text for bytes', 1, 4, 5, 1, 'x'],
  ['no such board', 3, 0, 1, 1, Buffer.from('x')],
])('[L23] a commit that is none is refused: %s', (_, board, after, last, at, bytes) => {
  expect(() => insert(board, after, last, at, bytes)).toThrow(/constraint|cannot store|not an error/i);
  expect(rows()).toEqual(untouched);
});

test.each([
  ['DELETE FROM commits WHERE last = 4', 'never deleted'],
  ['DELETE FROM commits', 'never deleted'],
  ["UPDATE commits SET bytes = x'00'", 'never changes'],
  ['UPDATE commits SET after = 4, last = 5 WHERE after = 3', 'never changes'],
  ['UPDATE OR IGNORE commits SET board = 2', 'never changes'],
  [
    "INSERT OR REPLACE INTO commits (rowid, board, after, last, at, hash, bytes) VALUES (1, 1, 4, 5, 1, zeroblob(32), x'00')",
    'never replaced',
  ],
  ["INSERT OR REPLACE INTO commits VALUES (1, 3, 4, 1, zeroblob(32), x'00')", 'follows the last revision'],
  ["UPDATE boards SET id = 'other' WHERE key = 1", 'keeps its key and its id'],
  ['DELETE FROM boards WHERE key = 2', 'never deleted'],
  ["INSERT OR REPLACE INTO boards (key, id) VALUES (1, 'other')", 'never replaced'],
  ["REPLACE INTO boards (id) VALUES ('one')", 'never replaced'],
  [
    "REPLACE INTO commits (rowid, board, after, last, at, hash, bytes) VALUES (2, 2, 0, 1, 1, zeroblob(32), x'00')",
    'never replaced',
  ],
  ['DELETE FROM store', 'keeps its name'],
  ["INSERT INTO store (one, epoch) VALUES (2, 'another-epoch')", 'CHECK constraint'],
])('[L23] history is not rewritten: %s', (sql, reason) => {
  expect(() => database.exec(sql)).toThrow(reason);
  expect(rows()).toEqual(untouched);
  expect(database.prepare('SELECT id FROM boards ORDER BY key').pluck().all()).toEqual(['one', 'two']);
});

const seal = (changed: Record<string, unknown> = {}) =>
  database
    .prepare(
      `INSERT INTO segments (board, after, last, first_at, last_at, commits, raw, content, chain, packed)
       VALUES (@board, @after, @last, @from, @to, @commits, @raw, zeroblob(32), @chain, x'00')`,
    )
    .run({ board: 1, after: 0, last: 3, from: 1, to: 1, commits: 1, raw: 1, chain: Buffer.alloc(32), ...changed });
const sealedRows = () => database.prepare('SELECT board, after, last FROM segments ORDER BY key').raw().all();

test.each([
  ['not from the beginning', { after: 3, last: 4 }],
  ['past the head', { last: 5 }],
  ['in the middle of a commit', { last: 2 }],
  ['of more commits', { commits: 2 }],
  ['of other bytes', { raw: 2 }],
  ['another chain', { chain: Buffer.alloc(32, 1) }],
  ['another time', { to: 2 }],
  ['another board', { board: 2 }],
])('[L30] a segment that is not of the commits that follow the last one is refused: %s', (_, changed) => {
  expect(() => seal(changed)).toThrow('a segment is of the commits that follow the segment before it');
  expect(sealedRows()).toEqual([]);
});

test('[L30] a commit goes only where a segment has it, from the beginning on, and never the head', () => {
  insert(1, 4, 6);
  insert(1, 6, 7);
  seal();
  seal({ after: 3, last: 6, commits: 2, raw: 2 });
  seal({ after: 6, last: 7 });
  for (const sql of ['after = 3', 'after >= 3', 'board = 2 OR after = 4', '1 = 1']) {
    expect(() => database.exec(`DELETE FROM commits WHERE ${sql}`)).toThrow('never deleted but where a segment has it');
  }
  database.exec('DELETE FROM commits WHERE after = 0');
  database.exec('DELETE FROM commits WHERE last <= 6');
  expect(rows()).toEqual([[1, 6, 7]]);
  insert(1, 7, 9);
  expect(() => insert(1, 0, 1)).toThrow('a commit follows the last revision of its board');
});

test.each([
  ['UPDATE segments SET last = 4', 'never changes'],
  ['DELETE FROM segments', 'never deleted'],
  [
    "REPLACE INTO segments SELECT key, board, after, last, first_at, last_at, commits, raw, content, chain, x'01' FROM segments",
    'follow the segment before it|never replaced',
  ],
])('[L30] segments are not rewritten: %s', (sql, reason) => {
  seal();
  expect(() => database.exec(sql)).toThrow(new RegExp(reason));
  expect(sealedRows()).toEqual([[1, 0, 3]]);
});
