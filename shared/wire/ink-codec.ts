// A whole stroke's ink, packed tighter than its live runs are: about 2.5 bytes a sample where those take four.
//
// For each sample a byte of two codes and one bit: how the gap and the pressure changed since the sample before, and
// whether both accelerations fit in a byte. A hand keeps its speed, so that accelerations are smaller than differences.
// What has no code follows as a varint: the gap, the pressure's change, the accelerations. Nothing is rounded.

import { type Ink, inkBytes } from '../ink.ts';
import { MAX_SAMPLE_GAP, MAX_SAMPLES_PER_STROKE } from '../limits.ts';
import { MAX_VARINT_BYTES, readVarint, writeVarint } from '../samples.ts';
import { MAX_STEPS, shortVarint } from './validate.ts';
import { WireError } from './wire-error.ts';

/** Changes of the gap by -7 … 7 ms have a code. */
const GAP_MID = 7;
const GAP_FOLLOWS = 15;
/** Changes of the pressure by -3 … 3 have one too. */
const PRESS_MID = 3;
const PRESS_FOLLOWS = 7;
const PAIR = 0x80;

/** Bytes that a sample can take, here and in a run. */
const MAX_SAMPLE_BYTES = 1 + 4 * MAX_VARINT_BYTES;

export const MAX_INK_BYTES = MAX_SAMPLES_PER_STROKE * MAX_SAMPLE_BYTES;

/** One buffer serves all inks: what is in it is taken out before the next. */
let scratch = new Uint8Array(64 * 1024);

/** The ink, packed; only valid until the next call of a function of this file. */
export function packInk(ink: Ink): Uint8Array {
  const out = scratchFor(ink.count * MAX_SAMPLE_BYTES);
  const from = { bytes: inkBytes(ink), offset: 0 };
  let length = 0;
  let [speedX, speedY, lastGap] = [0, 0, 0];
  while (from.offset < ink.length) {
    const dx = readVarint(from);
    const dy = readVarint(from);
    const press = readVarint(from);
    const gap = readVarint(from);
    const ax = dx - speedX;
    const ay = dy - speedY;
    const gapCode = codeOf(gap - lastGap, GAP_MID, GAP_FOLLOWS);
    const pressCode = codeOf(press, PRESS_MID, PRESS_FOLLOWS);
    const pair = ax >= -8 && ax < 8 && ay >= -8 && ay < 8;
    out[length++] = gapCode | (pressCode << 4) | (pair ? PAIR : 0);
    if (gapCode === GAP_FOLLOWS) length = writeVarint(out, length, gap);
    if (pressCode === PRESS_FOLLOWS) length = writeVarint(out, length, press);
    if (pair) {
      out[length++] = ((ax + 8) << 4) | (ay + 8);
    } else {
      length = writeVarint(out, length, ax);
      length = writeVarint(out, length, ay);
    }
    speedX = dx;
    speedY = dy;
    lastGap = gap;
  }
  return out.subarray(0, length);
}

function codeOf(change: number, mid: number, follows: number): number {
  return change >= -mid && change <= mid ? change + mid : follows;
}

/** @throws WireError */
export function unpackInk(bytes: Uint8Array, precision: number, name: string): Ink {
  // A sample takes at least two bytes.
  const out = scratchFor((bytes.length / 2 + 1) * MAX_SAMPLE_BYTES);
  const from = { bytes, offset: 0 };
  let [length, count, duration, gap, speedX, speedY, x, y, pressure] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  while (from.offset < bytes.length) {
    const codes = bytes[from.offset++] as number;
    const gapCode = codes & 0xf;
    const pressCode = (codes >> 4) & 0x7;
    gap = gapCode === GAP_FOLLOWS ? shortVarint(from, name) : gap + gapCode - GAP_MID;
    const press = pressCode === PRESS_FOLLOWS ? shortVarint(from, name) : pressCode - PRESS_MID;
    if (codes >= PAIR) {
      const pair = bytes[from.offset++] ?? Number.NaN;
      speedX += (pair >> 4) - 8;
      speedY += (pair & 0xf) - 8;
    } else {
      speedX += shortVarint(from, name);
      speedY += shortVarint(from, name);
    }
    x += speedX;
    y += speedY;
    pressure += press;
    duration += gap;
    count++;
    expectSample(x, y, pressure, gap, name);
    length = writeVarint(out, length, speedX);
    length = writeVarint(out, length, speedY);
    length = writeVarint(out, length, press);
    length = writeVarint(out, length, gap);
  }
  if (from.offset > bytes.length || count < 1 || count > MAX_SAMPLES_PER_STROKE) {
    throw new WireError(`${name} must have 1 to ${MAX_SAMPLES_PER_STROKE} whole samples.`);
  }
  const backing = { bytes: out.slice(0, length), written: length };
  return { backing, length, count, precision, nib: { x, y, pressure }, duration };
}

function expectSample(x: number, y: number, pressure: number, gap: number, name: string): void {
  if (Math.abs(x) > MAX_STEPS || Math.abs(y) > MAX_STEPS) throw new WireError(`${name} must not leave the board.`);
  if (pressure < 0 || pressure > 255) throw new WireError(`${name} must have pressures from 0 to 255.`);
  if (gap < 0 || gap > MAX_SAMPLE_GAP) throw new WireError(`${name} must have gaps of 0 to ${MAX_SAMPLE_GAP} ms.`);
}

function scratchFor(size: number): Uint8Array {
  if (scratch.length < size) scratch = new Uint8Array(size);
  return scratch;
}
