import { describe, expect, it } from 'vitest';
import type { ShapeId } from '../../../shared/ids.ts';
import { getFrom } from '../../../shared/persistent-map.ts';
import { translation } from '../../../shared/matrix.ts';
import { placedCorners, placedEnds } from '../../../shared/shapes/corners.ts';
import { kindOf } from '../../../shared/shapes/kinds.ts';
import type { Shape } from '../../../shared/shapes/shape.ts';
import { testSheet, type TestSheet, way } from '../../testing/sheet.ts';
import { arrow, rectangle } from '../shapes.ts';
import { copyShapes } from './copy.ts';
import type { PointerSample, Tool } from '../tool.ts';
import { overPast } from '../tools.ts';
import { select } from './select.ts';

type Place = readonly [x: number, y: number];
type Keys = Pick<PointerSample, 'shift' | 'alt'>;

function drag(sheet: TestSheet, tool: Pick<Tool, 'begin'>, from: Place, to: Place, keys: Keys = {}): void {
  const [first, ...rest] = way([...from], [...to], 6).map((sample) => ({ ...sample, ...keys }));
  const gesture = first && tool.begin(first, 'mouse', sheet);
  for (const sample of rest) {
    gesture?.move([sample]);
    gesture?.flush();
  }
  gesture?.end();
}
const click = (sheet: TestSheet, at: Place, keys: Keys = {}): void => drag(sheet, select, at, at, keys);

/** Two rectangles of 100 × 50 beside each other. */
function twoBoxes(): { sheet: TestSheet; left: ShapeId; right: ShapeId } {
  const sheet = testSheet();
  drag(sheet, rectangle, [0, 0], [100, 50]);
  const [left] = sheet.selection;
  drag(sheet, rectangle, [300, 7], [400, 57]);
  const [right] = sheet.selection;
  sheet.select([]);
  return { sheet, left: left as ShapeId, right: right as ShapeId };
}

const boundsOf = (sheet: TestSheet, id: ShapeId) => {
  const shape = getFrom(sheet.board.shapes, id);
  if (!shape) throw new Error(`There is no ${id}.`);
  return kindOf(shape).bounds(shape);
};

