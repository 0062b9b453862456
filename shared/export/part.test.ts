import { expect, test } from 'vitest';
import { valuesOf } from '../persistent-map.ts';
import { boardOf, strokeOf } from '../testing/stroke.ts';
import { partOf } from './part.ts';

const at = (number: number, x: number, kind: 'pen' | 'frame' = 'pen') =>
  strokeOf({ points: [[x, 0], [x + 100, 50]], number, kind }); // prettier-ignore
const [near, far, frame] = [at(1, 0), at(2, 500), at(3, -10, 'frame')];
const board = boardOf([near, far, frame]);

test('[E9] of what is selected only that is shown', () => {
  const part = partOf(board, [near, frame]);
  expect([...valuesOf(part.board.shapes)].map(({ id }) => id).sort()).toEqual([near.id, frame.id].sort());
  expect(part.region).toBeUndefined();
});

test('[E9] a frame alone is shown with what is in it, as far as it reaches', () => {
  expect(partOf(board, [frame])).toEqual({ board, region: { minX: -10, minY: 0, maxX: 90, maxY: 50 } });
  const attributes = { transform: [2, 0, 0, 2, 0, 0] as const };
  expect(partOf(board, [{ ...frame, attributes }]).region).toEqual({ minX: -20, minY: 0, maxX: 180, maxY: 100 });
});
