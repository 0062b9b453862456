import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyBoard, fold } from '../board.ts';
import { emptyInk, extendInk, type Ink, inkBytes } from '../ink.ts';
import { MAX_SAMPLES_PER_STROKE } from '../limits.ts';
import { valuesOf } from '../persistent-map.ts';
import { NIB_AT_ORIGIN, packSamples } from '../samples.ts';
import { anyRun } from '../testing/arbitraries.ts';
import { generateSession } from '../testing/session-generator.ts';
import { packInk, unpackInk } from './ink-codec.ts';
import { MAX_RICE_BITS, MAX_SPLIT, RiceReader, RiceWriter } from './rice.ts';
import { WireError } from './wire-error.ts';

const packed = (ink: Ink): Uint8Array => packInk(ink).slice();
const inkOf = (...points: readonly (readonly [x: number, y: number])[]): Ink => {
  const samples = points.map(([x, y]) => ({ x, y, pressure: 0.5, dt: 8 }));
  return extendInk(emptyInk(12), packSamples(samples, 12, NIB_AT_ORIGIN).samples);
};

test('[W9] [W19] ink comes back to the byte', () => {
  fc.assert(
    fc.property(anyRun, ({ precision, samples }) => {
      const ink = extendInk(emptyInk(precision), samples);
      const read = unpackInk(packed(ink), precision, 'ink');
      expect(inkBytes(read)).toEqual(inkBytes(ink));
      expect({ ...read, backing: null }).toEqual({ ...ink, backing: null });
      // It can be drawn on with.
      expect(inkBytes(extendInk(read, samples))).toEqual(inkBytes(extendInk(ink, samples)));
    }),
    { seed: 1, numRuns: 500 },
  );
});

test('[W9] a stroke that leaps over the whole board is kept as it is', () => {
  const ink = inkOf([-1e7, -1e7], [1e7, 1e7], [-1e7, 1e7]);
  expect(inkBytes(unpackInk(packed(ink), 12, 'ink'))).toEqual(inkBytes(ink));
  expect(packed(ink).length).toBe(ink.length + 2);
});

test('[W9] ink takes less than two thirds of what its runs did', () => {
  const events = generateSession({ seed: 1, authors: 5, events: 20_000 }).flatMap((commit) => commit.events);
  const inks = [...valuesOf(fold(emptyBoard, events).shapes)].map((shape) => shape.ink);
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const bytes = sum(inks.map((ink) => packInk(ink).length));
  expect(bytes).toBeLessThan((sum(inks.map((ink) => ink.length)) * 2) / 3);
});

test.each<[string, readonly number[], RegExp]>([
  ['nothing', [], /must be whole numbers/],
  ['no samples', [0], /must have 1 to 20000 samples, not 0/],
  ['fewer than none', [1], /not -1/],
  ['more samples than a stroke may have', [0xc2, 0xb8, 0x02], /not 20001/],
  ['a split beyond all numbers', [2, 0xd0, 0, 0, 0, 0, 0], /splits of at most 12/],
  ['no first sample', [2, 0, 0], /must be whole numbers/],
  ['half a run', [2, 0xff, 0], /must be whole numbers/],
  ['more than a run', [2, 0xff, 0, 0, 0, 0, 0], /must end with its last sample/],
  ['a varint in a longer form', [2, 0xff, 0x80, 0, 0, 0, 0], /shortest form/],
  ['a pressure below 0', [2, 0xff, 0, 0, 1, 0], /pressures from 0 to 255/],
  ['a tilt that does not come', [2, 0xff, 0, 0, 0, 1], /must be whole numbers/],
  ['a tilt that changes nothing', [2, 0xff, 0, 0, 0, 1, 0, 0], /tilts that change/],
  ['a pen upside down', [2, 0xff, 0, 0, 0, 1, 0xb6, 1, 0], /tilts within 90 degrees/],
  ['no tilts where some are said', [2, 0xfe, 0], /1 to 1 tilts, not 0/],
  ['a tilt of a sample beyond', [2, 0xfe, 2, 2, 2, 2], /tilts of its samples/],
  ['a leap off the board', [2, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 0, 0, 0], /must not leave the board/],
])('[W6] ink with %s is refused', (_, bytes, message) => {
  expect(() => unpackInk(Uint8Array.from(bytes), 3, 'ink')).toThrow(message);
});

test('[W6] ink that is cut off, goes on, or is filled with ones is refused', () => {
  const bytes = packed(inkOf([0, 0], [1, 1], [2, 3], [4, 4]));
  for (let length = 0; length < bytes.length; length++) {
    expect(() => unpackInk(bytes.subarray(0, length), 12, 'ink')).toThrow(WireError);
  }
  expect(() => unpackInk(Uint8Array.of(...bytes, 0), 12, 'ink')).toThrow(/end with its last sample/);
  const last = bytes.length - 1;
  expect(() => unpackInk(bytes.with(last, (bytes[last] as number) | 1), 12, 'ink')).toThrow(WireError);
});

test('[W6] 20 000 samples out of nothing are refused', () => {
  expect(() => unpackInk(Uint8Array.of(0xc0, 0xb8, 0x02, 0, 0, 0, 0, 0, 0), 3, 'ink')).toThrow(/end with its last/);
  expect(MAX_SAMPLES_PER_STROKE).toBe(20_000);
});

test('Rice codes of any numbers at any split', () => {
  const number = fc.oneof(fc.nat(40), fc.nat(5000), fc.nat(2 ** MAX_RICE_BITS - 1));
  const code = fc.tuple(number, fc.nat(MAX_SPLIT));
  fc.assert(
    fc.property(fc.array(code, { maxLength: 200 }), (codes) => {
      const bytes = new Uint8Array(codes.length * 6 + 2);
      const writer = new RiceWriter(bytes, 1);
      for (const [value, split] of codes) writer.write(value, split);
      const reader = new RiceReader(bytes.subarray(0, writer.end()), 1);
      expect(codes.map(([, split]) => reader.read(split))).toEqual(codes.map(([value]) => value));
      expect(reader.atEnd).toBe(true);
    }),
    { seed: 1, numRuns: 500 },
  );
});
