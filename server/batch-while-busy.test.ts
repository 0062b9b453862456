import { Subject } from 'rxjs';
import { expect, test } from 'vitest';
import { batchWhileBusy } from './batch-while-busy.ts';
import type { Scheduler } from './scheduler.ts';
import { Pacer } from './pacing.ts';
import { RateLimit } from './rate-limit.ts';

function setUp(rest = 0) {
  const source = new Subject<number>();
  const batches: number[][] = [];
  const rests: (() => void)[] = [];
  let finish = (): void => {};
  let soon = (): void => {};
  let state = 'open';
  const scheduler: Scheduler = { soon: (run) => void (soon = run), after: (_ms, run) => void rests.push(run) };
  const work = (batch: readonly number[]): Promise<{ rest: number }> => {
    batches.push([...batch]);
    return new Promise((resolve) => void (finish = () => resolve({ rest })));
  };
  source.pipe(batchWhileBusy(work, scheduler)).subscribe({ complete: () => void (state = 'complete') });
  const flush = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return { source, batches, rests, soon: () => soon(), finish: () => (finish(), flush()), state: () => state };
}

test('[S1] what comes in one turn is one batch, what comes while it is worked on is the next', async () => {
  const { source, batches, soon, finish } = setUp();
  source.next(1);
  source.next(2);
  soon();
  source.next(3);
  source.next(4);
  expect(batches).toEqual([[1, 2]]);
  await finish();
  expect(batches).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

test('[S1] after a batch it rests as long as it is told, and gathers meanwhile', async () => {
  const { source, batches, rests, soon, finish } = setUp(5);
  source.next(1);
  soon();
  source.next(2);
  await finish();
  source.next(3);
  expect(batches).toEqual([[1]]);
  rests[0]?.();
  expect(batches).toEqual([[1], [2, 3]]);
});

test('[S6] it completes when all was worked off, without resting', async () => {
  const { source, batches, soon, finish, state } = setUp(5);
  source.next(1);
  soon();
  source.next(2);
  source.complete();
  await finish();
  expect([batches, state()]).toEqual([[[1], [2]], 'open']);
  await finish();
  expect(state()).toBe('complete');
});

/** The rest after each of so many batches that come this far apart. */
function rests(batches: number, ms: number, commands: number, busy = 0): number[] {
  const pacer = new Pacer();
  return Array.from({ length: batches }, (_, i) => pacer.rest(commands, busy, i * ms));
}

test('[S1] a board with a few who draw rests nothing; with many it gathers, and less the more come', () => {
  expect(Math.max(...rests(300, 1000 / 300, 1))).toBe(0);
  const ten = rests(100, 10, 6).at(-1) as number;
  const forty = rests(400, 2.5, 6).at(-1) as number;
  expect(ten).toBeGreaterThan(forty);
  expect(forty).toBeGreaterThan(1);
});

test('[S1] however much comes, no board takes more than its share of the thread, nor rests for long', () => {
  expect(rests(1, 0, 1, 1)[0]).toBeGreaterThanOrEqual(3);
  expect(rests(1, 0, 500, 50)[0]).toBeLessThanOrEqual(20);
});

test('[S12] a rate limit lets a burst through and then so many a second', () => {
  const limit = new RateLimit(10, 3, 0);
  expect([1, 2, 3, 4].map(() => limit.take(1, 0))).toEqual([true, true, true, false]);
  expect([limit.take(1, 99), limit.take(1, 101), limit.take(1, 150)]).toEqual([false, true, false]);
  expect([1, 2, 3, 4].map(() => limit.take(1, 1e6))).toEqual([true, true, true, false]);
});
