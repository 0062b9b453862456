import { expect, test } from 'vitest';
import { LatestWish } from './latest-wish.ts';

test('[T22] what is wanted in the moment in which the last thing came is asked for too', async () => {
  const asked: number[] = [];
  const wishes = new LatestWish<number, number>(
    async (wish) => {
      asked.push(wish);
      return wish;
    },
    (thing) => {
      // Behind what has come, and before anybody who waits for all of it hears of that.
      if (thing === 1) queueMicrotask(() => wishes.want(2));
    },
  );
  wishes.want(1);
  for (let i = 0; i < 5; i++) await new Promise(setImmediate);
  expect(asked).toEqual([1, 2]);
  expect(wishes.pending).toBeNull();
});
