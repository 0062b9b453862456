// Pen samples, packed: for each sample four zigzag varints, the differences from the sample before:
// x and y in steps of the stroke's precision, pressure in 1/255, and the ms that passed.
// About four bytes for a sample of a 120 Hz pen, in memory, in the log and on the wire alike.
//
// Where the pen leans otherwise than at the sample before, the ms are written as -1 - ms, and the differences of its tilt
// follow, in degrees. What has no tilt, as a mouse, spends nothing on it.

/** Degrees from upright, -90 … 90: x to the right, y towards the hand. As pointer events have it. */
export interface Tilt {
  readonly x: number;
  readonly y: number;
}

export const UPRIGHT: Tilt = { x: 0, y: 0 };
export const MAX_TILT = 90;

/** One position of the pen. x, y in board units; pressure 0 … 1; dt in ms since the sample before. */
export interface Sample {
  readonly x: number;
  readonly y: number;
  readonly pressure: number;
  readonly dt: number;
  /** Absent: upright, or not known. */
  readonly tilt?: Tilt;
}

declare const packed: unique symbol;
/** A run of packed samples, continuing where the stroke's last run ended. */
export type Samples = Uint8Array & { readonly [packed]: true };

/** Where a run ends, in steps: the next run's differences start here. */
export interface Nib {
  readonly x: number;
  readonly y: number;
  readonly pressure: number;
  readonly tilt: Tilt;
}

export const NIB_AT_ORIGIN: Nib = { x: 0, y: 0, pressure: 0, tilt: UPRIGHT };

/** Board units of one step at a precision. */
export const stepOf = (precision: number): number => 2 ** -precision;

/** Packs samples that follow `nib`; positions are rounded to a step, without drift. */
export function packSamples(samples: readonly Sample[], precision: number, nib: Nib): { samples: Samples; nib: Nib } {
  const step = stepOf(precision);
  const out = new Uint8Array(samples.length * MAX_SAMPLE_BYTES);
  let length = 0;
  let { x, y, pressure, tilt } = nib;
  for (const sample of samples) {
    // Adding 0 turns -0 into 0.
    const nextX = Math.round(sample.x / step) + 0;
    const nextY = Math.round(sample.y / step) + 0;
    const nextPressure = Math.round(Math.min(1, Math.max(0, sample.pressure)) * 255);
    length = writeVarint(out, length, nextX - x);
    length = writeVarint(out, length, nextY - y);
    length = writeVarint(out, length, nextPressure - pressure);
    const gap = Math.max(0, Math.round(sample.dt));
    const nextTilt = sample.tilt ? inWholeDegrees(sample.tilt) : UPRIGHT;
    if (nextTilt.x === tilt.x && nextTilt.y === tilt.y) {
      length = writeVarint(out, length, gap);
    } else {
      length = writeVarint(out, length, -1 - gap);
      length = writeVarint(out, length, nextTilt.x - tilt.x);
      length = writeVarint(out, length, nextTilt.y - tilt.y);
    }
    x = nextX;
    y = nextY;
    pressure = nextPressure;
    tilt = nextTilt;
  }
  return { samples: out.slice(0, length) as Samples, nib: { x, y, pressure, tilt } };
}

const inWholeDegrees = ({ x, y }: Tilt): Tilt => ({ x: wholeDegrees(x), y: wholeDegrees(y) });
const wholeDegrees = (tilt: number): number => Math.round(Math.min(MAX_TILT, Math.max(-MAX_TILT, tilt))) + 0;

/** Gets a sample in steps, 1/255, ms and degrees; without a tilt where it is upright. */
type Visit = (x: number, y: number, pressure: number, dt: number, tilt?: Tilt) => void;

/** Calls `visit` with each sample, and returns where the run ends. */
export function walkSamples(bytes: Uint8Array, end: number, nib: Nib, visit: Visit): Nib {
  let { x, y, pressure } = nib;
  const { tilt } = nib;
  const reader = { bytes, offset: 0 };
  while (reader.offset < end) {
    x += readVarint(reader);
    y += readVarint(reader);
    pressure += readVarint(reader);
    const gap = readVarint(reader);
    if (gap < 0 || tilt !== UPRIGHT)
      return walkLeaning(bytes, reader.offset, end, { x, y, pressure, tilt }, gap, visit);
    visit(x, y, pressure, gap);
  }
  return { x, y, pressure, tilt };
}

