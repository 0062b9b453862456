import { expect, test } from 'vitest';
import { boardA, commit, run, testEventLog } from './contract.ts';
import { LogUnavailable } from './event-log.ts';
import { FaultyLog } from './faulty-log.ts';
import { memoryLog } from './memory.ts';

testEventLog('memory', async () => {
  const log = new FaultyLog(memoryLog());
  return { log, breakReading: () => (log.failReads = true), end: () => log.close() };
});

test('a held log appends when it is let go, in order', async () => {
  const log = new FaultyLog(memoryLog());
  const release = log.hold();
  const appends = [log.append(boardA, 0, run(0, 1)), log.append(boardA, 1, run(1, 1))];
  expect(await log.head(boardA)).toBe(0);
  release();
  await Promise.all(appends);
  expect(await log.head(boardA)).toBe(2);
});

test('a failing log stores nothing and works again afterwards', async () => {
  const log = new FaultyLog(memoryLog());
  log.failAppends = true;
  await expect(log.append(boardA, 0, [commit(0, 1)])).rejects.toThrow(LogUnavailable);
  log.failAppends = false;
  await log.append(boardA, 0, [commit(0, 1)]);
  expect(await log.head(boardA)).toBe(1);
});
