import { expect, test } from 'vitest';
import type { BoardId } from '../../shared/ids.ts';
import type { Locks } from './locks.ts';
import { takeSlot } from './slot.ts';

const board = 'SlotBoard0000001' as BoardId;

function locksHeld(...held: readonly number[]): Locks & { readonly asked: string[] } {
  const names = new Set(held.map((number) => `retrace/${board}/${number}`));
  const asked: string[] = [];
  return {
    asked,
    hold: async (name) => {
      asked.push(name);
      if (names.has(name)) return null;
      names.add(name);
      return () => names.delete(name);
    },
  };
}

const take = async (locks: Locks | null, leftBehind: readonly number[] = [], random = 0.5): Promise<number> =>
  (await takeSlot(locks, board, leftBehind, () => random)).number;

test('[C22] the lowest slot that is free', async () => {
  expect(await take(locksHeld())).toBe(1);
  expect(await take(locksHeld(1, 2, 4))).toBe(3);
});

test('[C22] rather one whose outbox waits, the lowest of those, if its tab is gone', async () => {
  expect(await take(locksHeld(), [7, 3])).toBe(3);
  expect(await take(locksHeld(3), [7, 3])).toBe(7);
  expect(await take(locksHeld(3, 7), [7, 3])).toBe(1);
  expect(await take(locksHeld(), [500_123])).toBe(500_123);
});

test('[C22] a slot that is given back is free again', async () => {
  const locks = locksHeld();
  const slot = await takeSlot(locks, board, [], () => 0);
  expect(await take(locks)).toBe(2);
  slot.release();
  expect(await take(locks)).toBe(1);
});

test('[C22] with more tabs than anybody has, or without locks, one by chance, in the range of slots', async () => {
  const all = Array.from({ length: 32 }, (_, i) => i + 1);
  expect(await take(locksHeld(...all), [], 0)).toBe(33);
  expect(await take(null, [2], 0.999_999_9)).toBe(999_999);
  expect(await take(null, [2], 0)).toBe(33);
});

test('[C22] locks that fail count as held', async () => {
  const failing: Locks = { hold: () => Promise.reject(new DOMException('Not here', 'SecurityError')) };
  expect(await take(failing, [1])).toBeGreaterThan(32);
});
