import { describe, expect, it } from 'vitest';
import { MAX_SAMPLES_PER_COMMAND, MAX_SAMPLES_PER_STROKE } from '../../shared/limits.ts';
import type { PointerKind } from '../../shared/event.ts';
import { valuesOf } from '../../shared/persistent-map.ts';
import { pen } from './draw.ts';
import { samplesOf, testSheet, type TestSheet, way } from '../testing/sheet.ts';
import type { PointerSample } from './tool.ts';

const at = (x: number, y: number, time = 0, pressure = 0.5): PointerSample => ({ x, y, pressure, time });

function draw(sheet: TestSheet, samples: readonly PointerSample[], pointer: PointerKind = 'pen') {
  const [first, ...rest] = samples;
  const gesture = first ? pen.begin(first, pointer, sheet) : null;
  gesture?.move(rest);
  return gesture;
}

describe('pen', () => {
  it('[G1] starts a stroke at once, extends it when flushed, ends it when let go', () => {
    const sheet = testSheet();
    const gesture = pen.begin(at(10, 10), 'pen', sheet);
    expect(sheet.story).toBe('StartStroke');
    gesture?.move(way([12, 10], [30, 10], 10, 8));
    expect(sheet.story).toBe('StartStroke');
    gesture?.flush();
    gesture?.flush();
    gesture?.move([at(40, 10, 100)]);
    gesture?.end();
    expect(sheet.story).toBe('StartStroke ExtendStroke ExtendStroke EndStroke');
    expect(sheet.strokes[0]).toHaveLength(12);
    expect(sheet.strokes[0]?.at(-1)).toMatchObject({ x: 40, y: 10 });
  });

  it('[G2] draws where the camera looks, as finely as the screen shows it', () => {
    const sheet = testSheet({ x: 1000, y: -500, zoom: 4 });
    draw(sheet, way([0, 0], [80, 40], 3))?.end();
    expect(sheet.commands[0]).toMatchObject({ precision: 5 });
    expect(sheet.strokes[0]?.map(({ x, y }) => [x, y])).toEqual([[1000, -500], [1010, -495], [1020, -490]]); // prettier-ignore
  });

  it('[G3] keeps the time of samples that say nothing new', () => {
    const sheet = testSheet();
    draw(sheet, [at(0, 0), at(0.01, 0, 8), at(0, 0.02, 300), at(20, 0, 308), at(20, 0, 400)])?.end();
    expect(sheet.strokes[0]).toHaveLength(2);
    expect(sheet.strokes[0]?.[1]?.dt).toBe(308);
  });

  it('[G3] sums fractions of milliseconds without drift', () => {
    const sheet = testSheet();
    const samples = Array.from({ length: 301 }, (_, i) => at(i * 2, 0, 1000.25 + i * 7.51));
    draw(sheet, samples)?.end();
    expect(sheet.strokes[0]?.reduce((sum, { dt }) => sum + dt, 0)).toBe(Math.round(1000.25 + 300 * 7.51) - 1000);
  });

  it('keeps the pressure of a pen that stands still, and none that a mouse makes up', () => {
    const samples = [at(0, 0, 0, 0.1), at(0, 0, 8, 0.11), at(0, 0, 16, 0.6)];
    const withPen = testSheet();
    draw(withPen, samples)?.end();
    expect(withPen.strokes[0]?.map(({ pressure }) => pressure.toFixed(1))).toEqual(['0.1', '0.6']);
    const withMouse = testSheet();
    draw(withMouse, samples, 'mouse')?.end();
    expect(withMouse.strokes[0]?.map(({ pressure }) => pressure.toFixed(1))).toEqual(['0.5']);
  });

  it('[W19] keeps how a pen leans, in every run, and what a mouse or a finger says of that not', () => {
    const leaning = [
      { ...at(0, 0, 0), tilt: { x: 30, y: -20 } },
      { ...at(5, 0, 8), tilt: { x: 30, y: -20 } },
      { ...at(10, 0, 16), tilt: { x: -45.4, y: 60.6 } },
      at(15, 0, 24),
    ];
    const tiltsOf = (pointer: PointerKind) => {
      const sheet = testSheet();
      const gesture = draw(sheet, leaning.slice(0, 2), pointer);
      gesture?.flush();
      gesture?.move(leaning.slice(2));
      gesture?.end();
      return sheet.strokes[0]?.map(({ tilt }) => tilt);
    };
    expect(tiltsOf('pen')).toEqual([{ x: 30, y: -20 }, { x: 30, y: -20 }, { x: -45, y: 61 }, undefined]);
    expect([tiltsOf('mouse'), tiltsOf('touch')]).toEqual(Array(2).fill(Array(4).fill(undefined)));
  });

  it('[G4] proposes no command with more samples than one may have', () => {
    const sheet = testSheet();
    draw(sheet, way([0, 0], [9000, 0], 2 * MAX_SAMPLES_PER_COMMAND + 10))?.end();
    expect(sheet.story).toBe('StartStroke ExtendStroke ExtendStroke ExtendStroke EndStroke');
    expect(Math.max(...sheet.commands.map(samplesOf))).toBe(MAX_SAMPLES_PER_COMMAND);
  });

  it('[G4] goes on in another stroke where one is full, without a gap', () => {
    const sheet = testSheet();
    draw(sheet, way([0, 0], [90_000, 0], MAX_SAMPLES_PER_STROKE + 20))?.end();
    const [full, rest] = sheet.strokes;
    expect(sheet.board.shapes.size).toBe(2);
    expect(full).toHaveLength(MAX_SAMPLES_PER_STROKE);
    expect(rest).toHaveLength(21);
    expect([rest?.[0]?.x, rest?.[0]?.y]).toEqual([full?.at(-1)?.x, full?.at(-1)?.y]);
    expect(sheet.commands.filter(({ type }) => type === 'EndStroke')).toHaveLength(2);
  });

  it('[G5] stops where a command is refused, and says nothing more', () => {
    const refusedAtOnce = testSheet();
    refusedAtOnce.refuse('StartStroke');
    expect(pen.begin(at(0, 0), 'pen', refusedAtOnce)).toBeNull();
    const refusedLater = testSheet();
    const gesture = pen.begin(at(0, 0), 'pen', refusedLater);
    refusedLater.refuse('ExtendStroke');
    for (let i = 1; i < 5; i++) {
      gesture?.move([at(i * 10, 0, i * 8)]);
      gesture?.flush();
    }
    gesture?.end();
    expect(refusedLater.story).toBe('StartStroke ExtendStroke');
  });

  it('[G6] leaves nothing of a stroke that is taken back', () => {
    const sheet = testSheet();
    const gesture = draw(sheet, way([0, 0], [5, 0], 3));
    gesture?.takeBack();
    gesture?.end();
    expect(sheet.story).toBe('StartStroke Undo');
    expect(sheet.board.shapes.size).toBe(0);
    expect(sheet.board.authors[0]?.stroke).toBeNull();
  });
});

