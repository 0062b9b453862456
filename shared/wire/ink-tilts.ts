// How a pen leans, as packed ink says it: which samples lean otherwise than the one before, and how.

import { MAX_SAMPLES_PER_STROKE } from '../limits.ts';
import { readVarint, writeVarint } from '../samples.ts';
import { changeOfTilt, shortVarint, type TiltChange } from './validate.ts';
import { WireError } from './wire-error.ts';

interface Reader {
  readonly bytes: Uint8Array;
  offset: number;
}

/** Bytes that one change can take. */
export const TILT_BYTES = 8;

// A buffer that serves all inks: what is in it is copied out.
const scratch = new Uint8Array(MAX_SAMPLES_PER_STROKE * TILT_BYTES);

/** Gathers the tilts of an ink, sample by sample. */
export class TiltWriter {
  count = 0;
  #length = 0;
  /** Samples since the last that leaned otherwise. */
  #since = 0;

  /** The ms of a sample whose gap was just read, and whose tilt follows if the gap says so. */
  follow(gap: number, from: Reader): number {
    if (gap >= 0) {
      this.#since++;
      return gap;
    }
    this.#length = writeVarint(scratch, this.#length, this.#since);
    this.#length = writeVarint(scratch, this.#length, readVarint(from));
    this.#length = writeVarint(scratch, this.#length, readVarint(from));
    this.count++;
    this.#since = 0;
    return -1 - gap;
  }

  /** Writes them from an offset on. Returns the offset after them. */
  write(out: Uint8Array, offset: number): number {
    const length = writeVarint(out, offset, this.count);
    out.set(scratch.subarray(0, this.#length), length);
    return length + this.#length;
  }
}

/** Reads what a `TiltWriter` wrote of so many samples. @throws WireError */
export function readTilts(from: Reader, samples: number, name: string, into: Map<number, TiltChange>): void {
  const changes = shortVarint(from, name);
  if (changes < 1 || changes > samples) throw new WireError(`${name} must have 1 to ${samples} tilts, not ${changes}.`);
  let at = -1;
  for (let i = 0; i < changes; i++) {
    const since = shortVarint(from, name);
    at += since + 1;
    if (since < 0 || at >= samples) throw new WireError(`${name} must have tilts of its samples.`);
    into.set(at, changeOfTilt(from, name));
  }
}
