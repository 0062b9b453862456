import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { brotliDecompressSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { generateSession } from '../../../../shared/testing/session-generator.ts';
import { packCommit } from '../../../../shared/wire/codec.ts';
import { unpackSegment } from '../../../../shared/wire/segment-codec.ts';
import { boardA, boardB, plain, run } from '../../contract.ts';
import { LogUnavailable, type PackedCommit } from '../../event-log.ts';
import { recoverLog } from '../../recover-log.ts';
import { openSqliteLog } from '../../sqlite.ts';
import { tamper } from '../../testing/tamper.ts';
import { verifyFile } from '../../verify-log.ts';
import { connectToWrite } from '../connection.ts';
import type { SqliteLog } from '../sqlite-log.ts';
import { Sealer } from './sealer.ts';

const all = Number.MAX_SAFE_INTEGER;
const options = { tail: 100, events: 200, bytes: 20_000 };
const session: PackedCommit[] = generateSession({ seed: 4, authors: 4, events: 1500 }).map((commit) => ({
  after: commit.after,
  last: commit.after + commit.events.length,
  at: commit.at,
  bytes: packCommit(commit),
}));
const head = session.at(-1)!.last;

let folder: string;
let file: string;
let log: SqliteLog;
let database: Database;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'retrace-sealer-'));
  file = join(folder, 'retrace.db');
  log = await openSqliteLog({ dataFolder: folder, synchronous: 'NORMAL' });
  await log.append(boardA, 0, session);
  await log.append(boardB, 0, run(0, 1, 50));
  database = connectToWrite(file, 'NORMAL');
});

afterEach(async () => {
  database.close();
  await log.close();
  rmSync(folder, { recursive: true });
});

const sealAll = (sealer = new Sealer(database, options)): void => {
  for (const _ of sealer.seal());
};
const live = () => database.prepare('SELECT count(*) FROM commits JOIN boards ON board = key WHERE id = ?').pluck();

test('[L31] what is old is sealed, the tail stays live, and every read gives what it gave before', async () => {
  sealAll();
  const segments = await log.segments.list(boardA);
  expect(segments.length).toBeGreaterThan(3);
  expect(segments.at(-1)!.last).toBeLessThanOrEqual(head - options.tail);
  expect(head - segments.at(-1)!.last).toBeLessThan(options.tail + options.events + 100);
  expect(live().get(boardA)).toBe(session.filter(({ after }) => after >= segments.at(-1)!.last).length);
  expect(await log.segments.list(boardB)).toEqual([]);
  expect(plain(await log.read(boardA, 0, all))).toEqual(plain(session));
  for (let after = 0; after < head; after += 37) {
    const expected = session.filter(({ last }) => last > after);
    expect(plain(await log.read(boardA, after, all))).toEqual(plain(expected));
    const [first] = await log.read(boardA, after, 1);
    expect(first).toMatchObject({ after: expected[0]!.after, last: expected[0]!.last });
  }
  expect(await log.head(boardA)).toBe(head);
  await log.append(boardA, head, run(head, 2));
  expect(await log.head(boardA)).toBe(head + 2);
});

