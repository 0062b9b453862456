import { describe, expect, it } from 'vitest';
import type { ShapeId } from '../../../shared/ids.ts';
import { placedCorners } from '../../../shared/shapes/corners.ts';
import type { Shape } from '../../../shared/shapes/shape.ts';
import { testSheet, type TestSheet, way } from '../../testing/sheet.ts';
import { pen } from '../draw.ts';
import { eraser } from '../erase.ts';
import { frame, rectangle } from '../shapes.ts';
import type { PointerSample, Tool } from '../tool.ts';
import { lasso } from './lasso.ts';
import { select, shapeAt } from './select.ts';

type Place = readonly [x: number, y: number];

function drag(
  sheet: TestSheet,
  tool: Pick<Tool, 'begin'>,
  places: readonly Place[],
  keys: Pick<PointerSample, 'alt'> = {},
): void {
  const samples = places.flatMap((place, i) => (i === 0 ? [] : way([...(places[i - 1] as Place)], [...place], 12)));
  const [first, ...rest] = samples.map((sample) => ({ ...sample, ...keys }));
  const gesture = first && tool.begin(first, 'mouse', sheet);
  for (const sample of rest) {
    gesture?.move([sample]);
    gesture?.flush();
  }
  gesture?.end();
}

/** A frame of 200 × 200 at the origin, a line in it that leaves it to the right, and a box wholly in it. */
function framed(): { sheet: TestSheet; edge: ShapeId; stroke: ShapeId; box: ShapeId } {
  const sheet = testSheet();
  drag(sheet, frame, [[0, 0], [200, 200]]); // prettier-ignore
  const [edge] = sheet.selection;
  drag(sheet, rectangle, [[20, 20], [80, 60]]); // prettier-ignore
  const [box] = sheet.selection;
  const number = sheet.nextGesture();
  drag(sheet, pen, [[100, 100], [400, 100]]); // prettier-ignore
  sheet.select([]);
  return { sheet, edge: edge as ShapeId, box: box as ShapeId, stroke: sheet.idOf(number) };
}

const cornerOf = (sheet: TestSheet, id: ShapeId): [number, number] => {
  const [corner] = placedCorners(sheet.shape(id) as Shape);
  return [Math.round(corner?.x ?? NaN) + 0, Math.round(corner?.y ?? NaN) + 0];
};

describe('frames', () => {
  it('[G21] take along what belongs to them, and an undo brings all of it back', () => {
    const { sheet, edge, box, stroke } = framed();
    drag(sheet, rectangle, [[500, 0], [600, 60]]); // prettier-ignore
    const [beside] = sheet.selection as [ShapeId];
    sheet.select([]);
    drag(sheet, select, [[0, 150], [0, 1150]]); // prettier-ignore
    expect(sheet.selection).toEqual([edge]);
    expect([edge, box, stroke, beside].map((id) => cornerOf(sheet, id))).toEqual([[0, 1000], [20, 1020], [100, 1100], [500, 0]]); // prettier-ignore
    sheet.propose({ type: 'Undo' });
    expect([edge, box, stroke].map((id) => cornerOf(sheet, id))).toEqual([[0, 0], [20, 20], [100, 100]]); // prettier-ignore
  });

  it('[G21] are copied with what belongs to them', () => {
    const { sheet, edge, box } = framed();
    drag(sheet, select, [[0, 150], [0, 1150]], { alt: true }); // prettier-ignore
    expect(sheet.selection).toHaveLength(3);
    expect(sheet.board.shapes.size).toBe(6);
    expect([edge, box].map((id) => cornerOf(sheet, id))).toEqual([[0, 0], [20, 20]]); // prettier-ignore
    expect(sheet.selection.map((id) => cornerOf(sheet, id)).sort()).toEqual([[0, 1000], [100, 1100], [20, 1020]]); // prettier-ignore
  });

  it('[G21] are stretched over what they show, and turn with it', () => {
    const { sheet, edge, box } = framed();
    sheet.select([edge]);
    drag(sheet, select, [[200, 200], [500, 500]]); // prettier-ignore
    expect([edge, box].map((id) => cornerOf(sheet, id))).toEqual([[0, 0], [20, 20]]); // prettier-ignore
    expect(sheet.shape(box)?.attributes.transform).toBeUndefined();
    drag(sheet, select, [[250, -26], [600, 250]]); // prettier-ignore
    expect([edge, box].map((id) => cornerOf(sheet, id))).toEqual([[500, 0], [480, 20]]); // prettier-ignore
  });

  it('[G21] leave nothing to press beyond their edge', () => {
    const { sheet, stroke } = framed();
    expect(shapeAt(sheet, { x: 150, y: 100 }, 'mouse')?.id).toBe(stroke);
    expect(shapeAt(sheet, { x: 205, y: 100 }, 'touch')?.id).not.toBe(stroke);
    expect(shapeAt(sheet, { x: 300, y: 100 }, 'mouse')).toBeNull();
  });

  it.each(['whole', 'part'] as const)('[G21] nor to erase: %s', (mode) => {
    const { sheet, edge, stroke } = framed();
    sheet.eraser = mode;
    drag(sheet, eraser, [[300, 0], [300, 200]]); // prettier-ignore
    drag(sheet, eraser, [[400, 100], [250, 100]]); // prettier-ignore
    expect(sheet.shape(stroke)).toBeDefined();
    drag(sheet, eraser, [[150, 80], [150, 120]]); // prettier-ignore
    expect(sheet.shape(stroke)).toBeUndefined();
    // What is left of it begins within the frame: nothing comes to light that was cut off.
    const left = [...sheet.shapesIn({ minX: 210, minY: 0, maxX: 500, maxY: 200 })].filter(({ id }) => id !== edge);
    expect(left).toEqual([]);
    expect(sheet.board.shapes.size).toBe(mode === 'whole' ? 2 : 4);
  });

  it('[G21] a box or a loop takes what it goes around of what is shown', () => {
    const { sheet, stroke } = framed();
    drag(sheet, select, [[90, 80], [215, 120]]); // prettier-ignore
    expect(sheet.selection).toEqual([stroke]);
    drag(sheet, lasso, [[90, 80], [215, 80], [215, 120], [90, 120]]); // prettier-ignore
    expect(sheet.selection).toEqual([stroke]);
  });
});
