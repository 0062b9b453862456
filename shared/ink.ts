// A stroke's samples so far, appended to in constant time.
//
// Several values may share one backing array (as Go slices do): the one that ends where the written part ends
// may write on in place, any other copies first. Nobody can see a byte change, so a value stays a value.

import {
  type Nib,
  NIB_AT_ORIGIN,
  packSamples,
  type Sample,
  sampleOf,
  type Samples,
  stepOf,
  type Tilt,
  UPRIGHT,
  walkSamples,
} from './samples.ts';

interface Backing {
  bytes: Uint8Array;
  written: number;
}

export interface Ink {
  readonly backing: Backing;
  /** Bytes of the backing array that are this ink's. */
  readonly length: number;
  /** Samples in it. */
  readonly count: number;
  readonly precision: number;
  /** Where it ends, in steps. */
  readonly nib: Nib;
  /** Sum of the samples' dt, in ms. */
  readonly duration: number;
}

export const emptyInk = (precision: number): Ink => ({
  backing: { bytes: new Uint8Array(0), written: 0 },
  length: 0,
  count: 0,
  precision,
  nib: NIB_AT_ORIGIN,
  duration: 0,
});

/** The ink with a run of samples at its end. */
export function extendInk(ink: Ink, samples: Samples): Ink {
  let { count, duration } = ink;
  const nib = walkSamples(samples, samples.length, ink.nib, (_x, _y, _pressure, dt) => {
    count++;
    duration += dt;
  });
  const length = ink.length + samples.length;
  const backing = writable(ink, length);
  backing.bytes.set(samples, ink.length);
  backing.written = length;
  return { backing, length, count, precision: ink.precision, nib, duration };
}

function writable(ink: Ink, length: number): Backing {
  if (ink.backing.written === ink.length && length <= ink.backing.bytes.length) return ink.backing;
  const bytes = new Uint8Array(Math.max(32, ink.length === 0 ? length : length * 2));
  bytes.set(inkBytes(ink));
  return { bytes, written: ink.length };
}

/** All of its samples, packed. The caller must not write to them. */
export const inkBytes = (ink: Ink): Samples => ink.backing.bytes.subarray(0, ink.length) as Samples;

/** All of its samples in board units. */
export function inkSamples(ink: Ink): Sample[] {
  const step = stepOf(ink.precision);
  const out: Sample[] = [];
  walkSamples(ink.backing.bytes, ink.length, NIB_AT_ORIGIN, (x, y, pressure, dt, tilt) => {
    out.push(sampleOf(step, x, y, pressure, dt, tilt));
  });
  return out;
}

/** The samples from one place to another, with an end between two samples where a place is. Places count from 0. */
export function partOfInk(ink: Ink, from: number, to: number): Ink {
  const samples = inkSamples(ink);
  const last = samples.length - 1;
  const first = sampleAt(samples, Math.min(from, last));
  const part = [{ ...first, dt: 0 }];
  for (let i = Math.floor(from) + 1; i < to && i <= last; i++) part.push(samples[i] as Sample);
  if (to > from) part.push(sampleAt(samples, Math.min(to, last)));
  return extendInk(emptyInk(ink.precision), packSamples(part, ink.precision, NIB_AT_ORIGIN).samples);
}

function sampleAt(samples: readonly Sample[], place: number): Sample {
  const before = samples[Math.floor(place)] as Sample;
  const share = place - Math.floor(place);
  const next = share > 0 ? samples[Math.floor(place) + 1] : undefined;
  if (!next) return before;
  return {
    x: before.x + share * (next.x - before.x),
    y: before.y + share * (next.y - before.y),
    pressure: before.pressure + share * (next.pressure - before.pressure),
    dt: Math.round(share * next.dt),
    ...(before.tilt || next.tilt ? { tilt: tiltBetween(before.tilt, next.tilt, share) } : {}),
  };
}

const tiltBetween = (a: Tilt = UPRIGHT, b: Tilt = UPRIGHT, share: number): Tilt => ({
  x: a.x + share * (b.x - a.x),
  y: a.y + share * (b.y - a.y),
});
