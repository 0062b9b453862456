import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { BoardId, Revision } from '../../shared/ids.ts';
import { seededRandom, wholeBetween } from '../../shared/testing/random.ts';
import type { EventLog } from './event-log.ts';
import { openSqliteLog } from './sqlite.ts';
import { readWal } from './sqlite/salvage/wal.ts';
import { Appender } from './testing/appender.ts';
import { verifyLog } from './verify-log.ts';

/** More of them for a longer trial: RETRACE_FUZZ_COPIES=100. */
const copies = Number(process.env['RETRACE_FUZZ_COPIES'] ?? 4);
const PAGE_BYTES = 1024 * 1024;

/** Of each board: where it ends, and a hash of all that it has up to there. */
async function streamsOf(
  log: EventLog,
  boards: Iterable<BoardId>,
  each: (board: BoardId, last: Revision, hash: string) => void,
): Promise<void> {
  for (const board of boards) {
    const hash = createHash('sha256');
    for (let after = 0; ;) {
      const commits = await log.read(board, after, PAGE_BYTES);
      if (commits.length === 0) break;
      for (const commit of commits) {
        hash.update(`${commit.after} ${commit.last} ${commit.at} `).update(commit.bytes);
        each(board, commit.last, hash.copy().digest('hex'));
      }
      after = commits.at(-1)!.last;
    }
  }
}

/** Where each board ends in a copy, and the hash of what it has; the copy verifies. */
async function endsIn(
  folder: string,
  boards: Iterable<BoardId>,
): Promise<Map<BoardId, { last: Revision; hash: string }>> {
  const ends = new Map<BoardId, { last: Revision; hash: string }>();
  const log = await openSqliteLog({ dataFolder: folder, synchronous: 'NORMAL' });
  await streamsOf(log, boards, (board, last, hash) => ends.set(board, { last, hash }));
  await log.close();
  const verdict = verifyLog({ dataFolder: folder, boards: [], heads: {} });
  expect(verdict.structure).toEqual([]);
  expect(verdict.boards.filter(({ misfit }) => misfit !== null)).toEqual([]);
  return ends;
}

function copyTo(from: string, to: string): string {
  mkdirSync(to);
  for (const file of ['retrace.db', 'retrace.db-wal']) copyFileSync(join(from, file), join(to, file));
  return to;
}

/** As a power cut may leave it that reaches the file in the middle of its writing. */
function cutWal(folder: string, random: () => number): void {
  const file = join(folder, 'retrace.db-wal');
  const wal = readFileSync(file);
  const used = Math.max(32, ...(readWal(wal)?.pages.values() ?? []));
  const at = wholeBetween(random, 0, used);
  if (random() < 0.5) truncateSync(file, at);
  else writeFileSync(file, Buffer.concat([wal.subarray(0, at), Buffer.alloc(wal.length - at)]));
}

test.skipIf(process.platform === 'win32')(
  `[L7] [L24] [L31] ${copies} copies of a database that is written to and sealed, taken at any moment: each is what was written up to some commit`,
  { timeout: 120_000 + copies * 5000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'retrace-copies-'));
    const data = join(folder, 'data');
    const random = seededRandom(5);
    const appending = new Appender({ dataFolder: data, seed: 7 });
    const ends: { board: BoardId; last: Revision; hash: string }[] = [];
    try {
      while (appending.acknowledged.size < 8) await pause(20);
      for (let i = 0; i < copies; i++) {
        await pause(wholeBetween(random, 5, 120));
        appending.child.kill('SIGSTOP');
        // What it had said is heard before the copy is taken.
        await pause(30);
        const acknowledged = new Map(appending.acknowledged);
        const whole = copyTo(data, join(folder, `whole${i}`));
        const cut = copyTo(data, join(folder, `cut${i}`));
        appending.child.kill('SIGCONT');
        cutWal(cut, random);
        const found = await endsIn(whole, acknowledged.keys());
        for (const [board, last] of acknowledged) expect(found.get(board)?.last).toBeGreaterThanOrEqual(last);
        for (const at of [found, await endsIn(cut, acknowledged.keys())]) {
          for (const [board, end] of at) ends.push({ board, ...end });
        }
        await Promise.all([whole, cut].map((copy) => rm(copy, { recursive: true })));
      }
    } finally {
      await appending.kill();
    }
    const written = new Map<string, string>();
    const log = await openSqliteLog({ dataFolder: data, synchronous: 'NORMAL' });
    await streamsOf(log, appending.acknowledged.keys(), (board, last, hash) => written.set(`${board} ${last}`, hash));
    await log.close();
    for (const { board, last, hash } of ends) expect(written.get(`${board} ${last}`)).toBe(hash);
    await rm(folder, { recursive: true });
  },
);
