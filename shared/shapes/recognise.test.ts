import { expect, test } from 'vitest';
import type { Position } from '../geometry.ts';
import { seededRandom } from '../testing/random.ts';
import { recognise } from './recognise.ts';

type Place = readonly [x: number, y: number];

/** A hand's way through places, which trembles by so many board units. */
function hand(places: readonly Place[], tremble = 0, seed = 1): Position[] {
  const random = seededRandom(seed);
  let [at, off] = [0, 0];
  // A hand does not jump to and fro: what it is off by changes a little at a time.
  const shake = (): number => {
    if (at++ % 6 === 0) off += ((random() - 0.5) * 2 * tremble - off) / 2;
    return off;
  };
  return places.slice(1).flatMap(([x, y], i) => {
    const [fromX, fromY] = places[i] as Place;
    const steps = Math.max(2, Math.round(Math.hypot(x - fromX, y - fromY) / 4));
    return Array.from({ length: steps }, (_, step) => ({
      x: fromX + ((x - fromX) * step) / (steps - 1) + shake(),
      y: fromY + ((y - fromY) * step) / (steps - 1) + shake(),
    }));
  });
}

const ellipse = (width: number, height: number, { from = 0, turns = 1, tremble = 0, seed = 1 } = {}): Position[] => {
  const random = seededRandom(seed);
  return Array.from({ length: 90 }, (_, i) => {
    const angle = from + (i / 89) * turns * 2 * Math.PI;
    const shake = (): number => (random() - 0.5) * 2 * tremble;
    return { x: (width / 2) * Math.cos(angle) + shake(), y: (height / 2) * Math.sin(angle) + shake() };
  });
};

const box: readonly Place[] = [[0, 0], [200, 0], [200, 120], [0, 120], [0, 4]]; // prettier-ignore
const arrow: readonly Place[] = [[0, 0], [200, 40], [165, 20], [200, 40], [160, 52]]; // prettier-ignore
const kindOf = (points: readonly Position[]): string | undefined => recognise(points, 40)?.kind;

test('[G17] what a hand draws like a line, an arrow, an ellipse or a rectangle is taken for one', () => {
  for (let seed = 1; seed <= 100; seed++) {
    expect([seed, kindOf(hand([[0, 0], [160, 90]], 3, seed))]).toEqual([seed, 'line']); // prettier-ignore
    expect([seed, kindOf(hand(box, 4, seed))]).toEqual([seed, 'rectangle']);
    expect([seed, kindOf(hand([...box].reverse(), 4, seed))]).toEqual([seed, 'rectangle']);
    const round = { from: seed, turns: 0.95 + (seed % 5) / 20, tremble: 4, seed };
    expect([seed, kindOf(ellipse(160, 110, round))]).toEqual([seed, 'ellipse']);
    expect([seed, kindOf(hand(arrow, 2, seed))]).toEqual([seed, 'arrow']);
  }
});

test('[G17] it is as large as it was drawn, and leads where it led', () => {
  expect(recognise(hand(box), 40)).toEqual({ kind: 'rectangle', from: { x: 0, y: 0 }, to: { x: 200, y: 120 } });
  expect(recognise(hand(arrow), 40)).toEqual({ kind: 'arrow', from: { x: 0, y: 0 }, to: expect.objectContaining({}) });
  const { to } = recognise(hand(arrow), 40) ?? { to: { x: 0, y: 0 } };
  expect(Math.hypot(to.x - 200, to.y - 40)).toBeLessThan(6);
});

test('[G17] writing, zigzags, spirals and what is small stay ink', () => {
  const zigzag = hand([[0, 0], [40, 60], [80, 0], [120, 60], [160, 0]]); // prettier-ignore
  const letter = hand([[0, 0], [0, 100], [40, 60], [80, 100], [80, 0]]); // prettier-ignore
  const spiral = Array.from({ length: 200 }, (_, i) => ({
    x: (i / 2) * Math.cos(i / 8),
    y: (i / 2) * Math.sin(i / 8),
  }));
  const half = ellipse(160, 110, { turns: 0.5 });
  const twice = ellipse(160, 110, { turns: 2 });
  const hook = hand([[0, 0], [150, 0], [150, 60]]); // prettier-ignore
  const star = hand([[50, 0], [80, 100], [0, 35], [100, 35], [20, 100], [50, 0]]); // prettier-ignore
  for (const ink of [zigzag, letter, spiral, half, twice, hook, star]) expect(kindOf(ink)).toBeUndefined();
  expect(recognise(hand([[0, 0], [20, 0]]), 40)).toBeNull(); // prettier-ignore
  for (const few of [[], [{ x: 0, y: 0 }], [{ x: 5, y: 5 }, { x: 5, y: 5 }]]) expect(recognise(few, 0)).toBeNull(); // prettier-ignore
});
