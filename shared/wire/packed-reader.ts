import { readUtf8 } from './utf8.ts';
import { WireError } from './wire-error.ts';

const TWO_32 = 2 ** 32;

/**
 * Reads MessagePack that nobody vouches for. The caller says what comes next and how large it may be, and anything
 * else is a `WireError` before it is read: so nothing is ever nested, allocated or converted that was not asked for.
 * Maps, extensions, NaN and infinities have no reading method, and therefore do not exist.
 */
export class PackedReader {
  /** The bytes are our own, unchanged, and stay as they are: what is costly to look over need not be. */
  readonly vouched: boolean;
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array, vouched = false) {
    this.#bytes = bytes;
    this.vouched = vouched;
  }

  get bytes(): Uint8Array {
    return this.#bytes;
  }

  get offset(): number {
    return this.#offset;
  }

  /** Reads again from an offset that it was at before. */
  rewind(offset: number): void {
    this.#offset = offset;
  }

  get atEnd(): boolean {
    return this.#offset >= this.#bytes.length;
  }

  get nextIsArray(): boolean {
    const head = this.#bytes[this.#offset];
    return head !== undefined && ((head >= 0x90 && head <= 0x9f) || head === 0xdc || head === 0xdd);
  }

  /** Reads past a nil, if one comes. */
  skipNil(): boolean {
    const isNil = this.#bytes[this.#offset] === 0xc0;
    if (isNil) this.#offset++;
    return isNil;
  }

  /** Reads past a `false`, if one comes. */
  skipFalse(): boolean {
    const isFalse = this.#bytes[this.#offset] === 0xc2;
    if (isFalse) this.#offset++;
    return isFalse;
  }

  /** Reads past an empty text, if one comes. */
  skipEmptyText(): boolean {
    const isEmpty = this.#bytes[this.#offset] === 0xa0;
    if (isEmpty) this.#offset++;
    return isEmpty;
  }

  flag(name: string): boolean {
    const head = this.#head(name);
    if (head !== 0xc2 && head !== 0xc3) throw this.#wrong(name, 'true or false', head);
    return head === 0xc3;
  }

  integer(name: string): number {
    const head = this.#head(name);
    if (head < 0x80) return head;
    if (head >= 0xe0) return head - 0x100;
    const value = this.#long(name, head);
    if (value === undefined) throw this.#wrong(name, 'a whole number', head);
    return value;
  }

  /** A whole number or a float; finite. */
  float(name: string): number {
    const head = this.#head(name);
    if (head < 0x80) return head;
    if (head >= 0xe0) return head - 0x100;
    const value = head === 0xca || head === 0xcb ? this.#float(name, head) : this.#long(name, head);
    if (value === undefined) throw this.#wrong(name, 'a number', head);
    return value;
  }

  /** The length of an array whose elements are read next. */
  array(name: string, max: number): number {
    const head = this.#head(name);
    let count: number;
    if (head >= 0x90 && head <= 0x9f) count = head & 0xf;
    else if (head === 0xdc) count = this.#unsigned(2, name);
    else if (head === 0xdd) count = this.#unsigned(4, name);
    else throw this.#wrong(name, 'an array', head);
    if (count > max) throw new WireError(`${name} must have at most ${max} elements, not ${count}.`);
    return count;
  }

  text(name: string, maxBytes: number): string {
    const head = this.#head(name);
    let size: number;
    if (head >= 0xa0 && head <= 0xbf) size = head & 0x1f;
    else if (head >= 0xd9 && head <= 0xdb) size = this.#size(head - 0xd9, name);
    else throw this.#wrong(name, 'text', head);
    if (size > maxBytes) throw new WireError(`${name} must have at most ${maxBytes} bytes, not ${size}.`);
    const start = this.#take(size, name);
    const text = readUtf8(this.#bytes, start, start + size);
    if (text === undefined) throw new WireError(`${name} must be well-formed UTF-8.`);
    return text;
  }

  /** A copy: what is read may lie in a buffer that its owner takes back. */
  binary(name: string, maxBytes: number): Uint8Array {
    const size = this.#binarySize(name, maxBytes);
    const start = this.#take(size, name);
    const bytes = new Uint8Array(size);
    // A call of `set` costs more than a few bytes do.
    if (size > 32) bytes.set(this.#bytes.subarray(start, start + size));
    else for (let i = 0; i < size; i++) bytes[i] = this.#bytes[start + i] as number;
    return bytes;
  }

  /** No copy: to be used up at once. */
  binaryView(name: string, maxBytes: number): Uint8Array {
    const size = this.#binarySize(name, maxBytes);
    const start = this.#take(size, name);
    return this.#bytes.subarray(start, start + size);
  }

  /** Reads past binary, and returns its size: it ends at `offset` of `bytes`. */
  skipBinary(name: string, maxBytes: number): number {
    const size = this.#binarySize(name, maxBytes);
    this.#take(size, name);
    return size;
  }

  /**
   * Reads past one value with all that it holds, of the forms that this class can read. Each costs at least the byte
   * that it was announced by, however many an array promises.
   */
  skip(name: string): void {
    for (let left = 1; left > 0; left--) {
      const head = this.#head(name);
      if (head >= 0x90 && head <= 0x9f) left += head & 0xf;
      else if (head === 0xdc || head === 0xdd) left += this.#unsigned(head === 0xdc ? 2 : 4, name);
      else this.#take(this.#sizeBehind(head, name), name);
    }
  }

  /** The bytes behind a head that is no array's. */
  #sizeBehind(head: number, name: string): number {
    if (head <= 0x7f || head >= 0xe0 || head === 0xc0 || head === 0xc2 || head === 0xc3) return 0;
    if (head >= 0xa0 && head <= 0xbf) return head & 0x1f;
    if (head >= 0xc4 && head <= 0xc6) return this.#size(head - 0xc4, name);
    if (head >= 0xd9 && head <= 0xdb) return this.#size(head - 0xd9, name);
    if (head === 0xca || head === 0xcb) return head === 0xca ? 4 : 8;
    if (head >= 0xcc && head <= 0xd3) return 1 << (head & 3);
    throw this.#wrong(name, 'a value of the protocol', head);
  }

  #binarySize(name: string, maxBytes: number): number {
    const head = this.#head(name);
    if (head < 0xc4 || head > 0xc6) throw this.#wrong(name, 'binary', head);
    const size = this.#size(head - 0xc4, name);
    if (size > maxBytes) throw new WireError(`${name} must have at most ${maxBytes} bytes, not ${size}.`);
    return size;
  }

  #head(name: string): number {
    const head = this.#bytes[this.#offset++];
    if (head === undefined) throw new WireError(`${name} is missing: the bytes end before it.`);
    return head;
  }

  #take(size: number, name: string): number {
    const at = this.#offset;
    this.#offset += size;
    if (this.#offset > this.#bytes.length) throw new WireError(`${name} is cut off: the bytes end within it.`);
    return at;
  }

  /** The number behind a header whose forms for one, two and four bytes follow each other. */
  #size(form: number, name: string): number {
    return this.#unsigned(form === 0 ? 1 : form === 1 ? 2 : 4, name);
  }

  #unsigned(size: 1 | 2 | 4, name: string): number {
    let at = this.#take(size, name);
    let value = 0;
    for (let i = 0; i < size; i++) value = value * 0x100 + (this.#bytes[at++] as number);
    return value;
  }

  #signed(size: 1 | 2 | 4, name: string): number {
    const shift = 32 - 8 * size;
    return (this.#unsigned(size, name) << shift) >> shift;
  }

  /** The whole numbers that take more than one byte; undefined for any other value. */
  #long(name: string, head: number): number | undefined {
    switch (head) {
      case 0xcc:
        return this.#unsigned(1, name);
      case 0xcd:
        return this.#unsigned(2, name);
      case 0xce:
        return this.#unsigned(4, name);
      case 0xd0:
        return this.#signed(1, name);
      case 0xd1:
        return this.#signed(2, name);
      case 0xd2:
        return this.#signed(4, name);
      case 0xcf:
      case 0xd3: {
        const high = head === 0xcf ? this.#unsigned(4, name) : this.#signed(4, name);
        const value = high * TWO_32 + this.#unsigned(4, name);
        if (!Number.isSafeInteger(value)) throw new WireError(`${name} must be below 2^53 in size.`);
        return value;
      }
      default:
        return undefined;
    }
  }

  #float(name: string, head: number): number {
    const at = this.#take(head === 0xca ? 4 : 8, name);
    const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset + at);
    const value = head === 0xca ? view.getFloat32(0) : view.getFloat64(0);
    if (!Number.isFinite(value) || Object.is(value, -0)) throw new WireError(`${name} must be finite, not ${value}.`);
    return value;
  }

  #wrong(name: string, expected: string, head: number): WireError {
    return new WireError(`${name} must be ${expected}, not ${kindOf(head)}.`);
  }
}

/** The values that stand one behind the other. */
export function readAll<T>(bytes: Uint8Array, read: (from: PackedReader) => T, vouched = false): T[] {
  const from = new PackedReader(bytes, vouched);
  const values: T[] = [];
  while (!from.atEnd) values.push(read(from));
  return values;
}

function kindOf(head: number): string {
  if (head <= 0x7f || head >= 0xe0 || (head >= 0xcc && head <= 0xd3)) return 'a whole number';
  if (head <= 0x8f || head >= 0xde) return 'a map';
  if (head <= 0x9f || head >= 0xdc) return 'an array';
  if (head <= 0xbf || head >= 0xd9) return 'text';
  if (head === 0xc0) return 'nil';
  if (head === 0xc2 || head === 0xc3) return 'true or false';
  if (head >= 0xc4 && head <= 0xc6) return 'binary';
  if (head === 0xca || head === 0xcb) return 'a float';
  return 'an extension';
}
