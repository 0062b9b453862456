// A whole stroke's ink, packed to about half of what its live runs take: `count, form, first sample, codes…`.
//
// A hand keeps its speed and a device its rate. So of each sample only what changed is kept: the accelerations, and the
// changes of pressure and of the gap. They are small numbers of four sizes, and each size gets the Rice code that suits
// it. Nothing is rounded. How a pen leans changes seldom: all that is said of it stands in front.

import { type Ink, inkBytes } from '../ink.ts';
import { MAX_SAMPLE_GAP, MAX_SAMPLES_PER_STROKE } from '../limits.ts';
import { MAX_TILT, MAX_VARINT_BYTES, readVarint, UPRIGHT, writeVarint } from '../samples.ts';
import { MAX_RICE_BITS, MAX_RICE_BYTES, MAX_SPLIT, RiceReader, RiceWriter, splitFor } from './rice.ts';
import { readTilts, TILT_BYTES, TiltWriter } from './ink-tilts.ts';
import { changeOfTilt, MAX_STEPS, shortVarint, type TiltChange } from './validate.ts';
import { WireError } from './wire-error.ts';

/** Of the schema: see version.test.ts. */
export const INK_FORM =
  'count, splits, first sample, Rice codes of accelerations and changes; or count, 0xff, run; or count, 0xfe, ' +
  'tilts, splits …: their count, and for each the samples since the one before and the changes of x and y';

/** Changes of one sample: x, y, pressure, gap. */
const COLUMNS = 4;
/** Larger ones would be of a stroke that leaps over the board. */
const MAX_CHANGE = 2 ** (MAX_RICE_BITS - 1) - 1;
/** In place of the splits: the rest is the run as it is; or tilts come first. */
const [PLAIN, TILTED] = [0xff, 0xfe];

const bytesFor = (count: number): number =>
  16 + COLUMNS * (MAX_VARINT_BYTES + count * Math.ceil(MAX_RICE_BYTES)) + count * TILT_BYTES;

export const MAX_INK_BYTES = bytesFor(MAX_SAMPLES_PER_STROKE);

// Buffers that serve all inks: what is in them is taken out before the next.
const scratch = new Uint8Array(MAX_INK_BYTES);
const columns = new Int32Array(MAX_SAMPLES_PER_STROKE * COLUMNS);

interface Reader {
  readonly bytes: Uint8Array;
  offset: number;
}

/** The ink, packed; only valid until the next call of a function of this file. */
export function packInk(ink: Ink): Uint8Array {
  if (ink instanceof PackedInk) return ink.packed;
  const from = { bytes: inkBytes(ink), offset: 0 };
  const head = writeVarint(scratch, 0, ink.count);
  const leaning = new TiltWriter();
  const first = [readVarint(from), readVarint(from), readVarint(from), leaning.follow(readVarint(from), from)];
  const splits = readChanges(from, ink.count, leaning);
  if (!splits) {
    scratch[head] = PLAIN;
    scratch.set(from.bytes, head + 1);
    return scratch.subarray(0, head + 1 + ink.length);
  }
  let start = head;
  if (leaning.count > 0) {
    scratch[start] = TILTED;
    start = leaning.write(scratch, start + 1);
  }
  start += 2;
  let length = start;
  for (const value of first) length = writeVarint(scratch, length, value);
  const [splitX, splitY, splitPressure, splitGap] = splits;
  scratch[start - 2] = (splitX << 4) | splitY;
  scratch[start - 1] = (splitPressure << 4) | splitGap;
  const codes = new RiceWriter(scratch, length);
  for (let at = COLUMNS; at < ink.count * COLUMNS; at += COLUMNS) {
    codes.write(columns[at] as number, splitX);
    codes.write(columns[at + 1] as number, splitY);
    codes.write(columns[at + 2] as number, splitPressure);
    codes.write(columns[at + 3] as number, splitGap);
  }
  return scratch.subarray(0, codes.end());
}

type Splits = readonly [x: number, y: number, pressure: number, gap: number];

