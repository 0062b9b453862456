import { describe, expect, it } from 'vitest';
import { boxOf } from '../../../shared/geometry.ts';
import { strokeOf } from '../../../shared/testing/stroke.ts';
import { byStackOrder } from '../../../shared/shapes/stack.ts';
import { alignments, restacked, type Step } from './arrange.ts';

const stack = [1, 2, 3, 4, 5].map((number) => strokeOf({ points: [[0, 0]], number }));

/** The numbers from the back to the front after some of them took a step. */
function order(chosen: readonly number[], step: Step): number[] {
  const ids = chosen.map((number) => stack[number - 1]?.id).filter((id) => id !== undefined);
  const settings = restacked(stack, ids, step);
  const after = stack.map((shape) => ({ ...shape, z: settings.get(shape.id)?.z ?? shape.z }));
  return after.sort(byStackOrder).map(({ id }) => Number(id.split('/')[1]));
}

describe('order', () => {
  it.each([
    [[2], 'front', [1, 3, 4, 5, 2]],
    [[2, 4], 'front', [1, 3, 5, 2, 4]],
    [[4], 'back', [4, 1, 2, 3, 5]],
    [[5, 3], 'back', [3, 5, 1, 2, 4]],
    [[2], 'forward', [1, 3, 2, 4, 5]],
    [[2, 3], 'forward', [1, 4, 2, 3, 5]],
    [[5], 'forward', [1, 2, 3, 4, 5]],
    [[4], 'backward', [1, 2, 4, 3, 5]],
    [[3, 4], 'backward', [1, 3, 4, 2, 5]],
    [[1], 'backward', [1, 2, 3, 4, 5]],
    [[1, 2, 3, 4, 5], 'front', [1, 2, 3, 4, 5]],
  ] as const)('%j to %s', (chosen, step, expected) => {
    expect(order(chosen, step)).toEqual(expected);
  });
});

describe('alignment', () => {
  const boxes = [boxOf(0, 0, 10, 10), boxOf(50, 30, 20, 10), boxOf(20, 90, 10, 30)];

  it('brings edges and middles together', () => {
    expect(alignments.left(boxes).map(({ x }) => x)).toEqual([0, -50, -20]);
    expect(alignments.right(boxes).map(({ x }) => x)).toEqual([60, 0, 40]);
    expect(alignments.centre(boxes).map(({ x }) => x)).toEqual([30, -25, 10]);
    expect(alignments.bottom(boxes).map(({ y }) => y)).toEqual([110, 80, 0]);
  });

  it('leaves equal gaps', () => {
    const moved = alignments.across(boxes).map(({ x }, i) => (boxes[i]?.minX ?? 0) + x);
    expect(moved).toEqual([0, 50, 25]);
  });
});
