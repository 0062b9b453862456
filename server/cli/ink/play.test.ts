import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Command } from '../../../shared/command.ts';
import { type Nib, NIB_AT_ORIGIN, packSamples, unpackSamples } from '../../../shared/samples.ts';
import { RecordedPen } from './play.ts';
import { type PenSample, fitInto, readSvc } from './svc.ts';

/** A board that notes what is done on it. */
class Notes {
  readonly commands: Command[] = [];
  readonly cursors: (readonly [number, number])[] = [];
  #strokes = 0;
  nextStroke = (): number => this.#strokes + 1;
  do(command: Command): void {
    if (command.type === 'StartStroke') this.#strokes++;
    this.commands.push(command);
  }
  point(cursor: { x: number; y: number } | null): void {
    if (cursor) this.cursors.push([cursor.x, cursor.y]);
  }
}

const style = { color: 'ink', width: 3 } as const;
const at = (n: number, down: boolean): PenSample => ({ x: n, y: 2 * n, pressure: 0.5, at: n * 8, down });
const types = (notes: Notes): string[] => notes.commands.map((command) => command.type);

/** What was drawn, stroke by stroke, as any reader would see it. */
function drawn({ commands }: Notes) {
  const strokes: { x: number; y: number; pressure: number; dt: number }[][] = [];
  let nib: Nib = NIB_AT_ORIGIN;
  for (const command of commands) {
    if (command.type === 'StartStroke') {
      strokes.push([]);
      nib = NIB_AT_ORIGIN;
    }
    if (command.type !== 'StartStroke' && command.type !== 'ExtendStroke') continue;
    const samples = unpackSamples(command.samples, 4, nib);
    strokes.at(-1)?.push(...samples);
    const last = samples.at(-1);
    if (last) nib = packSamples([last], 4, NIB_AT_ORIGIN).nib;
  }
  return strokes;
}

test('[N26] down starts a stroke, further samples go on with it, up ends it and moves the cursor', () => {
  const notes = new Notes();
  const pen = new RecordedPen(notes, style);
  pen.draw([at(0, false)]);
  pen.draw([at(1, true), at(2, true)]);
  pen.draw([at(3, true)]);
  pen.draw([at(4, false), at(5, true)]);
  pen.lift();
  expect(types(notes)).toEqual(['StartStroke', 'ExtendStroke', 'EndStroke', 'StartStroke', 'EndStroke']);
  expect(notes.cursors).toEqual([[0, 0], [2, 4], [3, 6], [5, 10]]); // prettier-ignore
  expect([pen.strokes, pen.points]).toEqual([2, 4]);
});

test('[N26] a frame in which nothing happened does nothing', () => {
  const notes = new Notes();
  new RecordedPen(notes, style).draw([]);
  expect([notes.commands, notes.cursors]).toEqual([[], []]);
});

test('[N26] no command and no stroke is longer than it may be', () => {
  const notes = new Notes();
  const pen = new RecordedPen(notes, style);
  pen.draw(Array.from({ length: 20_600 }, (_, i) => at(i, true)));
  pen.lift();
  const strokes = drawn(notes);
  expect(strokes.reduce((sum, stroke) => sum + stroke.length, 0)).toBe(20_600);
  expect(strokes.length).toBe(2);
  expect(Math.max(...strokes.map((stroke) => stroke.length))).toBeLessThanOrEqual(20_000);
});

test.each([1, 7, 100])('[N26] a recording is drawn as it was, given %i samples at a time', (size) => {
  const text = readFileSync(new URL('../../../shared/fixtures/ink/sentence.svc', import.meta.url), 'utf8');
  const samples = fitInto(readSvc(text), -50, 20, 600);
  const notes = new Notes();
  const pen = new RecordedPen(notes, style);
  for (let i = 0; i < samples.length; i += size) pen.draw(samples.slice(i, i + size));
  pen.lift();
  const strokes = drawn(notes);
  expect(strokes.length).toBe(3);
  const down = samples.filter((sample) => sample.down);
  const seen = strokes.flat();
  expect(seen.length).toBe(down.length);
  down.forEach((sample, i) => {
    // Half a step of 1/16 unit, half a step of pressure.
    expect(Math.abs(seen[i]!.x - sample.x)).toBeLessThanOrEqual(1 / 32);
    expect(Math.abs(seen[i]!.y - sample.y)).toBeLessThanOrEqual(1 / 32);
    expect(Math.abs(seen[i]!.pressure - sample.pressure)).toBeLessThanOrEqual(1 / 510);
  });
  // The time within a stroke is the hand's, without drift.
  const first = down[0]!;
  const firstStroke = samples.slice(
    0,
    samples.findIndex((sample) => !sample.down),
  );
  const length = strokes[0]!.reduce((sum, { dt }) => sum + dt, 0);
  expect(Math.abs(length - (firstStroke.at(-1)!.at - first.at))).toBeLessThanOrEqual(1);
});