/** Fills the columns from the second sample on, and finds the splits that suit them; null where a change is too large. */
function readChanges(from: Reader, count: number, leaning: TiltWriter): Splits | null {
  let [speedX, speedY, gap] = [0, 0, 0];
  let [sumX, sumY, sumPressure, sumGap] = [0, 0, 0, 0];
  for (let at = COLUMNS; at < count * COLUMNS; at += COLUMNS) {
    const dx = readVarint(from);
    const dy = readVarint(from);
    const pressure = zigzag(readVarint(from));
    const nextGap = leaning.follow(readVarint(from), from);
    if (!(isSmall(dx - speedX) && isSmall(dy - speedY))) return null;
    const ax = (columns[at] = zigzag(dx - speedX));
    const ay = (columns[at + 1] = zigzag(dy - speedY));
    const gapChange = (columns[at + 3] = zigzag(nextGap - gap));
    columns[at + 2] = pressure;
    [speedX, speedY, gap] = [dx, dy, nextGap];
    // The second sample is where the hand starts to move, and says little about the others.
    if (at === COLUMNS) continue;
    sumX += ax;
    sumY += ay;
    sumPressure += pressure;
    sumGap += gapChange;
  }
  const summed = Math.max(1, count - 2);
  return [splitFor(sumX / summed), splitFor(sumY / summed), splitFor(sumPressure / summed), splitFor(sumGap / summed)];
}

const isSmall = (change: number): boolean => change >= -MAX_CHANGE && change <= MAX_CHANGE;
const zigzag = (change: number): number => (change << 1) ^ (change >> 31);
const unzigzag = (code: number): number => (code >>> 1) ^ -(code & 1);

/** About the bytes that the ink takes packed. */
export const packedInkSize = (ink: Ink): number => (ink instanceof PackedInk ? ink.size : ink.length / 2);

/**
 * Ink that came out of a snapshot of our own and stays as it is there until somebody looks at it: a server that opens a
 * board hardly ever does, and packs it again for nothing. It is not looked over beforehand, as ink from outside is.
 */
export class PackedInk implements Ink {
  readonly precision: number;
  /** Bytes that it takes packed. */
  readonly size: number;
  // Not a view of its own: that would take more memory than most inks.
  readonly #bytes: Uint8Array;
  readonly #end: number;
  #ink: Ink | null = null;

  constructor(bytes: Uint8Array, end: number, size: number, precision: number) {
    this.#bytes = bytes;
    this.#end = end;
    this.size = size;
    this.precision = precision;
  }

  get packed(): Uint8Array {
    return this.#bytes.subarray(this.#end - this.size, this.#end);
  }

  get backing(): Ink['backing'] {
    return this.#unpacked().backing;
  }
  get length(): number {
    return this.#unpacked().length;
  }
  get count(): number {
    return this.#unpacked().count;
  }
  get nib(): Ink['nib'] {
    return this.#unpacked().nib;
  }
  get duration(): number {
    return this.#unpacked().duration;
  }

  #unpacked(): Ink {
    return (this.#ink ??= unpackInk(this.packed, this.precision, 'shape.ink'));
  }
}

/** @throws WireError */
export function unpackInk(bytes: Uint8Array, precision: number, name: string): Ink {
  const from = { bytes, offset: 0 };
  const count = shortVarint(from, name);
  if (count < 1 || count > MAX_SAMPLES_PER_STROKE) {
    throw new WireError(`${name} must have 1 to ${MAX_SAMPLES_PER_STROKE} samples, not ${count}.`);
  }
  const samples = new InkBuilder(name);
  if (bytes[from.offset] === PLAIN) {
    from.offset++;
    for (let i = 0; i < count; i++) addPlain(samples, from, name);
    if (from.offset !== bytes.length) throw new WireError(`${name} must end with its last sample.`);
  } else {
    if (bytes[from.offset] === TILTED) {
      from.offset++;
      readTilts(from, count, name, samples.tilts);
    }
    readCodes(samples, from, count, name);
  }
  return samples.ink(count, precision);
}

