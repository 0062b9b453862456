import { expect, test } from 'vitest';
import { CHAPTER_PAUSE, Chapters } from './chapters.ts';
import type { BoardEvent } from './event.ts';
import { commitOf } from './testing/commits.ts';

const renamed: BoardEvent = { type: 'BoardRenamed', title: 'a' };

test('[T18] a long pause begins another chapter, with those who did something in it', () => {
  const chapters = new Chapters();
  expect(chapters.list).toEqual([]);
  const second = 2_000 + CHAPTER_PAUSE;
  chapters.add(commitOf(0, 0, [0, renamed]), 0);
  chapters.add(commitOf(0, 1_000, [1, renamed]), 1_000);
  chapters.add(commitOf(1, 2_000, [2, renamed], [1, renamed]), 2_000);
  // As long as it may be, and still the same.
  chapters.add(commitOf(3, second, [1, renamed]), second);
  chapters.add(commitOf(4, 2 * second, [3, renamed]), 2 * second - 500);
  chapters.add(commitOf(5, 2 * second + 10, [3, renamed]), 2 * second + 10);
  expect(chapters.list).toEqual([
    { from: 1_000, to: second, authors: [1, 2] },
    { from: 2 * second - 500, to: 2 * second + 10, authors: [3] },
  ]);
});
