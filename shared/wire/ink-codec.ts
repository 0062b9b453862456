// A whole stroke's ink, packed tighter than its live runs are: about 2.5 bytes a sample where those take four.
//
// For each sample a byte of two codes and one bit: how the gap and the pressure changed since the sample before, and
// whether both accelerations fit in a byte. A hand keeps its speed, so that accelerations are smaller than differences.
// What has no code follows as a varint: the gap, the pressure's change, the accelerations. Nothing is rounded.

import { type Ink, inkBytes } from '../ink.ts';
import { MAX_SAMPLE_GAP, MAX_SAMPLES_PER_STROKE } from '../limits.ts';
import { MAX_VARINT_BYTES, type Nib, NIB_AT_ORIGIN, walkSamples, writeVarint } from '../samples.ts';
import { MAX_STEPS, shortVarint } from './validate.ts';
import { WireError } from './wire-error.ts';

/** Changes of the gap by -7 … 7 ms have a code. */
const GAP_MID = 7;
const GAP_FOLLOWS = 15;
/** Changes of the pressure by -3 … 3 have one too. */
const PRESSURE_MID = 3;
const PRESSURE_FOLLOWS = 7;
const PAIR = 0x80;

export const MAX_INK_BYTES = MAX_SAMPLES_PER_STROKE * (1 + 4 * MAX_VARINT_BYTES);

let scratch = new Uint8Array(16 * 1024);

/** The ink, packed; it is only valid until the next call. */
export function packInk(ink: Ink): Uint8Array {
  const most = ink.count * (1 + 4 * MAX_VARINT_BYTES);
  if (scratch.length < most) scratch = new Uint8Array(most);
  const out = scratch;
  let length = 0;
  let [lastX, lastY, lastPressure, lastGap, speedX, speedY] = [0, 0, 0, 0, 0, 0];
  walkSamples(inkBytes(ink), ink.length, NIB_AT_ORIGIN, (x, y, pressure, gap) => {
    const ax = x - lastX - speedX;
    const ay = y - lastY - speedY;
    const gapCode = codeOf(gap - lastGap, GAP_MID, GAP_FOLLOWS);
    const pressureCode = codeOf(pressure - lastPressure, PRESSURE_MID, PRESSURE_FOLLOWS);
    const pair = ax >= -8 && ax < 8 && ay >= -8 && ay < 8;
    out[length++] = gapCode | (pressureCode << 4) | (pair ? PAIR : 0);
    if (gapCode === GAP_FOLLOWS) length = writeVarint(out, length, gap);
    if (pressureCode === PRESSURE_FOLLOWS) length = writeVarint(out, length, pressure - lastPressure);
    if (pair) {
      out[length++] = ((ax + 8) << 4) | (ay + 8);
    } else {
      length = writeVarint(out, length, ax);
      length = writeVarint(out, length, ay);
    }
    speedX = x - lastX;
    speedY = y - lastY;
    lastX = x;
    lastY = y;
    lastPressure = pressure;
    lastGap = gap;
  });
  return out.subarray(0, length);
}

function codeOf(change: number, mid: number, follows: number): number {
  return change >= -mid && change <= mid ? change + mid : follows;
}

let unpacked = new Uint8Array(16 * 1024);

/** @throws WireError */
export function unpackInk(bytes: Uint8Array, precision: number, name: string): Ink {
  const reader = { bytes, offset: 0 };
  let [length, count, duration, gap, speedX, speedY] = [0, 0, 0, 0, 0, 0];
  let { x, y, pressure }: Nib = NIB_AT_ORIGIN;
  while (reader.offset < bytes.length) {
    if (unpacked.length < length + 4 * MAX_VARINT_BYTES) unpacked = doubled(unpacked);
    const codes = bytes[reader.offset++] as number;
    const gapCode = codes & 0xf;
    const pressureCode = (codes >> 4) & 0x7;
    gap = gapCode === GAP_FOLLOWS ? shortVarint(reader, name) : gap + gapCode - GAP_MID;
    const press = pressureCode === PRESSURE_FOLLOWS ? shortVarint(reader, name) : pressureCode - PRESSURE_MID;
    if ((codes & PAIR) !== 0) {
      const pair = shortByte(reader, name);
      speedX += (pair >> 4) - 8;
      speedY += (pair & 0xf) - 8;
    } else {
      speedX += shortVarint(reader, name);
      speedY += shortVarint(reader, name);
    }
    x += speedX;
    y += speedY;
    pressure += press;
    duration += gap;
    count++;
    if (Math.abs(x) > MAX_STEPS || Math.abs(y) > MAX_STEPS || pressure < 0 || pressure > 255) {
      throw new WireError(`${name} must not leave the board, nor pressure 0 to 255.`);
    }
    if (gap < 0 || gap > MAX_SAMPLE_GAP) throw new WireError(`${name} must have gaps of 0 to ${MAX_SAMPLE_GAP} ms.`);
    length = writeVarint(unpacked, length, speedX);
    length = writeVarint(unpacked, length, speedY);
    length = writeVarint(unpacked, length, press);
    length = writeVarint(unpacked, length, gap);
  }
  if (count < 1 || count > MAX_SAMPLES_PER_STROKE) {
    throw new WireError(`${name} must have 1 to ${MAX_SAMPLES_PER_STROKE} samples, not ${count}.`);
  }
  const backing = { bytes: unpacked.slice(0, length), written: length };
  return { backing, length, count, precision, nib: { x, y, pressure }, duration };
}

function shortByte(reader: { readonly bytes: Uint8Array; offset: number }, name: string): number {
  const byte = reader.bytes[reader.offset++];
  if (byte === undefined) throw new WireError(`${name} is cut off.`);
  return byte;
}

function doubled(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const longer = new Uint8Array(bytes.length * 2);
  longer.set(bytes);
  return longer;
}
