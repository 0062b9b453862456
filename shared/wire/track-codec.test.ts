import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ClientId } from '../ids.ts';
import { packTrack, type Track, type TrackSample, unpackTracks } from './track-codec.ts';

const START = 1_790_000_000_000;
const quarter = (max: number) => fc.integer({ min: -max * 4, max: max * 4 }).map((steps) => steps / 4);
const anyPoint = fc.record({ x: quarter(1e6), y: quarter(1e6) });
const anySight = fc.record({ minX: quarter(1e6), minY: quarter(1e6), maxX: quarter(1e6), maxY: quarter(1e6) });
const people = ['Ada', 'Bram', 'Cleo'].map((name, i) => ({
  client: `AAAAAAAAAAAA.${i + 1}` as ClientId,
  name,
  color: 'blue' as const,
}));
const anyTrack: fc.Arbitrary<Track> = fc
  .array(
    fc.record(
      {
        gap: fc.nat(5000).map((steps) => steps * 20),
        person: fc.nat(2),
        cursor: fc.option(anyPoint),
        laser: fc.boolean(),
        sight: anySight,
      },
      { requiredKeys: ['gap', 'person', 'cursor', 'laser'] },
    ),
    { maxLength: 40 },
  )
  .map((gaps) => {
    let at = START;
    return { people, samples: gaps.map(({ gap, ...sample }) => ({ at: (at += gap), ...sample }) as TrackSample) };
  });

const joined = (parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));

test('[Q1] what hands did comes back as it was, to a quarter of a board unit and 20 ms', () => {
  fc.assert(
    fc.property(fc.array(anyTrack, { maxLength: 4 }), (tracks) => {
      expect(unpackTracks(joined(tracks.map(packTrack)))).toEqual(tracks);
    }),
  );
});

test('[Q1] what is cut off or damaged behind some pieces leaves these', () => {
  fc.assert(
    fc.property(
      anyTrack,
      anyTrack,
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      fc.uint8Array(),
      (a, b, share, noise) => {
        const [first, second] = [packTrack(a), packTrack(b)];
        const cut = second.subarray(0, Math.floor(second.length * share));
        expect(unpackTracks(joined([first, cut]))).toEqual([a]);
        expect(unpackTracks(joined([first, noise]))[0]).toEqual(a);
      },
    ),
  );
});

test('[Q2] a hand that never rests takes at most 120 KB an hour', () => {
  const hour = Array.from({ length: 5 * 3600 }, (_, i) => ({
    at: START + i * 200,
    person: 0,
    cursor: { x: 800 + 500 * Math.cos(i / 3), y: 400 + 300 * Math.sin(i / 2) },
    laser: false,
  }));
  const pieces = Array.from({ length: 360 }, (_, i) => ({ people, samples: hour.slice(i * 50, (i + 1) * 50) }));
  const bytes = joined(pieces.map(packTrack)).length;
  expect(bytes).toBeLessThan(160_000);
});