test('[L31] a segment says what it is, and its content is its commits', async () => {
  sealAll();
  const commits: PackedCommit[] = [];
  for (const segment of await log.segments.list(boardA)) {
    const packed = await log.segments.packed(boardA, segment.hash);
    expect(packed?.length).toBe(segment.packed);
    const content = unpackSegment(brotliDecompressSync(packed!));
    expect([content[0]!.after, content.at(-1)!.last]).toEqual([segment.after, segment.last]);
    expect([content[0]!.at, content.at(-1)!.at, content.length]).toEqual([segment.from, segment.to, segment.commits]);
    expect(content.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBe(segment.raw);
    commits.push(...content);
  }
  expect(plain(commits)).toEqual(plain(session.slice(0, commits.length)));
  expect(await log.segments.packed(boardB, (await log.segments.list(boardA))[0]!.hash)).toBeNull();
  expect(await log.segments.packed(boardA, 'no-such-segment')).toBeNull();
});

test('[L31] sealing may end after any of its steps, and begins again from there', async () => {
  for (let steps = 1, ended = false; !ended; steps++) {
    const sealing = new Sealer(database, options).seal();
    for (let step = 0; step < steps && !ended; step++) ended = sealing.next().done === true;
    expect(plain(await log.read(boardA, 0, all))).toEqual(plain(session));
    expect(verifyFile(file).boards.map(({ misfit }) => misfit)).toEqual([null, null]);
  }
});

test('[L24] [L31] verifying follows the chain through the segments, and recovering takes them along', async () => {
  sealAll();
  const verdict = verifyFile(file);
  expect(verdict.boards[0]).toMatchObject({ head: { revision: head }, commits: session.length, misfit: null });
  const saved = join(folder, 'saved.db');
  await log.close();
  database.pragma('wal_checkpoint(TRUNCATE)');
  expect(recoverLog(file, saved).boards[0]).toMatchObject({ revision: head, beyond: { commits: 0 } });
  expect(verifyFile(saved).boards).toEqual(verdict.boards);
});

test('[L31] a damaged segment is found by who reads or verifies it, and never served', async () => {
  sealAll();
  const [first, second] = await log.segments.list(boardA);
  const { packed } = database.prepare('SELECT packed FROM segments WHERE after = ?').get(second!.after) as {
    packed: Buffer;
  };
  packed[packed.length >> 1]! ^= 4;
  tamper(folder, `UPDATE segments SET packed = x'${packed.toString('hex')}' WHERE after = ${second!.after}`);
  await expect(log.read(boardA, first!.last, all)).rejects.toThrow(LogUnavailable);
  expect(plain(await log.read(boardA, 0, 1))).toEqual(plain(session.slice(0, 1)));
  expect(verifyFile(file).boards[0]).toMatchObject({
    head: { revision: first!.last },
    misfit: { revision: second!.after + 1, fault: 'Changed' },
  });
});

test('[L27] [L31] a commit that has changed on the disk is not sealed: what comes before it is, and nobody gets it', async () => {
  const flipped = session.find(({ last }) => last > 500)!;
  const bytes = Buffer.from(flipped.bytes);
  bytes[bytes.length >> 1]! ^= 4;
  tamper(folder, `UPDATE commits SET bytes = x'${bytes.toString('hex')}' WHERE board = 1 AND after = ${flipped.after}`);
  await log.append(
    boardB,
    51,
    Array.from({ length: 10 }, (_, i) => run(51 + i * 50, 50)[0]!),
  );
  expect(() => sealAll()).toThrow(`board ${boardA} is damaged at revision ${flipped.after + 1}.`);
  const segments = await log.segments.list(boardA);
  expect(segments.length).toBeGreaterThan(1);
  expect(segments.at(-1)!.last).toBeLessThanOrEqual(flipped.after);
  await expect(log.read(boardA, 0, all)).rejects.toThrow(`damaged at revision ${flipped.after + 1}`);
  // Others are none the worse for it, and it costs no commit that could be saved.
  expect((await log.segments.list(boardB)).length).toBeGreaterThan(0);
  const saved = join(folder, 'saved.db');
  await log.close();
  expect(recoverLog(file, saved).boards[0]).toMatchObject({ revision: flipped.after });
});

test('[L31] the log seals by itself, while others append and read', async () => {
  await log.close();
  const failures: string[] = [];
  const sealing = { every: 30, sealer: options, failed: (reason: string) => failures.push(reason) };
  log = await openSqliteLog({ dataFolder: folder, synchronous: 'NORMAL', sealing });
  const appended = [...session];
  for (let round = 0; round < 400; round++) {
    const after = appended.at(-1)!.last;
    const next = run(after, 3, 4);
    await log.append(boardA, after, next);
    appended.push(...next);
    const from = (round * 997) % after;
    const expected = appended.filter(({ last }) => last > from);
    expect(plain(await log.read(boardA, from, 5000))).toEqual(
      plain(expected.slice(0, (await log.read(boardA, from, 5000)).length)),
    );
    if (round % 20 === 0) await wait(20);
    if (round > 200 && (await log.segments.list(boardA)).at(-1)!.last > head) break;
  }
  expect((await log.segments.list(boardA)).length).toBeGreaterThan(3);
  expect(plain(await log.read(boardA, 0, all))).toEqual(plain(appended));
  expect(failures).toEqual([]);
});
