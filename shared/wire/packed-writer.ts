import { utf8Length, writeUtf8 } from './utf8.ts';

const FIRST_SIZE = 4 * 1024;
/** A buffer that one large value grew past this is not kept. */
const MAX_KEPT = 1024 * 1024;
const TWO_32 = 2 ** 32;

/** Writes the part of MessagePack that the protocol uses, each value in its shortest form. */
export class PackedWriter {
  #bytes = new Uint8Array(FIRST_SIZE);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  clear(): void {
    this.#length = 0;
    if (this.#bytes.length > MAX_KEPT) this.#grow(FIRST_SIZE);
  }

  /** A copy of what was written. */
  written(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  nil(): void {
    this.#byte(0xc0);
  }

  flag(value: boolean): void {
    this.#byte(value ? 0xc3 : 0xc2);
  }

  integer(value: number): void {
    if (!Number.isSafeInteger(value)) throw new RangeError(`Not a whole number: ${value}`);
    if (value >= 0) {
      if (value < 0x80) this.#byte(value);
      else if (value < 0x100) this.#headed(0xcc, value, 1);
      else if (value < 0x10000) this.#headed(0xcd, value, 2);
      else if (value < TWO_32) this.#headed(0xce, value, 4);
      else this.#long(0xcf, value);
    } else if (value >= -0x20) this.#byte(value & 0xff);
    else if (value >= -0x80) this.#headed(0xd0, value & 0xff, 1);
    else if (value >= -0x8000) this.#headed(0xd1, value & 0xffff, 2);
    else if (value >= -0x80000000) this.#headed(0xd2, value >>> 0, 4);
    else this.#long(0xd3, value);
  }

  /** A number that is rounded to 24 significant bits where it is not whole. */
  float(value: number): void {
    if (Number.isSafeInteger(value)) return this.integer(value);
    const at = this.#reserve(5);
    this.#bytes[at] = 0xca;
    this.#view.setFloat32(at + 1, value);
  }

  /** Any finite number, without loss, in the shortest form. */
  double(value: number): void {
    if (Number.isSafeInteger(value) || Math.fround(value) === value) return this.float(value);
    const at = this.#reserve(9);
    this.#bytes[at] = 0xcb;
    this.#view.setFloat64(at + 1, value);
  }

  array(count: number): void {
    if (count < 0x10) this.#byte(0x90 | count);
    else if (count < 0x10000) this.#headed(0xdc, count, 2);
    else this.#headed(0xdd, count, 4);
  }

  text(value: string): void {
    const size = utf8Length(value);
    if (size < 0x20) this.#byte(0xa0 | size);
    else this.#sized(0xd9, size);
    const at = this.#reserve(size);
    writeUtf8(this.#bytes, at, value);
  }

  binary(value: Uint8Array): void {
    const size = value.length;
    this.#sized(0xc4, size);
    const at = this.#reserve(size);
    // A call of `set` costs more than a few bytes do.
    if (size > 32) this.#bytes.set(value, at);
    else for (let i = 0; i < size; i++) this.#bytes[at + i] = value[i] as number;
  }

  /** What is packed already. */
  raw(packed: Uint8Array): void {
    const at = this.#reserve(packed.length);
    this.#bytes.set(packed, at);
  }

  /** A header whose forms for sizes of one, two and four bytes follow each other. */
  #sized(first: number, size: number): void {
    if (size < 0x100) this.#headed(first, size, 1);
    else if (size < 0x10000) this.#headed(first + 1, size, 2);
    else this.#headed(first + 2, size, 4);
  }

  #byte(value: number): void {
    const at = this.#reserve(1);
    this.#bytes[at] = value;
  }

  #headed(head: number, value: number, size: 1 | 2 | 4): void {
    let at = this.#reserve(1 + size);
    const bytes = this.#bytes;
    bytes[at++] = head;
    if (size === 4) {
      bytes[at++] = value >>> 24;
      bytes[at++] = (value >>> 16) & 0xff;
    }
    if (size >= 2) bytes[at++] = (value >>> 8) & 0xff;
    bytes[at] = value & 0xff;
  }

  #long(head: number, value: number): void {
    const at = this.#reserve(9);
    this.#bytes[at] = head;
    this.#view.setUint32(at + 1, Math.floor(value / TWO_32));
    this.#view.setUint32(at + 5, value >>> 0);
  }

  #reserve(size: number): number {
    const at = this.#length;
    this.#length += size;
    if (this.#length > this.#bytes.length) this.#grow(this.#length * 2);
    return at;
  }

  #grow(size: number): void {
    const bytes = new Uint8Array(size);
    bytes.set(this.#bytes.subarray(0, Math.min(size, this.#bytes.length)));
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
  }
}

const shared = new PackedWriter();

/** What `write` writes. One buffer serves all calls, so `write` must not call this. */
export function packed(write: (out: PackedWriter) => void): Uint8Array {
  shared.clear();
  write(shared);
  return shared.written();
}
