import { describe, expect, it } from 'vitest';
import { rotation } from '../matrix.ts';
import { strokeOf } from '../testing/stroke.ts';
import { leftOf } from './cut.ts';

const line = strokeOf({ points: [[0, 0], [10, 0], [20, 0], [100, 0]], style: { width: 2 } }); // prettier-ignore

describe('what an eraser leaves of a stroke', () => {
  it('[K11] all of it where it passes by', () => {
    expect(leftOf(line, { x: 5, y: 10 }, { x: 80, y: 10 }, 4)).toBeNull();
  });

  it('[K11] both ends where it goes across, as far as its rim and the stroke’s own', () => {
    const left = leftOf(line, { x: 15, y: -30 }, { x: 15, y: 30 }, 2);
    expect(left).toHaveLength(2);
    expect(left?.[0]?.from).toBe(0);
    expect(left?.[0]?.to).toBeCloseTo(1.2, 2);
    expect(left?.[1]?.from).toBeCloseTo(1.8, 2);
    expect(left?.[1]?.to).toBe(3);
  });

  it('[K11] also where a fast hand’s samples lie far apart on both sides', () => {
    const left = leftOf(line, { x: 60, y: -5 }, { x: 60, y: 5 }, 3);
    expect(left?.map(({ from, to }) => [from.toFixed(2), to.toFixed(2)])).toEqual([['0.00', '2.45'], ['2.55', '3.00']]); // prettier-ignore
  });

  it('[K11] nothing where it goes over all of it', () => {
    expect(leftOf(line, { x: -5, y: 0 }, { x: 120, y: 0 }, 3)).toEqual([]);
  });

  it('[K11] the same where the stroke was turned since', () => {
    const turned = { ...line, attributes: { transform: rotation(Math.PI / 2, { x: 0, y: 0 }) } };
    const left = leftOf(turned, { x: -30, y: 15 }, { x: 30, y: 15 }, 2);
    expect(left?.[0]?.to).toBeCloseTo(1.2, 2);
  });
});
