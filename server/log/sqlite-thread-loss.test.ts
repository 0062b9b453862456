import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startThread } from '../thread.ts';
import { boardA, boardB, commit, plain, run } from './contract.ts';
import { LogUnavailable } from './event-log.ts';
import { openSqliteLog } from './sqlite.ts';
import { connectToRead } from './sqlite/connection.ts';
import { SqliteReader } from './sqlite/reader.ts';
import { RestartingWriter } from './sqlite/restarting-writer.ts';
import { SqliteLog } from './sqlite/sqlite-log.ts';
import { WriterThread } from './sqlite/writer-thread.ts';

let folder: string;
let log: SqliteLog;
const threads: Worker[] = [];
/** What starts instead of the writer, for the threads to come. */
let entry: URL | null;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'retrace-loss-'));
  const options = { dataFolder: folder, synchronous: 'FULL' } as const;
  await (await openSqliteLog(options)).close();
  const file = join(folder, 'retrace.db');
  entry = null;
  threads.length = 0;
  const start = () =>
    WriterThread.start({ file, synchronous: 'FULL' }, (url, data) => {
      const thread = startThread(entry ?? url, data);
      threads.push(thread);
      return thread;
    });
  const reader = new SqliteReader(connectToRead(file));
  log = new SqliteLog(new RestartingWriter(await start(), start, reader), reader, () => {});
});

afterEach(async () => {
  await log.close();
  await rm(folder, { recursive: true });
});

const endThread = () => threads.at(-1)!.terminate();

test('[L18] a writer that has ended is started again by the next append', async () => {
  await log.append(boardA, 0, run(0, 1));
  await endThread();
  await log.append(boardA, 1, run(1, 1));
  expect(plain(await log.read(boardA, 0, 1_000))).toEqual(plain(run(0, 1, 1)));
  expect(threads).toHaveLength(2);
});

test('[L18] an append whose writer ends under it is in the log exactly if it resolved', async () => {
  for (let round = 0; round < 8; round++) {
    const heads = { [boardA]: await log.head(boardA), [boardB]: await log.head(boardB) };
    const appends = [boardA, boardB].map((board) =>
      log.append(board, heads[board]!, [commit(heads[board]!, heads[board]! + 1, 9_000)]),
    );
    const ending = new Promise((resolve) => setTimeout(resolve, round % 4)).then(endThread);
    const results = await Promise.allSettled(appends);
    await ending;
    for (const [index, board] of [boardA, boardB].entries()) {
      const result = results[index]!;
      expect(await log.head(board)).toBe(heads[board]! + (result.status === 'fulfilled' ? 1 : 0));
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(LogUnavailable);
    }
  }
});

test('[L18] a writer that cannot start is not started for ever', async () => {
  entry = new URL('./testing/no-such-file.ts', import.meta.url);
  await endThread();
  for (let append = 0; append < 8; append++) {
    await expect(log.append(boardA, 0, run(0, 1))).rejects.toThrow(LogUnavailable);
  }
  expect(threads).toHaveLength(1 + 5);
  expect(await log.head(boardA)).toBe(0);
});
