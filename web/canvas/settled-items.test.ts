import { describe, expect, it } from 'vitest';
import type { Box } from '../../shared/geometry.ts';
import { edgeOfFrame } from '../../shared/shapes/frames.ts';
import type { Shape } from '../../shared/shapes/shape.ts';
import { strokeOf } from '../../shared/testing/stroke.ts';
import { NO_PLACE, pathOf, type SceneItem } from './scene-item.ts';
import { SettledItems } from './settled-items.ts';

const stroke = (number: number): Shape => strokeOf({ number, points: [[number, 0], [number + 1, 1]] }); // prettier-ignore
const everywhere: Box = { minX: -1e6, minY: -1e6, maxX: 1e6, maxY: 1e6 };

function found(items: SettledItems): Shape[] {
  const shapes: Shape[] = [];
  items.search(everywhere, ({ shape }) => shapes.push(shape));
  return shapes;
}

describe('settled items', () => {
  it('[V15] that are gone are not found, and come back with the path that they had', () => {
    const items = new SettledItems();
    const [shape, other] = [stroke(1), stroke(2)];
    const item = items.make(shape, null);
    items.add(item);
    items.add(items.make(other, null));
    const path = pathOf(item, 1);
    items.remove(item);
    expect([items.of(shape), items.has(item), found(items)]).toEqual([undefined, false, [other]]);
    const again = items.make(shape, null);
    items.add(again);
    expect(items.has(again)).toBe(true);
    expect(found(items)).toHaveLength(2);
    expect(pathOf(again, 1)).toBe(path);
  });

  it('[V15] are another one where the shape has another value', () => {
    const items = new SettledItems();
    const [before, after] = [stroke(1), { ...stroke(1), z: 7 }];
    const item = items.make(before, null);
    items.add(item);
    items.renew(item, after);
    expect([items.of(before), items.of(after)]).toEqual([undefined, item]);
    items.remove(item);
    items.add(items.make(before, null));
    expect(found(items)).toEqual([before]);
  });

  it('[V15] are another one where the shape is cut elsewhere than before', () => {
    const items = new SettledItems();
    const shape = strokeOf({ number: 1, points: [[0, 0], [400, 0]] }); // prettier-ignore
    const edge = edgeOfFrame(strokeOf({ number: 2, kind: 'frame', points: [[-100, -100], [200, 100]] })); // prettier-ignore
    const cut = items.make(shape, edge);
    items.add(cut);
    items.remove(cut);
    const whole = items.make(shape, null);
    expect([cut.bounds.maxX, cut.clip, whole.clip]).toEqual([200, edge, null]);
    expect(whole.bounds.maxX).toBeGreaterThanOrEqual(400);
  });

  it('[V15] that are gone are kept in bounds, however long they are', () => {
    const items = new SettledItems();
    const stays = items.make(stroke(0), null);
    items.add(stays);
    const kept = new Set<SceneItem>();
    let most = 0;
    for (let number = 1; number <= 1_500; number++) {
      const points = Array.from({ length: 190 }, (_, i): [number, number] => [i, number]);
      const item = items.make(strokeOf({ number, points }), null);
      kept.add(item);
      pathOf(item, 1);
      items.add(item);
      items.remove(item);
      for (const one of kept) if (one.number === NO_PLACE && !one.path) kept.delete(one);
      most = Math.max(most, kept.size);
    }
    expect(most).toBeGreaterThan(200);
    expect(most).toBeLessThan(255);
    expect(found(items)).toEqual([stays.shape]);
  });
});