describe('a pen that rests', () => {
  const line = way([0, 0], [200, 100], 40);

  it('[G20] shows the stroke on to where the pointer is expected, and records nothing of that', () => {
    const sheet = testSheet();
    const gesture = pen.begin(at(10, 10), 'pen', sheet);
    gesture?.move([at(20, 10, 8)], [at(30, 12, 16), at(40, 14, 24)]);
    expect(sheet.foreseen).toEqual([]);
    gesture?.flush();
    expect(sheet.foreseen[0]?.map(({ x, y, dt }) => [x, y, dt])).toEqual([[10, 10, 0], [20, 10, 8], [30, 12, 8], [40, 14, 8]]); // prettier-ignore
    gesture?.move([at(21, 30, 16)]);
    gesture?.flush();
    gesture?.end();
    expect(sheet.foreseen).toHaveLength(1);
    expect(sheet.strokes[0]?.map(({ x, y }) => [x, y])).toEqual([[10, 10], [20, 10], [21, 30]]); // prettier-ignore
    // What was foreseen stays as it was: the values share no bytes that change.
    expect(sheet.foreseen[0]?.at(-1)).toMatchObject({ x: 40, y: 14 });
  });

  it('[G20] foresees nothing of a straight line, nor of what was refused', () => {
    const sheet = testSheet();
    const gesture = pen.begin(at(10, 10), 'pen', sheet);
    gesture?.move([{ ...at(20, 10, 8), shift: true }], [at(30, 12, 16)]);
    gesture?.flush();
    sheet.refuse('ExtendStroke');
    gesture?.move([at(30, 10, 16)], [at(40, 12, 24)]);
    gesture?.flush();
    expect(sheet.foreseen).toEqual([]);
  });

  it('[G17] makes a figure of what looks like one, which is undone to the ink and then to nothing', () => {
    const sheet = testSheet();
    const gesture = draw(sheet, line);
    gesture?.rest?.();
    gesture?.move([at(500, 500, 900)]);
    gesture?.end();
    const kinds = () => [...valuesOf(sheet.board.shapes)].map(({ kind }) => kind);
    expect(kinds()).toEqual(['line']);
    expect(sheet.story).toBe('StartStroke ExtendStroke EndStroke EraseShapes PlaceShape');
    sheet.propose({ type: 'Undo' });
    expect(kinds()).toEqual(['pen']);
    expect(sheet.strokes[0]).toHaveLength(40);
    sheet.propose({ type: 'Undo' });
    expect(kinds()).toEqual([]);
    sheet.propose({ type: 'Redo' });
    sheet.propose({ type: 'Redo' });
    expect(kinds()).toEqual(['line']);
  });

  it('[G17] goes on drawing where it looks like nothing, and a small mark stays ink', () => {
    const sheet = testSheet();
    const gesture = draw(sheet, [
      ...line,
      ...way([200, 100], [0, 160], 30, 400),
      ...way([0, 160], [200, 200], 30, 800),
    ]);
    gesture?.rest?.();
    gesture?.move([at(300, 300, 2000)]);
    gesture?.end();
    draw(sheet, way([0, 0], [20, 0], 10))?.rest?.();
    expect([...valuesOf(sheet.board.shapes)].map(({ kind }) => kind)).toEqual(['pen', 'pen']);
    expect(sheet.story).not.toContain('EraseShapes');
  });
});
