import { describe, expect, it } from 'vitest';
import { boxOf } from '../geometry.ts';
import { rotation, translation } from '../matrix.ts';
import type { Attributes } from '../settings.ts';
import { boardOf, strokeOf, type StrokeLike } from '../testing/stroke.ts';
import { clipOf, edgesOn, frameAround, isShownAt, wayWithin, withBelongings } from './frames.ts';
import type { Shape } from './shape.ts';
import { boundsOfBoard, shownShapes } from './stack.ts';

const from = (number: number, kind: Shape['kind'], ...points: StrokeLike['points']): Shape =>
  strokeOf({ number, kind, points });
const set = (shape: Shape, attributes: Attributes): Shape => ({ ...shape, attributes });

/** 200 × 100, its left top corner at the origin. */
const frame = from(1, 'frame', [0, 0], [200, 100]);

/** The number of the frame that a shape belongs to on a board of these. */
function belongs(shape: Shape, ...others: readonly Shape[]): number | null {
  const edge = frameAround(shape, edgesOn(boardOf([frame, shape, ...others])));
  return edge && Number(edge.frame.split('/')[1]);
}

describe('frames', () => {
  it('[K12] have the ink that begins in them, wherever it goes', () => {
    expect(belongs(from(2, 'pen', [190, 50], [900, 50]))).toBe(1);
    expect(belongs(from(2, 'pen', [210, 50], [10, 50]))).toBeNull();
    expect(belongs(set(from(2, 'highlighter', [210, 50]), { transform: translation(-20, 0) }))).toBe(1);
  });

  it('[K12] have lines that begin and end in them, and none that only begin there', () => {
    expect(belongs(from(2, 'arrow', [20, 20], [180, 80]))).toBe(1);
    expect(belongs(from(2, 'line', [20, 20], [280, 80]))).toBeNull();
    expect(belongs(set(from(2, 'line', [20, 20], [180, 80]), { ends: [20, 20, 20, 300] }))).toBeNull();
  });

  it('[K12] have what has its middle and a corner in them, and so nothing that lies around them', () => {
    expect(belongs(from(2, 'rectangle', [150, 50], [240, 90]))).toBe(1);
    expect(belongs(from(2, 'rectangle', [150, 50], [260, 90]))).toBeNull();
    expect(belongs(from(2, 'ellipse', [-20, -20], [220, 120]))).toBeNull();
    expect(belongs(set(from(2, 'rectangle', [300, 50], [390, 90]), { transform: translation(-150, 0) }))).toBe(1);
  });

  it('[K12] have no frames, and nothing while they are drawn', () => {
    expect(belongs(from(2, 'frame', [20, 20], [80, 80]))).toBeNull();
    const pen = from(2, 'pen', [20, 220]);
    const below = from(3, 'frame', [0, 200], [200, 300]);
    expect([belongs(pen, below), belongs(pen, { ...below, open: true })]).toEqual([3, null]);
  });

  it('[K12] of several the smallest counts, of equals the frontmost behind the thing', () => {
    const inner = from(2, 'frame', [10, 10], [60, 60]);
    const around = from(9, 'frame', [-50, -50], [400, 400]);
    expect(belongs(from(3, 'pen', [20, 20]), inner, around)).toBe(2);
    expect(belongs(from(3, 'pen', [80, 20]), inner, around)).toBe(1);
    const copy = from(4, 'frame', [10, 10], [210, 110]);
    expect(belongs(from(3, 'pen', [20, 20]), copy)).toBe(1);
    expect(belongs(from(5, 'pen', [20, 20]), copy)).toBe(4);
    expect(belongs(strokeOf({ number: 8, z: 0, points: [[20, 20]] }), copy)).toBe(1);
  });

  it('[K12] cut only what reaches beyond them, also where they are turned', () => {
    const turned = set(frame, { transform: rotation(Math.PI / 4, { x: 100, y: 50 }) });
    const board = boardOf([turned]);
    const inside = from(2, 'pen', [80, 40], [120, 60]);
    const beyond = from(3, 'pen', [100, 50], [190, 5]);
    expect(clipOf(inside, edgesOn(board))).toBeNull();
    const clip = clipOf(beyond, edgesOn(board));
    expect([isShownAt(clip, { x: 100, y: 50 }), isShownAt(clip, { x: 190, y: 5 })]).toEqual([true, false]);
    expect(clipOf(beyond, edgesOn(boardOf([])))).toBeNull();
  });

  it('[K12] a board reaches as far as it is shown', () => {
    const beyond = from(2, 'pen', [100, 50], [5000, 50]);
    expect(boundsOfBoard(boardOf([frame, beyond]))).toEqual(boundsOfBoard(boardOf([frame])));
    expect(shownShapes(boardOf([frame, beyond]), boxOf(300, 0, 100, 100))).toEqual([]);
    expect(shownShapes(boardOf([beyond]), boxOf(300, 0, 100, 100))).toHaveLength(1);
  });

  it('[G21] a way is known as far as it lies within an edge', () => {
    const [edge] = edgesOn(boardOf([frame]));
    const within = (...[a, b, c, d]: [number, number, number, number]) =>
      edge && wayWithin(edge, { x: a, y: b }, { x: c, y: d });
    expect(within(-100, 50, 300, 50)).toEqual([{ x: 0, y: 50 }, { x: 200, y: 50 }]); // prettier-ignore
    expect(within(50, 50, 50, 500)).toEqual([{ x: 50, y: 50 }, { x: 50, y: 100 }]); // prettier-ignore
    expect(within(60, 60, 60, 60)).toEqual([{ x: 60, y: 60 }, { x: 60, y: 60 }]); // prettier-ignore
    expect(within(-100, 200, 300, 200)).toBeNull();
    expect(within(250, 50, 300, 50)).toBeNull();
  });

  it('[G21] what belongs to frames goes with them, once', () => {
    const pen = from(2, 'pen', [20, 20]);
    const far = from(3, 'pen', [20, 220]);
    const board = boardOf([frame, pen, far]);
    expect(withBelongings(board, [frame, pen])).toEqual([frame, pen]);
    expect(withBelongings(board, [frame])).toEqual([frame, pen]);
    expect(withBelongings(board, [far, pen])).toEqual([far, pen]);
  });

  it('[G21] frames that lie whole in them go along, with what belongs to these', () => {
    const inner = from(2, 'frame', [10, 10], [60, 60]);
    const across = from(3, 'frame', [150, 10], [260, 60]);
    const [pen, beside] = [from(4, 'pen', [20, 20]), from(5, 'pen', [240, 20])];
    const board = boardOf([frame, inner, across, pen, beside]);
    expect(withBelongings(board, [frame])).toEqual([frame, inner, pen]);
    expect(withBelongings(board, [inner])).toEqual([inner, pen]);
    expect(withBelongings(board, [across])).toEqual([across, beside]);
  });
});
