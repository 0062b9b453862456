import { describe, expect, it } from 'vitest';
import { type Box, boxesMeet, boxOf } from '../../shared/geometry.ts';
import { seededRandom } from '../../shared/testing/random.ts';
import { SpatialIndex } from './spatial-index.ts';

interface Item {
  readonly bounds: Box;
}

function randomBox(random: () => number): Box {
  const far = 10 ** (random() * 6);
  const size = 10 ** (random() * 5 - 2);
  return boxOf((random() - 0.5) * far, (random() - 0.5) * far, size * random(), size * random());
}

describe('spatial index', () => {
  it('finds what looking at everything finds, of any size, after any changes', () => {
    const random = seededRandom(11);
    const index = new SpatialIndex<Item>();
    const items = new Set<Item>();
    for (let round = 0; round < 3000; round++) {
      const item = { bounds: randomBox(random) };
      index.add(item);
      items.add(item);
      const [oldest] = items;
      if (random() < 0.4 && oldest) {
        index.remove(oldest);
        items.delete(oldest);
      }
      if (round % 30 !== 0) continue;
      const box = randomBox(random);
      const found = new Set<Item>();
      index.search(box, (one) => found.add(one));
      expect(found).toEqual(new Set([...items].filter((one) => boxesMeet(one.bounds, box))));
    }
    expect(index.size).toBe(items.size);
  });

  it('forgets nothing of what it was not told to', () => {
    const index = new SpatialIndex<Item>();
    const item = { bounds: boxOf(0, 0, 1, 1) };
    index.remove(item);
    index.add(item);
    index.remove({ bounds: boxOf(0, 0, 1, 1) });
    expect(index.size).toBe(1);
    index.clear();
    expect(index.size).toBe(0);
  });
});
