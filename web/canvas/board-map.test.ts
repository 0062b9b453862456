import { expect, it } from 'vitest';
import { boxOf } from '../../shared/geometry.ts';
import { mapFrame } from './board-map.ts';

it('[V10] a map has all of the board in it, in the middle', () => {
  const { scale, x, y } = mapFrame(boxOf(-1000, 200, 4000, 1000), { width: 200, height: 140 });
  const [left, top] = [(-1000 - x) * scale, (200 - y) * scale];
  const [right, bottom] = [(3000 - x) * scale, (1200 - y) * scale];
  expect(left).toBeGreaterThan(0);
  expect(top).toBeGreaterThan(0);
  expect(left).toBeCloseTo(200 - right);
  expect(top).toBeCloseTo(140 - bottom);
});

it('[V10] a small drawing is not blown up, and a dot has a map too', () => {
  expect(mapFrame(boxOf(0, 0, 10, 10), { width: 200, height: 140 }).scale).toBe(0.5);
  expect(mapFrame(boxOf(5, 5, 0, 0), { width: 200, height: 140 })).toEqual({ scale: 0.5, x: 5 - 200, y: 5 - 140 });
});
