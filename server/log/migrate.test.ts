import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CannotOpenLog } from './cannot-open-log.ts';
import { boardA, boardB, plain, run } from './contract.ts';
import { type Migration, migrate, migrationsFolder, readMigrations } from './migrate.ts';
import { chainStart, commitHash } from './sqlite/commit-hash.ts';
import { storedCommits } from './sqlite/stored-commits.ts';
import { verifyBoard } from './sqlite/verify.ts';

/** A released migration never changes: databases out there have run it. A new one is a new line here. */
const released: Record<string, string> = {
  '0001-log.sql': '98b2a101d82e9e8301316a6027a574261e367e92801390421cb40582378d0d6b',
  '0002-hash-chain.sql': '6996527c75fc3a55992792a15d418729249fcef6e9ff99186c0a3394cec07b0c',
  '0003-segments.sql': '70bb220e44c081302e6dbe194fd2600af357cd292ab19b8c4ccd882a3aba6010',
};

let folder: string;
let database: Database.Database;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'retrace-migrate-'));
  database = new Database(join(folder, 'test.db'));
});

afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

const real = readMigrations(migrationsFolder);
/** The name of a migration that would follow. */
const next = (name: string) => `${String(real.length + 1).padStart(4, '0')}-${name}.sql`;
const version = () => database.pragma('user_version', { simple: true });
const tables = () =>
  database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all();

test('[L22] released migrations are as they were released', () => {
  const hashes = real.map(({ file, sql }) => [file, createHash('sha256').update(sql).digest('hex')]);
  expect(Object.fromEntries(hashes)).toEqual(released);
});

test('[L22] a new database is brought to the newest schema, once', () => {
  migrate(database, real);
  expect(version()).toBe(real.length);
  expect(tables()).toEqual(['boards', 'commits', 'segments', 'store']);
  const epoch = () => database.prepare('SELECT epoch FROM store').pluck().get();
  const before = epoch();
  migrate(database, real);
  expect(epoch()).toBe(before);
});

test('[L22] [L24] commits of the first schema get their hashes, each board its chain', () => {
  migrate(database, real.slice(0, 1));
  const stream = run(0, 2, 1, 5);
  database.exec("INSERT INTO boards (key, id) VALUES (1, 'BoardAAAAAAAAAAA'), (2, 'BoardBBBBBBBBBBB')");
  const insert = database.prepare('INSERT INTO commits (board, after, last, at, bytes) VALUES (?, ?, ?, ?, ?)');
  for (const { after, last, at, bytes } of stream) for (const key of [2, 1]) insert.run(key, after, last, at, bytes);
  migrate(database, real);
  for (const board of [boardA, boardB]) {
    const stored = [...storedCommits(database, board)];
    expect(plain(stored)).toEqual(plain(stream));
    let hash = chainStart;
    for (const commit of stored) expect(commit.hash).toEqual((hash = commitHash(hash, board, commit)));
  }
  expect(database.prepare("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'").pluck().get()).toBe(12);
});

test('[L22] a migration that fails leaves the database as it was, and says which it was', () => {
  migrate(database, real);
  const broken: Migration = { file: next('broken'), sql: 'CREATE TABLE more (a); INSERT INTO nowhere VALUES (1);' };
  expect(() => migrate(database, [...real, broken])).toThrow(/-broken\.sql .* taken back: .*nowhere/);
  expect([version(), tables()]).toEqual([real.length, ['boards', 'commits', 'segments', 'store']]);
  migrate(database, [...real, { file: next('mended'), sql: 'CREATE TABLE more (a);' }]);
  expect([version(), tables()]).toEqual([real.length + 1, ['boards', 'commits', 'more', 'segments', 'store']]);
});

/** More of them for a longer trial: RETRACE_FUZZ_MIGRATIONS=100. */
const kills = Number(process.env['RETRACE_FUZZ_MIGRATIONS'] ?? 4);

/** Lets a process of its own migrate the database, and kills it so many ms after it has begun; whether it had finished. */
async function killedMigration(file: string, after: number): Promise<boolean> {
  const script = fileURLToPath(new URL('./testing/migrate-slowly.ts', import.meta.url));
  const args = ['--import', './server/launch/typescript.mjs', script, file, migrationsFolder];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const closed = once(child, 'close');
  await Promise.race([once(child.stdout, 'data'), closed]);
  await wait(after);
  child.kill('SIGKILL');
  await closed;
  return said.includes('done');
}

test(
  `[L22] [L24] migrations that are killed at ${kills} moments leave one schema or the next, and are finished later`,
  async ({ annotate }) => {
    migrate(database, real.slice(0, 1));
    database.exec("INSERT INTO boards (key, id) VALUES (1, 'BoardAAAAAAAAAAA')");
    const insert = database.prepare('INSERT INTO commits (board, after, last, at, bytes) VALUES (1, ?, ?, ?, ?)');
    const stream = run(0, ...Array.from({ length: 20_000 }, (_, i) => 1 + (i % 3)));
    database.transaction(() => {
      for (const { after, last, at, bytes } of stream) insert.run(after, last, at, bytes);
    })();
    const old = database.serialize();
    const began = performance.now();
    migrate(database, real);
    const takes = performance.now() - began;
    const file = join(folder, 'killed.db');
    const found = new Map<unknown, number>();
    for (let kill = 0; kill < kills; kill++) {
      for (const name of [file, `${file}-wal`, `${file}-journal`, `${file}-shm`]) rmSync(name, { force: true });
      writeFileSync(file, old);
      // From its beginning to a little after its end.
      const finished = await killedMigration(file, ((kill + 0.5) / kills) * takes * 1.2);
      const copy = new Database(file);
      expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
      const reached = copy.pragma('user_version', { simple: true });
      found.set(reached, (found.get(reached) ?? 0) + 1);
      if (finished) expect(reached).toBe(real.length);
      // Exactly the schema of its number.
      const fresh = new Database(':memory:');
      migrate(fresh, real.slice(0, Number(reached)));
      const schema = (of: Database.Database) =>
        of.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all();
      expect(schema(copy)).toEqual(schema(fresh));
      fresh.close();
      migrate(copy, real);
      expect(plain([...storedCommits(copy, boardA)])).toEqual(plain(stream));
      expect(verifyBoard(copy, boardA, undefined).misfit).toBeNull();
      copy.close();
    }
    await annotate([...found].map(([reached, count]) => `schema ${String(reached)}: ${count}`).join(', '));
  },
  120_000 + kills * 5000,
);

test('[L22] a database of a newer Retrace is refused, untouched', () => {
  migrate(database, [...real, { file: next('more'), sql: 'CREATE TABLE more (a);' }]);
  expect(() => migrate(database, real)).toThrow(
    `newer Retrace (schema ${real.length + 1}; this one knows ${real.length})`,
  );
  expect(version()).toBe(real.length + 1);
});

test("[L22] another program's database is refused, untouched", () => {
  database.exec('CREATE TABLE theirs (a)');
  expect(() => migrate(database, real)).toThrow(CannotOpenLog);
  database.exec('DROP TABLE theirs; PRAGMA application_id = 77');
  expect(() => migrate(database, real)).toThrow(/another program/);
  expect(tables()).toEqual([]);
});

test('[L22] migrations are numbered from 1 without a gap', () => {
  writeFileSync(join(folder, '0001-a.sql'), '');
  writeFileSync(join(folder, '0003-c.sql'), '');
  expect(() => readMigrations(folder)).toThrow(/0002-….sql, not 0003-c\.sql/);
});
