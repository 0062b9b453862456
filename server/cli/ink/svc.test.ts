import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SvcError, fitInto, readSvc } from './svc.ts';

const recording = (name: string) =>
  readSvc(readFileSync(new URL(`../../../shared/fixtures/ink/${name}`, import.meta.url), 'utf8'));

const strokesIn = (samples: ReturnType<typeof readSvc>): number =>
  samples.filter((sample, i) => sample.down && !samples[i - 1]?.down).length;

test.each([
  // file, samples, pen down, strokes, length in ms: in seconds with pressure 0 … 1, in ms with pressure 0 … 32767
  ['signal.svc', 1378, 819, 5, 11_731],
  ['sentence.svc', 607, 501, 3, 9040],
])('[N26] %s is read in its own units', (name, count, down, strokes, duration) => {
  const samples = recording(name);
  expect(samples.length).toBe(count);
  expect(samples.filter((sample) => sample.down).length).toBe(down);
  expect(strokesIn(samples)).toBe(strokes);
  expect(Math.round(samples.at(-1)!.at)).toBe(duration);
  expect(samples[0]?.at).toBe(0);
  const pressures = samples.map((sample) => sample.pressure);
  expect(Math.max(...pressures)).toBeGreaterThan(0.5);
  expect(pressures.every((pressure) => pressure >= 0 && pressure <= 1)).toBe(true);
});

test('[N26] writing runs to the right and stands upright', () => {
  const drawn = recording('sentence.svc').filter((sample) => sample.down);
  const loops = drawn.slice(0, 250);
  expect(loops.at(-1)!.x).toBeGreaterThan(loops[0]!.x);
  // Letters like "e" are written with their loops above the line they stand on: the pen enters from below.
  const top = loops.reduce((a, b) => (b.y < a.y ? b : a));
  expect(top.y).toBeLessThan(loops[0]!.y);
});

test('[N26] a recording fits into its square in its own proportions, hovering left out of account', () => {
  const samples = readSvc('4\n0 0 0 1 0 0 1\n10 20 1 1 0 0 1\n90 -90 2 0 0 0 0\n5 5 3 1 0 0 1');
  const fitted = fitInto(samples, 100, 200, 40);
  expect(fitted.map(({ x, y }) => [x, y])).toEqual([
    [100, 240],
    [120, 200],
    [280, 420],
    [110, 230],
  ]);
});

test('[N26] a single dot fits, and so does a pen that never touched', () => {
  expect(fitInto(readSvc('1\n5 5 0 1 0 0 0.5'), 1, 2, 40)).toMatchObject([{ x: 1, y: 2, pressure: 0.5, down: true }]);
  expect(fitInto(readSvc('1\n5 5 0 0 0 0 0'), 1, 2, 40)).toMatchObject([{ x: 1, y: 2, down: false }]);
});

test('[N26] more lines than the first one says are read, as some tablets write them', () => {
  expect(readSvc('1\n0 0 0 1 0 0 1\n1 1 8 1 0 0 1\n').length).toBe(2);
});

test.each([
  ['', 'Line 1: this must be the number of samples.'],
  ['0', 'Line 1: this must be the number of samples.'],
  ['many\n1 2 3 1 0 0 1', 'Line 1: this must be the number of samples.'],
  ['2\n0 0 0 1 0 0 1', 'Line 3: the file ends here, but says it has 2 samples.'],
  ['1\n0 0 0 1 0 0', 'Line 2: there must be 7 numbers, not 6.'],
  ['1\n0 0 0 1 0 0 1 1', 'Line 2: there must be 7 numbers, not 8.'],
  ['1\n0 NaN 0 1 0 0 1', 'Line 2: column 2 is not a number.'],
  ['1\n0 0 Infinity 1 0 0 1', 'Line 2: column 3 is not a number.'],
  ['1\n0 0 0 2 0 0 1', 'Line 2: pen down must be 0 or 1, not 2.'],
  ['1\n0 0 0 1 0 0 -1', 'Line 2: pressure must not be below 0.'],
  ['2\n0 0 8 1 0 0 1\n0 0 7 1 0 0 1', 'Line 3: time goes back.'],
])('[N26] %j is refused by line', (text, message) => {
  expect(() => readSvc(text)).toThrow(new SvcError(0, '').constructor as typeof SvcError);
  expect(() => readSvc(text)).toThrow(message);
});
