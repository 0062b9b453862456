import { describe, expect, it } from 'vitest';
import type { Board } from '../../shared/board.ts';
import type { Shape } from '../../shared/shapes/shape.ts';
import { boardOf, strokeOf, type StrokeLike } from '../../shared/testing/stroke.ts';
import { Scene, type SceneListener } from './scene.ts';

const line = (number: number, x: number, more: Partial<StrokeLike> = {}): Shape =>
  strokeOf({ number, points: [[x, 0], [x + 50, 50]], ...more }); // prettier-ignore

/** Shows a board and tells the story of what changed: `+1 -2 ~ !`. */
function show(scene: Scene, board: Board): string {
  const story: string[] = [];
  const numberOf = (shape: Shape): string => shape.id.split('/')[1] ?? '';
  const listener: SceneListener = {
    added: (item) => story.push(`+${numberOf(item.shape)}`),
    removed: (item) => story.push(`-${numberOf(item.shape)}`),
    restacked: () => story.push('~'),
    replaced: () => story.push('!'),
  };
  scene.show(board, listener);
  return story.join(' ');
}

const settledIn = (scene: Scene): number => scene.stackIn({ minX: -1e6, minY: -1e6, maxX: 1e6, maxY: 1e6 }).length;

describe('scene', () => {
  it('[V3] hears only of what changed', () => {
    const scene = new Scene();
    const [a, b, c] = [line(1, 0), line(2, 200), line(3, 400)];
    expect(show(scene, boardOf([a, b]))).toMatch(/^\+[12] \+[12]$/);
    const board = boardOf([a, b, c]);
    expect(show(scene, board)).toBe('+3');
    expect(show(scene, board)).toBe('');
    expect(show(scene, boardOf([a, c]))).toBe('-2');
    expect(settledIn(scene)).toBe(2);
  });

  it('[T16] shows the hands of some faintly or not at all, and goes on so', () => {
    const scene = new Scene();
    const [a, b] = [line(1, 0), { ...line(2, 200), author: 2 }];
    show(scene, boardOf([a, b]));
    const story: string[] = [];
    const silent = (): void => undefined;
    const listener = { added: silent, removed: silent, restacked: silent, replaced: () => story.push('!') };
    scene.showWhose(new Map([[2, 'Hidden']]), listener);
    expect([settledIn(scene), story]).toEqual([1, ['!']]);
    expect(show(scene, boardOf([a, b, { ...line(3, 400), author: 2 }, line(4, 600)]))).toBe('+4');
    expect(show(scene, boardOf([a]))).toBe('-4');
    scene.showWhose(new Map(), listener);
    expect(show(scene, boardOf([a, b]))).toBe('+2');
  });

  it('[V3] knows a shape again that was loaded anew', () => {
    const scene = new Scene();
    show(scene, boardOf([line(1, 0), line(2, 0)]));
    expect(show(scene, boardOf([line(1, 0), line(2, 0)]))).toBe('');
  });

  it('keeps strokes apart while they are drawn, and takes them in when they end', () => {
    const scene = new Scene();
    expect(show(scene, boardOf([line(1, 0, { open: true })]))).toBe('');
    expect([...scene.open.values()].map(({ shape }) => shape.open)).toEqual([true]);
    expect(show(scene, boardOf([line(1, 0)]))).toBe('+1');
    expect(scene.open.size).toBe(0);
    expect(show(scene, boardOf([line(1, 0, { open: true })]))).toBe('-1');
    expect(show(scene, boardOf([]))).toBe('');
    expect(scene.open.size + settledIn(scene)).toBe(0);
  });

  it('[V16] takes a stroke in that is being drawn where something settled lies over it, and again as it grows', () => {
    const scene = new Scene();
    const drawn = (...more: [number, number][]): Shape =>
      strokeOf({ number: 1, points: [[0, 0], [50, 50], ...more], open: true }); // prettier-ignore
    show(scene, boardOf([drawn()]));
    expect(show(scene, boardOf([drawn(), line(2, 500)]))).toBe('+2');
    expect(scene.open.size).toBe(1);
    expect(show(scene, boardOf([drawn(), line(2, 500), line(3, 20)]))).toBe('+3 +1');
    expect(scene.open.size).toBe(0);
    expect(show(scene, boardOf([drawn([90, 0]), line(2, 500), line(3, 20)]))).toBe('-1 +1');
    // Uncovered it is alone again, and ended it is as any other.
    expect(show(scene, boardOf([drawn([90, 0]), line(2, 500)]))).toMatch(/^-[13] -[13]$/);
    expect(scene.open.size).toBe(1);
    expect(show(scene, boardOf([{ ...drawn([90, 0]), open: false }, line(2, 500)]))).toBe('+1');
    expect([scene.open.size, settledIn(scene)]).toEqual([0, 2]);
  });

  it('[V16] takes strokes in that lie under such a stroke, and lets go of it with the rest', () => {
    const scene = new Scene();
    const [lowest, low] = [line(1, 0, { open: true }), line(2, 40, { open: true })];
    show(scene, boardOf([lowest, low, line(3, 80)]));
    expect(scene.open.size).toBe(0);
    expect(show(scene, boardOf([line(3, 80)]))).toMatch(/^-[12] -[12]$/);
    expect([scene.open.size, settledIn(scene)]).toEqual([0, 1]);
  });

  it('[V4] takes another place in the stack for nothing where no other shape is passed', () => {
    const scene = new Scene();
    show(scene, boardOf([line(1, 0, { z: 10 }), line(2, 500, { z: 11 }), line(3, 10, { z: 20 })]));
    expect(show(scene, boardOf([line(1, 0, { z: 15 }), line(2, 500, { z: 11 }), line(3, 10, { z: 20 })]))).toBe('');
    expect(show(scene, boardOf([line(1, 0, { z: 25 }), line(2, 500, { z: 11 }), line(3, 10, { z: 20 })]))).toBe('~');
    expect(scene.stackIn({ minX: 0, minY: 0, maxX: 100, maxY: 100 }).map(({ shape }) => shape.z)).toEqual([20, 25]);
  });

  it('[V4] notices two shapes that change places', () => {
    const scene = new Scene();
    show(scene, boardOf([line(1, 0, { z: 10 }), line(2, 10, { z: 11 })]));
    expect(show(scene, boardOf([line(1, 0, { z: 11 }), line(2, 10, { z: 10 })]))).toContain('~');
  });

  it('finds what lies on top, and what lies in a box', () => {
    const scene = new Scene();
    show(scene, boardOf([line(1, 0), line(2, 20), line(3, 900), line(4, 0, { open: true })]));
    const [first, second] = scene.stackIn({ minX: 0, minY: 0, maxX: 100, maxY: 100 });
    expect(first && scene.isOnTop(first)).toBe(false);
    expect(second && scene.isOnTop(second)).toBe(true);
    const found = scene.shapesIn({ minX: 0, minY: 0, maxX: 100, maxY: 100 }).map(({ id }) => id.split('/')[1]);
    expect(found.sort()).toEqual(['1', '2', '4']);
  });

  it('says once that all is new where very much changed', () => {
    const scene = new Scene();
    const many = Array.from({ length: 2_500 }, (_, i) => line(i + 1, i * 10));
    expect(show(scene, boardOf(many))).toBe('!');
    expect(settledIn(scene)).toBe(2_500);
  });

  it('[V15] leaps to and fro in the past, and finds what is there as it was', () => {
    const scene = new Scene(3);
    const past = Array.from({ length: 8 }, (_, moment) =>
      boardOf(Array.from({ length: 5 }, (_, i) => line(moment * 4 + i + 1, (moment * 4 + i) * 100))),
    );
    const seen = past.map((board) => {
      show(scene, board);
      return new Set(scene.stackIn({ minX: 0, minY: 0, maxX: 9_999, maxY: 100 }));
    });
    for (const moment of [5, 0, 7, 7, 2, 3]) {
      show(scene, past[moment]!);
      const items = scene.stackIn({ minX: 0, minY: 0, maxX: 9_999, maxY: 100 });
      expect(new Set(items)).toEqual(seen[moment]);
      expect(items.every((item) => seen[moment]!.has(item) && scene.settled.has(item))).toBe(true);
      expect(show(scene, boardOf(items.slice(1).map(({ shape }) => shape)))).toBe(`-${moment * 4 + 1}`);
    }
  });

  it('[V15] leaps back to before a shape was put elsewhere in the stack', () => {
    const scene = new Scene(1);
    const [a, b, c, d] = [line(1, 0), line(2, 10), line(3, 500), line(4, 600)];
    const before = boardOf([a, b, c, d]);
    show(scene, before);
    expect(show(scene, boardOf([{ ...a, z: 9 }, b, c, d]))).toBe('~');
    show(scene, boardOf([]));
    show(scene, before);
    const places = scene.stackIn({ minX: 0, minY: 0, maxX: 9_999, maxY: 100 }).map(({ shape }) => shape.z);
    expect(places).toEqual([1, 2, 3, 4]);
  });
});
