import { describe, expect, it } from 'vitest';
import { rotation } from '../matrix.ts';
import { partOfInk } from '../ink.ts';
import { boardOf, strokeOf } from '../testing/stroke.ts';
import { beginningWithin, leftOf } from './cut.ts';
import { edgesOn, frameAround } from './frames.ts';

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

  it('[K11] both ends of a straight line of two samples that is far longer than the eraser', () => {
    const straight = strokeOf({ points: [[0, 0], [3000, 0]], style: { width: 2 } }); // prettier-ignore
    for (const x of [1, 777, 1500, 2990]) {
      const left = leftOf(straight, { x, y: -9 }, { x: x + 0.5, y: 9 }, 3);
      expect(left?.map(({ from, to }) => [from * 3000, to * 3000])).toEqual(
        x < 4 ? [[expect.closeTo(x + 4.2, -1), 3000]] : [[0, expect.closeTo(x - 4, -1)], [expect.closeTo(x + 4.5, -1), 3000]], // prettier-ignore
      );
    }
    expect(leftOf(straight, { x: 1500, y: 4.1 }, { x: 1600, y: 20 }, 3)).toBeNull();
  });

  it('[K11] nothing where it goes over all of it', () => {
    expect(leftOf(line, { x: -5, y: 0 }, { x: 120, y: 0 }, 3)).toEqual([]);
  });

  it('[K11] the same where the stroke was turned since', () => {
    const turned = { ...line, attributes: { transform: rotation(Math.PI / 2, { x: 0, y: 0 }) } };
    const left = leftOf(turned, { x: -30, y: 15 }, { x: 30, y: 15 }, 2);
    expect(left?.[0]?.to).toBeCloseTo(1.2, 2);
  });

  it('[K12] of a stroke that leaves its frame and comes back nothing that the edge hid', () => {
    const frame = strokeOf({ number: 9, kind: 'frame', points: [[0, 0], [100, 100]] }); // prettier-ignore
    const edges = edgesOn(boardOf([frame]));
    const [edge] = edges;
    // To the right out of the frame, down, and back into it; then out below for good.
    const stroke = strokeOf({ points: [[20, 20], [60, 20], [180, 20], [180, 60], [60, 60], [60, 90], [60, 200]], style: { width: 2 } }); // prettier-ignore
    for (const [x, y] of [
      [80, 20],
      [80, 60],
      [60, 75],
      [99, 60],
      [60, 98],
    ] as const) {
      const rest = leftOf(stroke, { x: x - 3, y: y - 3 }, { x: x + 3, y: y + 3 }, 2) ?? [];
      const kept = edge ? beginningWithin(edge, stroke, rest) : [];
      expect(rest).toHaveLength(2);
      for (const { from, to } of kept) {
        expect(frameAround({ ...stroke, ink: partOfInk(stroke.ink, from, to) }, edges)).toBe(edge);
      }
      // Before the cut it begins in the frame; behind it it does where some of it still shows.
      expect(kept).toHaveLength(y < 98 ? 2 : 1);
    }
    const [, back] = leftOf(stroke, { x: 84, y: 20 }, { x: 104, y: 20 }, 2) ?? [];
    expect(edge && back && beginningWithin(edge, stroke, [back])[0]?.from).toBeCloseTo(3 + 80 / 120, 1);
  });
});
