import { describe, expect, it } from 'vitest';
import { type Box, boxesMeet, boxOf } from '../../shared/geometry.ts';
import { seededRandom } from '../../shared/testing/random.ts';
import { SpatialIndex } from './spatial-index.ts';

function randomBox(random: () => number): Box {
  const far = 10 ** (random() * 6);
  const size = 10 ** (random() * 5 - 2);
  return boxOf((random() - 0.5) * far, (random() - 0.5) * far, size * random(), size * random());
}

describe('spatial index', () => {
  it('finds what looking at everything finds, of any size, as long as that is wanted', () => {
    const random = seededRandom(11);
    const index = new SpatialIndex();
    const boxes: Box[] = [];
    for (let round = 0; round < 3000; round++) {
      boxes.push(randomBox(random));
      index.add(round, boxes[round]!);
      if (round % 30 !== 0) continue;
      const box = randomBox(random);
      const found = new Set<number>();
      expect(index.some(box, (number) => !found.add(number))).toBe(false);
      expect(found).toEqual(new Set([...boxes.keys()].filter((number) => boxesMeet(boxes[number]!, box))));
      const [some] = found;
      if (some !== undefined) expect(index.some(box, (number) => number === some)).toBe(true);
    }
    index.clear();
    expect(index.some(boxOf(-1e6, -1e6, 2e6, 2e6), () => true)).toBe(false);
  });
});
