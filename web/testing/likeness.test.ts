import { expect, test } from 'vitest';
import { seededRandom, wholeBetween } from '../../shared/testing/random.ts';
import { differentPixels, likenessOf, type Picture, SQUARE, unlikenessOf } from './likeness.ts';

const [WIDTH, HEIGHT] = [64, 48];

/** Grey discs on white, each covering its edge pixels as finely as `grain` points a side tell. */
function discs(list: readonly (readonly [x: number, y: number, radius: number])[], grain: number): Picture {
  const data = new Uint8ClampedArray(WIDTH * HEIGHT * 4).fill(255);
  for (let i = 0; i < WIDTH * HEIGHT; i++) {
    let covered = 0;
    for (let k = 0; k < grain ** 2; k++) {
      const x = (i % WIDTH) + ((k % grain) + 0.5) / grain;
      const y = Math.floor(i / WIDTH) + (Math.floor(k / grain) + 0.5) / grain;
      if (list.some(([ox, oy, radius]) => Math.hypot(x - ox, y - oy) <= radius)) covered++;
    }
    data.fill(255 - (covered / grain ** 2) * 200, i * 4, i * 4 + 3);
  }
  return { width: WIDTH, height: HEIGHT, data };
}

const some = (seed: number): [number, number, number][] => {
  const random = seededRandom(seed);
  return Array.from({ length: 6 }, () => [random() * WIDTH, random() * HEIGHT, wholeBetween(random, 3, 9)]);
};

test('edges that are cut otherwise, even to whole pixels, are no difference', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const [fine, coarse] = [discs(some(seed), 8), discs(some(seed), 1)];
    expect(differentPixels(fine, coarse)).toBeGreaterThan(50);
    expect(likenessOf(fine, coarse).worst, `seed ${seed}`).toBeLessThanOrEqual(2);
  }
});

test('a disc that is missing, that lies 3 pixels away or that has another colour is one, where it is', () => {
  const all: [number, number, number][] = [[16, 16, 5], [44, 28, 6]]; // prettier-ignore
  const whole = discs(all, 4);
  expect(likenessOf(whole, discs(all.slice(1), 4)).worst).toBeGreaterThan(12);
  const moved = likenessOf(whole, discs([[19, 16, 5], all[1]!], 4));
  expect(moved.worst).toBeGreaterThan(12);
  expect(Math.hypot(moved.at[0] - 16, moved.at[1] - 16)).toBeLessThan(2 * SQUARE);
  const data = Uint8ClampedArray.from(whole.data);
  for (let i = 0; i < data.length; i += 4) if (data[i] !== 255) data[i] = 255;
  expect(likenessOf(whole, { ...whole, data }).foreign).toBeGreaterThan(100);
  expect(likenessOf({ ...whole, data }, whole)).toEqual(likenessOf(whole, { ...whole, data }));
});

test('a picture is like itself, and pictures of other sizes are not compared', () => {
  const picture = discs(some(1), 2);
  expect([likenessOf(picture, picture).foreign, unlikenessOf(picture, picture).foreign]).toEqual([0, 0]);
  expect(differentPixels(picture, picture)).toBe(0);
  expect(() => likenessOf(picture, { ...picture, width: WIDTH - 1 })).toThrow(RangeError);
});