describe('select', () => {
  it('[G11] takes what is pressed, with Shift more, and beside everything nothing', () => {
    const { sheet, left, right } = twoBoxes();
    click(sheet, [0, 20]);
    expect(sheet.selection).toEqual([left]);
    click(sheet, [300, 30], { shift: true });
    expect(sheet.selection).toEqual([left, right]);
    click(sheet, [300, 30], { shift: true });
    expect(sheet.selection).toEqual([left]);
    click(sheet, [200, 200]);
    expect(sheet.selection).toEqual([]);
    expect(sheet.story).not.toContain('MoveShapes');
  });

  it('[G11] takes what lies whole in a box, and all of its groups', () => {
    const { sheet, left, right } = twoBoxes();
    drag(sheet, select, [-20, -20], [350, 80]);
    expect(sheet.selection).toEqual([left]);
    sheet.propose({
      type: 'ChangeShapes',
      gesture: sheet.nextGesture(),
      shapes: [left, right],
      settings: [{ group: left }],
    });
    drag(sheet, select, [-20, -20], [150, 80]);
    expect(new Set(sheet.selection)).toEqual(new Set([left, right]));
  });

  it('[G9] a box that is taken back leaves what was selected', () => {
    const { sheet, left, right } = twoBoxes();
    sheet.select([left]);
    const [first, ...rest] = way([-20, -20], [420, 80], 6);
    const box = first && select.begin(first, 'touch', sheet);
    box?.move(rest);
    box?.flush();
    expect(new Set(sheet.selection)).toEqual(new Set([left, right]));
    box?.takeBack();
    expect(sheet.selection).toEqual([left]);
  });

  it('[T24] in the past takes the same by press, Shift and box, and changes nothing, wherever a drag begins', () => {
    const { sheet, left, right } = twoBoxes();
    const { length } = sheet.commands;
    const past = overPast(select);
    const press = (at: Place, keys: Keys = {}): void => drag(sheet, past, at, at, keys);
    press([0, 20]);
    expect(sheet.selection).toEqual([left]);
    press([300, 30], { shift: true });
    expect(sheet.selection).toEqual([left, right]);
    press([0, 20], { shift: true });
    expect(sheet.selection).toEqual([right]);
    press([200, 200], { shift: true });
    expect(sheet.selection).toEqual([right]);
    press([200, 200]);
    expect(sheet.selection).toEqual([]);
    drag(sheet, past, [100, 25], [420, -20]);
    expect(sheet.selection).toEqual([]);
    drag(sheet, past, [420, 80], [-20, -20]);
    expect(new Set(sheet.selection)).toEqual(new Set([left, right]));
    // Where a handle and where a whole selection would be taken hold of.
    for (const at of [[0, 0], [50, 25], [400, 57]] as const) drag(sheet, past, at, [at[0] + 40, at[1] + 40]); // prettier-ignore
    expect(sheet.commands).toHaveLength(length);
    expect(past.twice).toBeUndefined();
  });

  it('[G12] a drag moves all that is selected, in one gesture', () => {
    const { sheet, left, right } = twoBoxes();
    sheet.select([left, right]);
    drag(sheet, select, [0, 20], [40, 220]);
    expect(boundsOf(sheet, left)).toMatchObject({ minX: 38, minY: 198 });
    expect(boundsOf(sheet, right)).toMatchObject({ minX: 338, minY: 205 });
    sheet.propose({ type: 'Undo' });
    expect(boundsOf(sheet, left)).toMatchObject({ minX: -2, minY: -2 });
    expect(boundsOf(sheet, right)).toMatchObject({ minX: 298, minY: 5 });
  });

  it('[G12] moved near others it lines up with them, and with Shift goes only along or across', () => {
    const { sheet, left } = twoBoxes();
    drag(sheet, select, [0, 20], [30, 23]);
    // The other one's top is at 5, with its line.
    expect(boundsOf(sheet, left).minY).toBe(5);
    drag(sheet, select, [50, 7], [50 - 200, 40], { shift: true });
    expect(boundsOf(sheet, left).minY).toBe(5);
  });

  it('[G12] with Alt a copy is moved, and undone with its movement', () => {
    const { sheet, left } = twoBoxes();
    drag(sheet, select, [0, 20], [0, 320], { alt: true });
    expect(sheet.board.shapes.size).toBe(3);
    expect(sheet.selection).not.toContain(left);
    expect(boundsOf(sheet, left).minY).toBe(-2);
    sheet.propose({ type: 'Undo' });
    expect(sheet.board.shapes.size).toBe(2);
  });

  it('[G13] a handle stretches from the other side, a corner with Shift evenly', () => {
    const { sheet, left } = twoBoxes();
    sheet.select([left]);
    drag(sheet, select, [100, 25], [202, 25]);
    const { minX, maxX, minY, maxY } = boundsOf(sheet, left);
    expect([minX, maxX, minY, maxY].map(Math.round)).toEqual([-2, 204, -2, 52]);
    drag(sheet, select, [202, 50], [404, 60], { shift: true });
    const even = boundsOf(sheet, left);
    expect((even.maxX - even.minX) / (even.maxY - even.minY)).toBeCloseTo(206 / 54, 0);
  });

  it('[G13] the handle above turns, with Shift by steps', () => {
    const { sheet, left } = twoBoxes();
    sheet.select([left]);
    drag(sheet, select, [50, -28], [130, 20], { shift: true });
    const [a, b] = getFrom(sheet.board.shapes, left)?.attributes.transform ?? [0, 0];
    expect(Math.atan2(b, a)).toBeCloseTo(Math.PI / 2);
  });

  it('[G12] what is locked stays where it is', () => {
    const { sheet, left } = twoBoxes();
    sheet.propose({ type: 'ChangeShapes', gesture: sheet.nextGesture(), shapes: [left], settings: [{ locked: true }] });
    drag(sheet, select, [0, 20], [90, 90]);
    expect(boundsOf(sheet, left).minX).toBe(-2);
    drag(sheet, select, [-20, -20], [150, 80]);
    expect(sheet.selection).toEqual([]);
  });

  it('[G14] a second press writes: on what is there, or beside it', () => {
    const { sheet, left } = twoBoxes();
    const at = (x: number, y: number): PointerSample => ({ x, y, pressure: 0.5, time: 0 });
    select.twice(at(0, 20), sheet);
    select.twice(at(200, 300), sheet);
    sheet.select([left]);
    select.twice(at(50, 25), sheet);
    expect(sheet.written).toEqual([left, { x: 200, y: 300 }, left]);
  });
});

