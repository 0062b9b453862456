import { expect, test } from 'vitest';
import { type Board, emptyBoard } from '../../shared/board.ts';
import type { Epoch, Millis } from '../../shared/ids.ts';
import type { FetchedMoment } from './moment-source.ts';
import { UnloadedMoments } from './unloaded-moments.ts';

const epoch = 'epoch-01' as Epoch;
const boardAt = (at: Millis): Board => ({ ...emptyBoard, revision: at, at });

/** Moments whose answers come when the test says so. */
function moments() {
  const asked: Millis[] = [];
  const answers: ((fetched: FetchedMoment | null) => void)[] = [];
  let arrived = 0;
  const unloaded = new UnloadedMoments(
    (at) => {
      asked.push(at);
      return new Promise((resolve) => answers.push(resolve));
    },
    () => arrived++,
  );
  return {
    unloaded,
    asked,
    arrived: () => arrived,
    async answer(found = true, from = epoch): Promise<void> {
      const at = asked.at(-1) ?? 0;
      answers.at(-1)?.(found ? { at, board: boardAt(at), epoch: from } : null);
      await new Promise((resolve) => setTimeout(resolve));
    },
  };
}

test('[T22] what is wanted is asked for once, and is there when it has come', async () => {
  const { unloaded, asked, answer, arrived } = moments();
  expect(unloaded.boardAt(500, epoch)).toBeNull();
  expect(unloaded.boardAt(500, epoch)).toBeNull();
  await answer();
  expect(unloaded.boardAt(500, epoch)?.revision).toBe(500);
  expect([asked, arrived()]).toEqual([[500], 1]);
});

test('[T22] of what is wanted while one is on its way only the last is asked for', async () => {
  const { unloaded, asked, answer } = moments();
  for (const at of [500, 510, 520, 530]) unloaded.boardAt(at, epoch);
  expect(asked).toEqual([500]);
  await answer();
  expect(asked).toEqual([500, 530]);
  // Until it comes, the nearest before it shows: never one of later.
  expect(unloaded.boardAt(530, epoch)?.revision).toBe(500);
  expect(unloaded.boardAt(490, epoch)).toBeNull();
});

test('[T22] where a moment cannot be had the next one is asked for all the same', async () => {
  const { unloaded, asked, answer, arrived } = moments();
  unloaded.boardAt(500, epoch);
  unloaded.boardAt(600, epoch);
  await answer(false);
  await answer(false);
  unloaded.boardAt(600, epoch);
  expect([asked, arrived()]).toEqual([[500, 600], 0]);
});

test('[T22] a board of another store is never shown', async () => {
  const { unloaded, answer } = moments();
  unloaded.boardAt(500, epoch);
  await answer(true, 'epoch-02' as Epoch);
  expect(unloaded.boardAt(500, epoch)).toBeNull();
});

test('[T22] what comes after the history is here is let go', async () => {
  const { unloaded, answer, arrived } = moments();
  unloaded.boardAt(500, epoch);
  unloaded.clear();
  await answer();
  expect(arrived()).toBe(0);
});
