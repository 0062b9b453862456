import { readUtf8 } from './utf8.ts';
import { WireError } from './wire-error.ts';

const TWO_32 = 2 ** 32;

/**
 * Reads MessagePack that nobody vouches for. The caller says what comes next and how large it may be, and anything
 * else is a `WireError` before it is read: so nothing is ever nested, allocated or converted that was not asked for.
 * Maps, extensions, NaN and infinities have no reading method, and therefore do not exist.
 */
export class PackedReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
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
    else if (head === 0xdc) count = this.#view.getUint16(this.#take(2, name));
    else if (head === 0xdd) count = this.#view.getUint32(this.#take(4, name));
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
    const head = this.#head(name);
    if (head < 0xc4 || head > 0xc6) throw this.#wrong(name, 'binary', head);
    const size = this.#size(head - 0xc4, name);
    if (size > maxBytes) throw new WireError(`${name} must have at most ${maxBytes} bytes, not ${size}.`);
    const start = this.#take(size, name);
    const bytes = new Uint8Array(size);
    // A call of `set` costs more than a few bytes do.
    if (size > 32) bytes.set(this.#bytes.subarray(start, start + size));
    else for (let i = 0; i < size; i++) bytes[i] = this.#bytes[start + i] as number;
    return bytes;
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

  #size(step: number, name: string): number {
    if (step === 0) return this.#view.getUint8(this.#take(1, name));
    return step === 1 ? this.#view.getUint16(this.#take(2, name)) : this.#view.getUint32(this.#take(4, name));
  }

  /** The whole numbers that take more than one byte; undefined for any other value. */
  #long(name: string, head: number): number | undefined {
    switch (head) {
      case 0xcc:
        return this.#view.getUint8(this.#take(1, name));
      case 0xcd:
        return this.#view.getUint16(this.#take(2, name));
      case 0xce:
        return this.#view.getUint32(this.#take(4, name));
      case 0xd0:
        return this.#view.getInt8(this.#take(1, name));
      case 0xd1:
        return this.#view.getInt16(this.#take(2, name));
      case 0xd2:
        return this.#view.getInt32(this.#take(4, name));
      case 0xcf:
      case 0xd3: {
        const at = this.#take(8, name);
        const high = head === 0xcf ? this.#view.getUint32(at) : this.#view.getInt32(at);
        const value = high * TWO_32 + this.#view.getUint32(at + 4);
        if (!Number.isSafeInteger(value)) throw new WireError(`${name} must be below 2^53 in size.`);
        return value;
      }
      default:
        return undefined;
    }
  }

  #float(name: string, head: number): number {
    const value =
      head === 0xca ? this.#view.getFloat32(this.#take(4, name)) : this.#view.getFloat64(this.#take(8, name));
    if (!Number.isFinite(value) || Object.is(value, -0)) throw new WireError(`${name} must be finite, not ${value}.`);
    return value;
  }

  #wrong(name: string, expected: string, head: number): WireError {
    return new WireError(`${name} must be ${expected}, not ${kindOf(head)}.`);
  }
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