describe('lines that hold', () => {
  const endsOf = (sheet: TestSheet, id: ShapeId): number[] =>
    placedEnds(getFrom(sheet.board.shapes, id) as Shape).flatMap(({ x, y }) => [Math.round(x), Math.round(y)]);

  it('[G15] a line that is drawn from one thing to another holds to both, and its drawing is undone at once', () => {
    const { sheet, left, right } = twoBoxes();
    drag(sheet, arrow, [80, 20], [320, 30]);
    const [line] = sheet.selection as [ShapeId];
    expect(sheet.shape(line)?.attributes).toMatchObject({ from: left, to: right });
    sheet.select([]);
    drag(sheet, select, [335, 7], [335, 307]);
    const [, , x, y] = endsOf(sheet, line) as [number, number, number, number];
    expect(x).toBeGreaterThan(280);
    expect(y).toBeGreaterThan(200);
    sheet.propose({ type: 'Undo' });
    sheet.propose({ type: 'Undo' });
    expect(sheet.shape(line)).toBeUndefined();
    expect(sheet.shape(right)).toBeDefined();
  });

  it('[G15] with Alt it holds to nothing, and what is drawn within a thing does not hold to it', () => {
    const { sheet } = twoBoxes();
    drag(sheet, arrow, [80, 20], [320, 30], { alt: true });
    expect(sheet.shape(sheet.selection[0] as ShapeId)?.attributes).toEqual({});
    drag(sheet, arrow, [10, 10], [90, 40]);
    expect(sheet.shape(sheet.selection[0] as ShapeId)?.attributes).toEqual({});
  });

  it('[G15] an end is drawn to another thing, or away; a line moved by itself lets go', () => {
    const { sheet, left, right } = twoBoxes();
    drag(sheet, arrow, [200, 300], [320, 30]);
    const [line] = sheet.selection as [ShapeId];
    expect(sheet.shape(line)?.attributes.to).toBe(right);
    drag(sheet, select, [200, 300], [50, 25]);
    expect(sheet.shape(line)?.attributes).toMatchObject({ from: left, to: right });
    const [x = 0, y = 0] = endsOf(sheet, line).slice(2);
    drag(sheet, select, [x, y], [200, 500]);
    expect(sheet.shape(line)?.attributes).toMatchObject({ from: left });
    expect(sheet.shape(line)?.attributes.to).toBeUndefined();
    expect(endsOf(sheet, line).slice(2)).toEqual([200, 500]);
    sheet.propose({ type: 'Undo' });
    expect(sheet.shape(line)?.attributes.to).toBe(right);

    const [a = 0, b = 0, c = 0, d = 0] = endsOf(sheet, line);
    const middle = [(a + c) / 2, (b + d) / 2] as const;
    drag(sheet, select, middle, [middle[0], middle[1] + 150]);
    expect(sheet.shape(line)?.attributes.from).toBeUndefined();
    // Lined up with what is beside it, both ends alike.
    const [x1 = 0, y1, x2 = 0, y2] = endsOf(sheet, line);
    expect([y1, y2, x2 - x1]).toEqual([b + 150, d + 150, c - a]);
    sheet.propose({ type: 'Undo' });
    expect(sheet.shape(line)?.attributes).toMatchObject({ from: left, to: right });
    expect(endsOf(sheet, line)).toEqual([a, b, c, d]);
  });

  it('[G15] copies of lines hold to the copies of what they held to', () => {
    const { sheet, left, right } = twoBoxes();
    drag(sheet, arrow, [80, 20], [320, 30]);
    const [line] = sheet.selection as [ShapeId];
    const shapes = [left, right, line].map((id) => sheet.shape(id) as Shape);
    const copies = copyShapes(sheet, shapes, sheet.nextGesture(), translation(0, 500));
    const copied = copies.map((id) => sheet.shape(id) as Shape);
    const copy = copied.find(({ kind }) => kind === 'arrow') as Shape;
    expect([copy.attributes.from, copy.attributes.to].sort()).toEqual(copies.filter((id) => id !== copy.id).sort());
    expect(endsOf(sheet, copy.id)).toEqual(endsOf(sheet, line).map((place, i) => (i % 2 ? place + 500 : place)));
    const [alone] = copyShapes(sheet, [sheet.shape(line) as Shape], sheet.nextGesture(), translation(9, 0));
    expect(sheet.shape(alone as ShapeId)?.attributes.from).toBeUndefined();
  });
});

describe('keeping to the grid', () => {
  it('[G18] figures are drawn, moved, and stretched from place to place of it', () => {
    const sheet = testSheet();
    sheet.grid = 24;
    drag(sheet, rectangle, [10, 15], [100, 130]);
    const [box] = sheet.selection as [ShapeId];
    const corners = () => placedCorners(sheet.shape(box) as Shape).flatMap(({ x, y }) => [x, y]);
    expect(corners()).toEqual([0, 24, 96, 24, 96, 120, 0, 120]);
    drag(sheet, select, [30, 24], [63, 40]);
    expect(corners()).toEqual([24, 48, 120, 48, 120, 144, 24, 144]);
    const before = corners();
    drag(sheet, select, [before[4] as number, before[5] as number], [201, 207]);
    expect(corners().slice(4, 6)).toEqual([192, 216]);
  });
});
