// Golomb–Rice codes (R. F. Rice, 1979): whole numbers that are mostly small, in as many bits as they are worth.
// A number is its upper bits in unary (so many ones, then a zero), and its `split` lower bits.

/** Numbers are below 2 to the power of this. */
export const MAX_RICE_BITS = 30;
/** A number with more upper bits than that, which the split did not foresee, is so many ones and all its bits. */
const MAX_UNARY = 12;
/** So that ones, zero and lower bits are 24 at most. */
export const MAX_SPLIT = 12;

/** Bytes that a number can take. */
export const MAX_RICE_BYTES = (MAX_UNARY + MAX_RICE_BITS) / 8;

/** The split that suits numbers of this mean. */
export const splitFor = (mean: number): number =>
  Math.min(MAX_SPLIT, Math.max(0, Math.round(Math.log2(mean * Math.LN2 + 0.5))));

export class RiceWriter {
  readonly #bytes: Uint8Array;
  #length: number;
  /** The `#count` lowest bits wait for a byte to be full: 7 at most. */
  #bits = 0;
  #count = 0;

  constructor(bytes: Uint8Array, start: number) {
    this.#bytes = bytes;
    this.#length = start;
  }

  write(value: number, split: number): void {
    const upper = value >>> split;
    if (upper < MAX_UNARY) {
      this.#put((((1 << (upper + 1)) - 2) << split) | (value & ((1 << split) - 1)), upper + 1 + split);
    } else {
      this.#put((1 << MAX_UNARY) - 1, MAX_UNARY);
      this.#put(value >>> 15, 15);
      this.#put(value & 0x7fff, 15);
    }
  }

  /** The offset after the last byte, which is filled with zeros. */
  end(): number {
    if (this.#count > 0) this.#put(0, 8 - this.#count);
    return this.#length;
  }

  #put(value: number, width: number): void {
    const bits = (this.#bits << width) | value;
    let count = this.#count + width;
    while (count >= 8) {
      count -= 8;
      this.#bytes[this.#length++] = bits >>> count;
    }
    this.#count = count;
    this.#bits = bits & 0xff;
  }
}

export class RiceReader {
  readonly #bytes: Uint8Array;
  #offset: number;
  /** The `#count` highest bits come next; below them are zeros. */
  #bits = 0;
  #count = 0;

  constructor(bytes: Uint8Array, start: number) {
    this.#bytes = bytes;
    this.#offset = start;
  }

  /** The next number. Past the end of the bytes it reads zeros: ask `atEnd` when all are read. */
  read(split: number): number {
    this.#fill();
    const upper = Math.clz32(~this.#bits);
    if (upper < MAX_UNARY) {
      this.#skip(upper + 1);
      return split === 0 ? upper : (upper << split) | this.#take(split);
    }
    this.#skip(MAX_UNARY);
    return (this.#take(15) << 15) | this.#take(15);
  }

  /** Whether every byte was read, no bit more, and those that fill the last byte are zeros. */
  get atEnd(): boolean {
    const unread = 8 * (this.#bytes.length - this.#offset) + this.#count;
    return unread >= 0 && unread < 8 && this.#bits === 0;
  }

  #take(width: number): number {
    if (this.#count < width) this.#fill();
    const value = this.#bits >>> (32 - width);
    this.#skip(width);
    return value;
  }

  #skip(width: number): void {
    this.#bits <<= width;
    this.#count -= width;
  }

  /** At least 25 bits. */
  #fill(): void {
    while (this.#count <= 24) {
      this.#bits |= (this.#bytes[this.#offset++] ?? 0) << (24 - this.#count);
      this.#count += 8;
    }
  }
}
