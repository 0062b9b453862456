import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { drawStrokes, makeBoard, startTestServer } from '../testing/test-server.ts';
import { boardA, plain, run } from './contract.ts';
import { LogUnavailable } from './event-log.ts';
import { FaultyLog } from './faulty-log.ts';
import { memoryLog } from './memory.ts';
import { openSqliteLog } from './sqlite.ts';
import type { SqliteLog } from './sqlite/sqlite-log.ts';

let folder: string;
let data: string;
let log: SqliteLog;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'retrace-moved-'));
  data = join(folder, 'data');
  log = await openSqliteLog({ dataFolder: data, synchronous: 'NORMAL' });
  await log.append(boardA, 0, run(0, 2));
});

afterEach(async () => {
  await log.close();
  rmSync(folder, { recursive: true });
});

// Windows moves and removes no file that is open.
const elsewhere = test.skipIf(process.platform === 'win32');

elsewhere('[P9] [L32] a data folder that is moved away takes nothing until it is back, and then goes on', async () => {
  renameSync(data, `${data}-elsewhere`);
  for (let tries = 0; tries < 3; tries++) {
    const refused = log.append(boardA, 2, run(2, 1));
    await expect(refused).rejects.toThrow(LogUnavailable);
    await expect(refused).rejects.toThrow(/retrace\.db is no longer there: put it back/);
  }
  renameSync(`${data}-elsewhere`, data);
  await log.append(boardA, 2, run(2, 1));
  expect(plain(await log.read(boardA, 0, 10_000))).toEqual(plain(run(0, 2, 1)));
});

elsewhere(
  '[P9] [L32] with only the write-ahead log removed nothing is taken either: it has what was written last',
  async () => {
    rmSync(join(data, 'retrace.db-wal'));
    await expect(log.append(boardA, 2, run(2, 1))).rejects.toThrow('retrace.db-wal is no longer there');
  },
);

elsewhere('[P9] [L32] another file in the place of the log is never written to', async () => {
  renameSync(data, `${data}-elsewhere`);
  mkdirSync(data);
  writeFileSync(join(data, 'retrace.db'), 'a backup');
  await expect(log.append(boardA, 2, run(2, 1))).rejects.toThrow('start the server again');
});

test('[S5] that nothing can be saved is said to who keeps the server, once, and when it can be again', async () => {
  const faulty = new FaultyLog(memoryLog());
  const server = await startTestServer({}, { log: faulty });
  const boards = [await makeBoard(server), await makeBoard(server)];
  faulty.failAppends = true;
  const drawing = boards.map((board) => drawStrokes(server, board, 2));
  await vi.waitFor(() => expect(server.errors).toHaveLength(1), { timeout: 30_000 });
  expect(server.errors[0]).toEqual([{ err: expect.any(LogUnavailable) }, expect.stringContaining('cannot be saved')]);
  faulty.failAppends = false;
  await Promise.all(drawing);
  expect(server.errors).toHaveLength(1);
  expect(server.warnings.at(-1)).toEqual(['What is drawn is saved again.']);
});