/** Walks on from a sample of which all but its tilt is read. Most hands never lean: their loop knows nothing of tilts. */
function walkLeaning(bytes: Uint8Array, offset: number, end: number, nib: Nib, gap: number, visit: Visit): Nib {
  let { x, y, pressure, tilt } = nib;
  const reader = { bytes, offset };
  for (;;) {
    if (gap < 0) tilt = { x: tilt.x + readVarint(reader), y: tilt.y + readVarint(reader) };
    visit(x, y, pressure, gap < 0 ? -1 - gap : gap, isUpright(tilt) ? undefined : tilt);
    if (reader.offset >= end) return { x, y, pressure, tilt };
    x += readVarint(reader);
    y += readVarint(reader);
    pressure += readVarint(reader);
    gap = readVarint(reader);
  }
}

const isUpright = ({ x, y }: Tilt): boolean => x === 0 && y === 0;

/** A packed sample, in board units. */
export function sampleOf(step: number, x: number, y: number, pressure: number, dt: number, tilt?: Tilt): Sample {
  const upright = { x: x * step, y: y * step, pressure: pressure / 255, dt };
  return tilt ? { ...upright, tilt } : upright;
}

/** How many samples a run has. */
export function countSamples(samples: Samples): number {
  let count = 0;
  walkSamples(samples, samples.length, NIB_AT_ORIGIN, () => count++);
  return count;
}

/** The samples of a run in board units. */
export function unpackSamples(samples: Samples, precision: number, nib: Nib): Sample[] {
  const step = stepOf(precision);
  const out: Sample[] = [];
  walkSamples(samples, samples.length, nib, (x, y, pressure, dt, tilt) => {
    out.push(sampleOf(step, x, y, pressure, dt, tilt));
  });
  return out;
}

/** Bytes that one difference can take: a zigzag of 40 bits. */
export const MAX_VARINT_BYTES = 6;
/** Bytes that one sample can take: tilts differ by at most 180. */
export const MAX_SAMPLE_BYTES = 4 * MAX_VARINT_BYTES + 4;

/** Writes a whole number below 2^39 in size, zigzag, seven bits a byte, lowest first. Returns the offset after it. */
export function writeVarint(out: Uint8Array, offset: number, value: number): number {
  let rest = value < 0 ? -2 * value - 1 : 2 * value;
  // Nearly all are this short, and cheaper without division.
  if (rest < 0x80) {
    out[offset] = rest;
    return offset + 1;
  }
  if (rest < 0x4000) {
    out[offset] = (rest & 0x7f) | 0x80;
    out[offset + 1] = rest >>> 7;
    return offset + 2;
  }
  while (rest > 0x7f) {
    out[offset++] = (rest % 0x80) | 0x80;
    rest = Math.floor(rest / 0x80);
  }
  out[offset++] = rest;
  return offset;
}

interface VarintReader {
  readonly bytes: Uint8Array;
  offset: number;
}

/** Reads what `writeVarint` wrote; NaN where the bytes end too soon or the number is too long. */
export function readVarint(reader: VarintReader): number {
  const { bytes, offset } = reader;
  const first = bytes[offset] as number;
  if (first < 0x80) {
    reader.offset = offset + 1;
    return (first >>> 1) ^ -(first & 1);
  }
  const second = bytes[offset + 1] as number;
  if (second < 0x80) {
    reader.offset = offset + 2;
    const value = (first & 0x7f) | (second << 7);
    return (value >>> 1) ^ -(value & 1);
  }
  return readLongVarint(reader);
}

function readLongVarint(reader: VarintReader): number {
  let value = 0;
  let scale = 1;
  for (let length = 0; length < MAX_VARINT_BYTES; length++) {
    const byte = reader.bytes[reader.offset++];
    if (byte === undefined) return Number.NaN;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    scale *= 0x80;
  }
  return Number.NaN;
}
