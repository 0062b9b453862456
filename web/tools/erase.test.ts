import { describe, expect, it } from 'vitest';
import { MAX_SHAPES_PER_COMMAND } from '../../shared/limits.ts';
import { pen } from './draw.ts';
import { eraser } from './erase.ts';
import { testSheet, type TestSheet, way } from '../testing/sheet.ts';

function drawLine(sheet: TestSheet, from: [number, number], to: [number, number]): void {
  const [first, ...rest] = way(from, to, 5);
  const gesture = first && pen.begin(first, 'pen', sheet);
  gesture?.move(rest);
  gesture?.end();
}

function threeLines(): TestSheet {
  const sheet = testSheet();
  for (const x of [100, 200, 300]) drawLine(sheet, [x, 0], [x, 100]);
  return sheet;
}

describe('eraser', () => {
  it('[G7] takes away every stroke that it crosses, in one gesture, however fast', () => {
    const sheet = threeLines();
    const [start, ...rest] = way([50, 50], [250, 50], 2);
    const gesture = start && eraser.begin(start, 'mouse', sheet);
    gesture?.move(rest);
    gesture?.flush();
    gesture?.move(way([260, 50], [350, 60], 2));
    gesture?.end();
    expect(sheet.board.shapes.size).toBe(0);
    const erasures = sheet.commands.filter((command) => command.type === 'EraseShapes');
    expect(erasures).toHaveLength(2);
    expect(new Set(erasures.map(({ gesture }) => gesture)).size).toBe(1);
    sheet.propose({ type: 'Undo' });
    expect(sheet.board.shapes.size).toBe(3);
  });

  it('[G7] leaves what it passes by', () => {
    const sheet = threeLines();
    const gesture = eraser.begin({ x: 150, y: 50, pressure: 0, time: 0 }, 'mouse', sheet);
    gesture?.move(way([150, 50], [150, 200], 4));
    gesture?.end();
    expect(sheet.board.shapes.size).toBe(3);
    expect(sheet.story).not.toContain('EraseShapes');
  });

  it('is as large on the screen at every zoom', () => {
    const zoom = 4;
    // The line is 8 pixels to each side, the eraser 9.
    for (const [pixelsAway, left] of [
      [20, 3],
      [15, 2],
    ]) {
      // prettier-ignore
      const sheet = threeLines();
      sheet.camera = { x: 0, y: 0, zoom };
      eraser.begin({ x: 200 * zoom - (pixelsAway ?? 0), y: 200, pressure: 0, time: 0 }, 'mouse', sheet).end();
      expect(sheet.board.shapes.size).toBe(left);
    }
  });

  it('takes a dot with a click, and names each stroke once', () => {
    const sheet = testSheet();
    drawLine(sheet, [10, 10], [10, 10]);
    const gesture = eraser.begin({ x: 12, y: 12, pressure: 0, time: 0 }, 'mouse', sheet);
    gesture?.move(way([12, 12], [10, 10], 5));
    gesture?.end();
    expect(sheet.board.shapes.size).toBe(0);
    expect(sheet.commands.filter(({ type }) => type === 'EraseShapes')).toHaveLength(1);
  });

  it('[G4] names no more shapes in a command than it may', () => {
    const sheet = testSheet();
    for (let i = 0; i < MAX_SHAPES_PER_COMMAND + 5; i++) drawLine(sheet, [50, 50], [52, 50]);
    eraser.begin({ x: 50, y: 50, pressure: 0, time: 0 }, 'mouse', sheet)?.end();
    expect(sheet.board.shapes.size).toBe(0);
    const counts = sheet.commands.flatMap((one) => (one.type === 'EraseShapes' ? [one.shapes.length] : []));
    expect(counts).toEqual([MAX_SHAPES_PER_COMMAND, 5]);
  });

  it('[G6] brings back what it took where it was not meant', () => {
    const sheet = threeLines();
    const gesture = eraser.begin({ x: 100, y: 50, pressure: 0, time: 0 }, 'touch', sheet);
    expect(sheet.board.shapes.size).toBe(2);
    gesture?.takeBack();
    expect(sheet.board.shapes.size).toBe(3);
  });
});
