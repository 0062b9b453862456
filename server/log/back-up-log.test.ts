import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BoardId, Revision } from '../../shared/ids.ts';
import { backUpLog } from './back-up-log.ts';
import { CannotOpenLog } from './cannot-open-log.ts';
import { boardA, commit, plain, run } from './contract.ts';
import { openSqliteLog } from './sqlite.ts';
import type { SqliteLog } from './sqlite/sqlite-log.ts';
import { tamper } from './testing/tamper.ts';
import { verifyLog } from './verify-log.ts';

const command = promisify(execFile);
const program = fileURLToPath(new URL('../cli/retrace.mjs', import.meta.url));
/** How long there is load around the backups, in ms. */
const loadTime = Number(process.env['RETRACE_BACKUP_MS'] ?? 3000);

let folder: string;
let copy: string;
let log: SqliteLog;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'retrace-backup-'));
  copy = join(folder, 'copy.db');
  log = await openSqliteLog({ dataFolder: join(folder, 'data'), synchronous: 'FULL' });
});

afterEach(async () => {
  await log.close();
  await rm(folder, { recursive: true });
});

/** Opens a backup the way that the help says. */
async function restore(file: string): Promise<SqliteLog> {
  const data = join(folder, `restored-${Math.random()}`);
  await mkdir(data);
  await copyFile(file, join(data, 'retrace.db'));
  return openSqliteLog({ dataFolder: data, synchronous: 'FULL' });
}

/** The head of a restored board, all of which is as it is in the log. */
async function isPrefix(restored: SqliteLog, board: BoardId): Promise<Revision> {
  const all = Number.MAX_SAFE_INTEGER;
  const copied = await restored.read(board, 0, all);
  expect(plain(copied)).toEqual(plain((await log.read(board, 0, all)).slice(0, copied.length)));
  return restored.head(board);
}

test(
  '[L26] backups under 5 000 events a second are valid prefixes of what was written, with epochs of their own',
  async ({ annotate }) => {
    const boards = Array.from({ length: 10 }, (_, n) => `Board${String(n).padStart(11, '0')}` as BoardId);
    const heads = new Map<BoardId, Revision>(boards.map((board) => [board, 0]));
    let slowest = 0;
    const load = { ends: false };
    // 25 events for each board every 50 ms.
    const loads = boards.map(async (board) => {
      while (!load.ends) {
        const head = heads.get(board)!;
        const asked = performance.now();
        await log.append(board, head, run(head, 5, 5, 5, 5, 5));
        slowest = Math.max(slowest, performance.now() - asked);
        heads.set(board, head + 25);
        await wait(50);
      }
    });
    await wait(500);
    const calm = slowest;
    slowest = 0;
    const copies: { file: string; before: Map<BoardId, Revision> }[] = [];
    for (const end = performance.now() + loadTime; performance.now() < end;) {
      const file = `${copy}${copies.length}`;
      copies.push({ file, before: new Map(heads) });
      // By a process of its own, as people do it.
      const { stdout } = await command(process.execPath, [program, 'backup', file, '--data', join(folder, 'data')]);
      expect(stdout).toContain('everything fits');
    }
    await annotate(
      `slowest append without a backup ${calm.toFixed(1)} ms, during ${copies.length} of them ${slowest.toFixed(1)} ms`,
    );
    load.ends = true;
    await Promise.all(loads);
    const epochs = new Set([log.epoch]);
    for (const { file, before } of copies) {
      const restored = await restore(file);
      for (const board of boards) expect(await isPrefix(restored, board)).toBeGreaterThanOrEqual(before.get(board)!);
      epochs.add(restored.epoch);
      await restored.close();
    }
    expect(epochs.size).toBe(1 + copies.length);
    expect(await readdir(folder)).not.toContainEqual(expect.stringMatching(/-(wal|shm)$|unfinished/));
  },
  120_000 + loadTime * 2,
);

test('[L26] a backup replaces nothing, and leaves nothing of itself where it cannot be made', async () => {
  await log.append(boardA, 0, [commit(0, 1)]);
  const data = join(folder, 'data');
  await writeFile(copy, 'precious');
  await expect(backUpLog(data, copy)).rejects.toThrow(/is there already, and is left as it is/);
  await expect(backUpLog(data, join(folder, 'no', 'copy.db'))).rejects.toThrow(CannotOpenLog);
  await expect(backUpLog(join(folder, 'no'), join(folder, 'other.db'))).rejects.toThrow(/There is no .*retrace\.db/);
  expect((await readdir(folder)).sort()).toEqual(['copy.db', 'data']);
});

test('[L26] a backup of a log that does not verify is made all the same, and says so', async () => {
  await log.append(boardA, 0, run(0, 1, 1));
  tamper(join(folder, 'data'), 'UPDATE commits SET at = 1 WHERE after = 1');
  const verdict = await backUpLog(join(folder, 'data'), copy);
  expect(verdict.boards[0]?.misfit).toMatchObject({ revision: 2, fault: 'Changed' });
  expect(verifyLog({ dataFolder: join(folder, 'data'), boards: [], heads: {} }).boards).toEqual(verdict.boards);
});

test('[L26] of two backups to one file at a time one is made, with an epoch of its own, and the other is refused', async () => {
  await log.append(boardA, 0, run(0, ...Array.from({ length: 500 }, () => 1)));
  const data = join(folder, 'data');
  const made = await Promise.allSettled([backUpLog(data, copy), backUpLog(data, copy)]);
  expect(made.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const refusal = made.find((one) => one.status === 'rejected')?.reason as Error;
  expect(refusal).toBeInstanceOf(CannotOpenLog);
  expect(refusal.message).toContain('Another backup to');
  const restored = await restore(copy);
  expect(restored.epoch).not.toBe(log.epoch);
  expect(await isPrefix(restored, boardA)).toBe(500);
  await restored.close();
  expect((await readdir(folder)).filter((name) => name.includes('unfinished'))).toEqual([]);
});
