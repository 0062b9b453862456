import { expect, test } from 'vitest';
import { emptyMap, setIn } from './persistent-map.ts';
import { boardOf, strokeOf } from './testing/stroke.ts';
import { tracesAt } from './traces.ts';

test('[T15] at a point there is what lies there, and then what was erased there', () => {
  const at = (number: number, x: number) => strokeOf({ points: [[x, -100], [x, 100]], number }); // prettier-ignore
  const [back, front, beside, gone] = [at(1, 0), at(2, 1), at(3, 500), at(4, 0)];
  const shapes = [back, front, beside].map((shape, i) => ({ ...shape, z: i + 1 }));
  const erased = { ...gone, erasure: { by: 1, gesture: 9 } };
  const board = { ...boardOf(shapes), erased: setIn(emptyMap<typeof erased>(), erased.id, erased) };
  const idsAt = (x: number, y = 50) => tracesAt(board, shapes, { x, y }, 4).map(({ id }) => id);
  expect(idsAt(0)).toEqual([front.id, back.id, gone.id]);
  expect(idsAt(0, -60)).toEqual([front.id, back.id, gone.id]);
  expect(idsAt(500)).toEqual([beside.id]);
  expect(idsAt(250)).toEqual([]);
});