function addPlain(samples: InkBuilder, from: Reader, name: string): void {
  const dx = shortVarint(from, name);
  const dy = shortVarint(from, name);
  const pressure = shortVarint(from, name);
  const gap = shortVarint(from, name);
  if (gap < 0) samples.tilts.set(samples.count, changeOfTilt(from, name));
  samples.add(dx, dy, pressure, gap < 0 ? -1 - gap : gap);
}

function readCodes(samples: InkBuilder, from: Reader, count: number, name: string): void {
  const { bytes } = from;
  const splitXY = bytes[from.offset++] ?? PLAIN;
  const splitOthers = bytes[from.offset++] ?? PLAIN;
  const splitX = splitXY >> 4;
  const splitY = splitXY & 0xf;
  const splitPressure = splitOthers >> 4;
  const splitGap = splitOthers & 0xf;
  if (Math.max(splitX, splitY, splitPressure, splitGap) > MAX_SPLIT) {
    throw new WireError(`${name} must have splits of at most ${MAX_SPLIT}.`);
  }
  addPlain(samples, from, name);
  let [dx, dy, gap] = [0, 0, 0];
  const codes = new RiceReader(bytes, from.offset);
  for (let i = 1; i < count; i++) {
    dx += unzigzag(codes.read(splitX));
    dy += unzigzag(codes.read(splitY));
    const pressure = unzigzag(codes.read(splitPressure));
    gap += unzigzag(codes.read(splitGap));
    samples.add(dx, dy, pressure, gap);
  }
  if (!codes.atEnd) throw new WireError(`${name} must end with its last sample.`);
}

/** Ink from differences, in the form that runs have. */
class InkBuilder {
  /** How samples lean otherwise than the one before, by their place. */
  readonly tilts = new Map<number, TiltChange>();
  count = 0;
  readonly #name: string;
  #length = 0;
  #x = 0;
  #y = 0;
  #pressure = 0;
  #tilt = UPRIGHT;
  #duration = 0;

  constructor(name: string) {
    this.#name = name;
  }

  add(dx: number, dy: number, pressure: number, gap: number): void {
    this.#x += dx;
    this.#y += dy;
    this.#pressure += pressure;
    this.#duration += gap;
    if (Math.abs(this.#x) > MAX_STEPS || Math.abs(this.#y) > MAX_STEPS) throw this.#wrong('not leave the board');
    if (this.#pressure < 0 || this.#pressure > 255) throw this.#wrong('have pressures from 0 to 255');
    if (gap < 0 || gap > MAX_SAMPLE_GAP) throw this.#wrong(`have gaps of 0 to ${MAX_SAMPLE_GAP} ms`);
    let length = writeVarint(scratch, this.#length, dx);
    length = writeVarint(scratch, length, dy);
    length = writeVarint(scratch, length, pressure);
    const tilt = this.tilts.size > 0 ? this.tilts.get(this.count) : undefined;
    this.#length = tilt ? this.#lean(length, gap, tilt) : writeVarint(scratch, length, gap);
    this.count++;
  }

  #lean(offset: number, gap: number, [x, y]: TiltChange): number {
    this.#tilt = { x: this.#tilt.x + x, y: this.#tilt.y + y };
    if (Math.max(Math.abs(this.#tilt.x), Math.abs(this.#tilt.y)) > MAX_TILT) {
      throw this.#wrong(`have tilts within ${MAX_TILT} degrees`);
    }
    let length = writeVarint(scratch, offset, -1 - gap);
    length = writeVarint(scratch, length, x);
    return writeVarint(scratch, length, y);
  }

  ink(count: number, precision: number): Ink {
    const bytes = scratch.slice(0, this.#length);
    const nib = { x: this.#x, y: this.#y, pressure: this.#pressure, tilt: this.#tilt };
    return {
      backing: { bytes, written: bytes.length },
      length: bytes.length,
      count,
      precision,
      nib,
      duration: this.#duration,
    };
  }

  #wrong(expected: string): WireError {
    return new WireError(`${this.#name} must ${expected}.`);
  }
}
