import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyInk, extendInk, inkBytes, inkSamples, partOfInk } from './ink.ts';
import { MAX_COORDINATE, MAX_PRECISION, MIN_PRECISION } from './limits.ts';
import { durationOf, samplesWithin } from './sample-time.ts';
import { NIB_AT_ORIGIN, packSamples, type Sample, stepOf, unpackSamples } from './samples.ts';

const coordinate = fc.double({ min: -MAX_COORDINATE, max: MAX_COORDINATE, noNaN: true });
const sample: fc.Arbitrary<Sample> = fc.record({
  x: coordinate,
  y: coordinate,
  pressure: fc.double({ min: 0, max: 1, noNaN: true }),
  dt: fc.integer({ min: 0, max: 60_000 }),
});
const precision = fc.integer({ min: MIN_PRECISION, max: MAX_PRECISION });
const runs = fc.array(fc.array(sample, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 8 });

describe('samples', () => {
  test('come back within half a step, wherever a run is cut', () => {
    fc.assert(
      fc.property(runs, precision, (cut, digits) => {
        let nib = NIB_AT_ORIGIN;
        let ink = emptyInk(digits);
        for (const run of cut) {
          const packed = packSamples(run, digits, nib);
          expect(unpackSamples(packed.samples, digits, nib)).toHaveLength(run.length);
          nib = packed.nib;
          ink = extendInk(ink, packed.samples);
        }
        const back = inkSamples(ink);
        const put = cut.flat();
        expect(back).toHaveLength(put.length);
        back.forEach((one, i) => {
          const expected = put[i] as Sample;
          expect(Math.abs(one.x - expected.x)).toBeLessThanOrEqual(stepOf(digits) / 2);
          expect(Math.abs(one.y - expected.y)).toBeLessThanOrEqual(stepOf(digits) / 2);
          expect(Math.abs(one.pressure - expected.pressure)).toBeLessThanOrEqual(0.5 / 255 + 1e-9);
          expect(one.dt).toBe(expected.dt);
        });
        expect(ink.nib).toEqual(nib);
        expect(ink.count).toBe(put.length);
        expect(ink.duration).toBe(put.reduce((sum, one) => sum + one.dt, 0));
      }),
    );
  });

  test('[W19] keep how a pen leans, to the degree, wherever a run is cut', () => {
    const tilts = [[-90, 90], [-90, 90], [12.4, -7.6], [0, 0], [500, 0]] as const; // prettier-ignore
    const path = tilts.map(([x, y], i) => ({ x: i, y: 0, pressure: 0.5, dt: i, tilt: { x, y } }));
    const kept = [{ x: -90, y: 90 }, { x: -90, y: 90 }, { x: 12, y: -8 }, undefined, { x: 90, y: 0 }]; // prettier-ignore
    for (let cut = 0; cut <= path.length; cut++) {
      const first = packSamples(path.slice(0, cut), 3, NIB_AT_ORIGIN);
      const second = packSamples(path.slice(cut), 3, first.nib);
      const ink = extendInk(extendInk(emptyInk(3), first.samples), second.samples);
      expect(inkSamples(ink).map(({ tilt }) => tilt)).toEqual(kept);
      expect(ink.duration).toBe(10);
      expect([durationOf(first.samples) + durationOf(second.samples), ink.nib.tilt.x]).toEqual([10, 90]);
    }
    const whole = packSamples(path, 3, NIB_AT_ORIGIN).samples;
    expect(unpackSamples(samplesWithin(whole, 3), 3, NIB_AT_ORIGIN).map(({ tilt }) => tilt)).toEqual(kept.slice(0, 3));
    const part = inkSamples(partOfInk(extendInk(emptyInk(3), whole), 0.5, 2.5));
    expect(part.map(({ tilt }) => tilt)).toEqual([kept[0], kept[1], kept[2], { x: 6, y: -4 }]);
  });

  test('[W19] cost nothing more where nothing leans, and little where a pen is held as it was', () => {
    const hand = Array.from({ length: 100 }, (_, i) => ({ x: i * 3.1, y: i * 1.4, pressure: 0.5, dt: 8 }));
    const upright = packSamples(hand.map((one) => ({ ...one, tilt: { x: 0, y: 0 } })), 3, NIB_AT_ORIGIN); // prettier-ignore
    expect(upright.samples).toEqual(packSamples(hand, 3, NIB_AT_ORIGIN).samples);
    const leaning = packSamples(hand.map((one) => ({ ...one, tilt: { x: 30, y: -40 } })), 3, NIB_AT_ORIGIN); // prettier-ignore
    expect(leaning.samples.length - upright.samples.length).toBe(2);
  });

  test('of a hand at its usual speed take four bytes each', () => {
    const hand = Array.from({ length: 100 }, (_, i) => ({ x: i * 3.1, y: i * 1.4, pressure: 0.5, dt: 8 }));
    const first = packSamples(hand.slice(0, 1), 3, NIB_AT_ORIGIN);
    expect(packSamples(hand.slice(1), 3, first.nib).samples.length).toBe(99 * 4);
  });
});

describe('ink', () => {
  test('[F3] is a value, though two that grow from it share its memory', () => {
    const run = (x: number) => packSamples([{ x, y: 0, pressure: 0, dt: 1 }], 0, NIB_AT_ORIGIN).samples;
    const root = extendInk(emptyInk(0), run(1));
    const left = extendInk(root, run(2));
    const right = extendInk(root, run(3));
    const longer = extendInk(left, run(4));
    const ends = [root, left, right, longer].map((ink) => inkSamples(ink).map((one) => one.x));
    expect(ends).toEqual([[1], [1, 3], [1, 4], [1, 3, 7]]);
    expect(inkBytes(left).length).toBe(8);
  });

  test('grows by thousands of samples without copying each time', () => {
    const run = packSamples([{ x: 1, y: 1, pressure: 0, dt: 8 }], 0, NIB_AT_ORIGIN).samples;
    const backings = new Set<ArrayBufferLike>();
    let ink = emptyInk(0);
    for (let i = 0; i < 20_000; i++) {
      ink = extendInk(ink, run);
      backings.add(ink.backing.bytes.buffer);
    }
    expect(ink.count).toBe(20_000);
    expect(backings.size).toBeLessThan(20);
  });
});
