import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { boardA, boardB, commit, run } from '../contract.ts';
import { migrate, migrationsFolder, readMigrations } from '../migrate.ts';
import { removeGuards } from '../testing/tamper.ts';
import { chainStart, commitHash } from './commit-hash.ts';
import { structuralFaults, verifyBoard } from './verify.ts';
import { SqliteWriter } from './writer.ts';

let database: Database.Database;

beforeEach(() => {
  database = new Database(':memory:');
  migrate(database, readMigrations(migrationsFolder));
  const writer = new SqliteWriter(() => database);
  writer.write([
    { board: boardA, expected: 0, commits: run(0, 1, 3) },
    { board: boardB, expected: 0, commits: run(0, 2) },
    { board: boardA, expected: 4, commits: run(4, 2, 1, 1) },
  ]);
});

afterEach(() => {
  database.close();
});

const misfit = (before?: { revision: number; hash: string }) => verifyBoard(database, boardA, before).misfit;

function tamper(...statements: string[]): void {
  removeGuards(database);
  for (const sql of statements) database.exec(sql);
}

test('[L24] a chain that nobody has touched fits to its head', () => {
  const verdict = verifyBoard(database, boardA, undefined);
  expect(verdict).toMatchObject({ head: { revision: 8 }, commits: 5, misfit: null });
  expect(structuralFaults(database)).toEqual([]);
  expect(verifyBoard(database, 'NoSuchBoardxxxxx', undefined)).toMatchObject({ commits: 0, misfit: null });
});

test('[L24] the hash is of everything that a commit says, and of its place', () => {
  const one = commit(3, 5);
  const hash = (previous = chainStart, board: string = boardA, changed = {}) =>
    commitHash(previous, board, { ...one, ...changed }).toString('hex');
  const flipped = one.bytes.with(4, one.bytes[4]! ^ 1);
  const all = [
    hash(),
    hash(chainStart.with(31, 1)),
    hash(chainStart, boardB),
    hash(chainStart, boardA, { after: 2 }),
    hash(chainStart, boardA, { last: 6 }),
    hash(chainStart, boardA, { at: one.at + 1 }),
    hash(chainStart, boardA, { bytes: flipped }),
    hash(chainStart, boardA, { bytes: one.bytes.subarray(1) }),
  ];
  expect(new Set(all).size).toBe(all.length);
  // Pinned: another hash would make every stored log look tampered with.
  expect(hash()).toBe('38487fe3e458843ae926aedf834a09958b74db1798b09f79fb9d0925f8697d00');
});

test.each([
  ['other bytes', 'UPDATE commits SET bytes = zeroblob(length(bytes)) WHERE board = 1 AND after = 4', 5, 'Changed'],
  ['another time', 'UPDATE commits SET at = at + 1 WHERE board = 1 AND after = 1', 2, 'Changed'],
  ['another hash', 'UPDATE commits SET hash = zeroblob(32) WHERE board = 1 AND after = 0', 1, 'Changed'],
  ['a removed commit', 'DELETE FROM commits WHERE board = 1 AND after = 4', 5, 'Missing'],
  ['a removed beginning', 'DELETE FROM commits WHERE board = 1 AND after = 0', 1, 'Missing'],
  ['a commit that begins too early', 'UPDATE commits SET after = 5 WHERE board = 1 AND after = 6', 7, 'Misplaced'],
  [
    'a removed commit with the next drawn up to it',
    'DELETE FROM commits WHERE board = 1 AND after = 4; UPDATE commits SET after = 4 WHERE board = 1 AND after = 6',
    5,
    'Changed',
  ],
  [
    'another board’s commit',
    'DELETE FROM commits WHERE board = 1 AND after > 0; UPDATE commits SET board = 1, after = 1 WHERE board = 2',
    2,
    'Changed',
  ],
])('[L24] verify names the first revision that does not fit: %s', (_, sql, revision, fault) => {
  tamper(sql);
  expect(misfit()).toMatchObject({ revision, fault });
  expect(verifyBoard(database, boardA, undefined).head.revision).toBe(revision - 1);
});

test('[L24] two commits that changed places do not fit', () => {
  tamper(
    'UPDATE commits SET after = 106, last = 107 WHERE board = 1 AND after = 6',
    'UPDATE commits SET after = 6, last = 7 WHERE board = 1 AND after = 7',
    'UPDATE commits SET after = 7, last = 8 WHERE board = 1 AND after = 106',
  );
  expect(misfit()).toMatchObject({ revision: 7, fault: 'Changed' });
});

test('[L24] guards that were taken away are missed', () => {
  tamper();
  expect(structuralFaults(database)).toContain('trigger commits_never_change is not as it was made');
});

test('[L25] a head that was noted elsewhere shows a cut-off end and a stream that was written anew', () => {
  const noted = verifyBoard(database, boardA, undefined).head;
  expect(misfit(noted)).toBeNull();
  tamper('DELETE FROM commits WHERE board = 1 AND after = 7');
  expect(misfit()).toBeNull();
  expect(misfit(noted)).toMatchObject({ revision: 8, fault: 'CutOff' });
  new SqliteWriter(() => database).write([{ board: boardA, expected: 7, commits: [commit(7, 8, 3)] }]);
  expect(misfit()).toBeNull();
  expect(misfit(noted)).toMatchObject({ revision: 8, fault: 'WrittenAnew' });
});

test('[L25] a noted head in the middle of a later commit is one that was written anew', () => {
  expect(misfit({ revision: 3, hash: '00'.repeat(32) })).toMatchObject({ revision: 3, fault: 'WrittenAnew' });
});
