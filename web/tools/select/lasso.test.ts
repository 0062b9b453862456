import { expect, it } from 'vitest';
import type { ShapeId } from '../../../shared/ids.ts';
import { testSheet, type TestSheet, way } from '../../testing/sheet.ts';
import { arrow, rectangle } from '../shapes.ts';
import type { PointerSample, Tool } from '../tool.ts';
import { lasso } from './lasso.ts';

type Place = readonly [x: number, y: number];

function draw(
  sheet: TestSheet,
  tool: Pick<Tool, 'begin'>,
  places: readonly Place[],
  keys: Partial<PointerSample> = {},
) {
  const samples = places
    .flatMap((place, i) => way([...(places[i - 1] ?? place)], [...place], i === 0 ? 1 : 6))
    .map((sample, i) => ({ ...sample, ...keys, time: i * 8 }));
  const [first, ...rest] = samples;
  const gesture = first && tool.begin(first, 'mouse', sheet);
  for (const sample of rest) {
    gesture?.move([sample]);
    gesture?.flush();
  }
  return gesture;
}

/** A box, and an arrow that leads away from it. */
function scene() {
  const sheet = testSheet();
  draw(sheet, rectangle, [[100, 100], [150, 150]])?.end(); // prettier-ignore
  const [box] = sheet.selection as [ShapeId];
  draw(sheet, arrow, [[200, 200], [400, 200]])?.end(); // prettier-ignore
  const [line] = sheet.selection as [ShapeId];
  sheet.select([]);
  return { sheet, box, line };
}

it('[G16] a loop selects what lies whole in it, whatever way round it is drawn', () => {
  const { sheet, box, line } = scene();
  const around: Place[] = [[80, 80], [180, 80], [180, 180], [80, 180]]; // prettier-ignore
  for (const loop of [around, [...around].reverse()]) {
    draw(sheet, lasso, loop)?.end();
    expect(sheet.selection).toEqual([box]);
  }
  // Half of the arrow is not it.
  draw(sheet, lasso, [[180, 180], [300, 180], [300, 220], [180, 220]])?.end(); // prettier-ignore
  expect(sheet.selection).toEqual([]);
  draw(sheet, lasso, [[180, 180], [420, 180], [420, 220], [180, 220]])?.end(); // prettier-ignore
  expect(sheet.selection).toEqual([line]);
  draw(sheet, lasso, around, { shift: true })?.end();
  expect(sheet.selection).toEqual([line, box]);
});

it('[G16] what is locked stays out, groups come whole, and one taken back leaves what was selected', () => {
  const { sheet, box, line } = scene();
  const around: Place[] = [[80, 80], [180, 80], [180, 180], [80, 180]]; // prettier-ignore
  sheet.propose({
    type: 'ChangeShapes',
    gesture: sheet.nextGesture(),
    shapes: [box, line],
    settings: [{ group: box }],
  });
  draw(sheet, lasso, around)?.end();
  expect([...sheet.selection].sort()).toEqual([box, line].sort());
  sheet.select([line]);
  for (const keys of [{ shift: true }, {}]) {
    draw(sheet, lasso, [[0, 0], [10, 0], [10, 10]], keys)?.takeBack(); // prettier-ignore
    expect(sheet.selection).toEqual([line]);
  }
  sheet.propose({ type: 'ChangeShapes', gesture: sheet.nextGesture(), shapes: [box], settings: [{ locked: true }] });
  draw(sheet, lasso, around)?.end();
  expect(sheet.selection).toEqual([]);
});
