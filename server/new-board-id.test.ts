import { expect, test } from 'vitest';
import { isBoardId } from '../shared/ids.ts';
import { newBoardId } from './new-board-id.ts';

test('[N18] a board id is one, never the same twice, and every character is as likely', () => {
  const ids = Array.from({ length: 4000 }, newBoardId);
  expect(ids.every(isBoardId)).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
  const counts = new Map<string, number>();
  for (const character of ids.join('')) counts.set(character, (counts.get(character) ?? 0) + 1);
  expect(counts.size).toBe(62);
  // 64 000 draws: 1032 of each on average, and 200 more or less is six standard deviations.
  for (const [character, drawn] of counts) expect(Math.abs(drawn - 1032), character).toBeLessThan(200);
});
