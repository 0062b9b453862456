import { MAX_VARINT_BYTES, readVarint, writeVarint } from '../samples.ts';
import { WireError } from './wire-error.ts';

/** Several growing lists of numbers, each of which becomes bytes that stand together. */
export class ColumnWriter<Name extends string> {
  readonly #columns: Record<Name, { bytes: Uint8Array; length: number }>;
  readonly #names: readonly Name[];

  constructor(names: readonly Name[]) {
    this.#names = names;
    const empty = names.map((name) => [name, { bytes: new Uint8Array(1024), length: 0 }]);
    this.#columns = Object.fromEntries(empty) as Record<Name, { bytes: Uint8Array; length: number }>;
  }

  /** A whole number below 2^39 in size. */
  add(name: Name, value: number): void {
    if (!(Math.abs(value) < 2 ** 39)) throw new RangeError(`Too large for a column: ${value}`);
    const column = this.#room(name, MAX_VARINT_BYTES);
    column.length = writeVarint(column.bytes, column.length, value);
  }

  float(name: Name, value: number): void {
    const column = this.#room(name, 8);
    new DataView(column.bytes.buffer).setFloat64(column.length, value);
    column.length += 8;
  }

  bytes(name: Name, value: Uint8Array): void {
    const column = this.#room(name, value.length);
    column.bytes.set(value, column.length);
    column.length += value.length;
  }

  /** The head, the columns' lengths and the columns. */
  behind(head: Uint8Array): Uint8Array {
    const columns = this.#names.map((name) => this.#columns[name]);
    const lengths = new Uint8Array(columns.length * 4);
    const view = new DataView(lengths.buffer);
    for (const [i, { length }] of columns.entries()) view.setUint32(i * 4, length);
    const parts = [head, lengths, ...columns.map(({ bytes, length }) => bytes.subarray(0, length))];
    const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      out.set(part, at);
      at += part.length;
    }
    return out;
  }

  #room(name: Name, size: number): { bytes: Uint8Array; length: number } {
    const column = this.#columns[name];
    if (column.length + size > column.bytes.length) {
      const larger = new Uint8Array((column.length + size) * 2);
      larger.set(column.bytes.subarray(0, column.length));
      column.bytes = larger;
    }
    return column;
  }
}

/** Reads what a `ColumnWriter` wrote behind a head. Everything that it throws is a WireError. */
export class ColumnReader<Name extends string> {
  readonly #columns: Record<Name, { readonly bytes: Uint8Array; offset: number }>;

  constructor(names: readonly Name[], content: Uint8Array, start: number) {
    let at = start + names.length * 4;
    if (content.length < at) throw new WireError('segment must have its columns.');
    const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
    const entries = names.map((name, i) => {
      const bytes = content.subarray(at, (at += view.getUint32(start + i * 4)));
      return [name, { bytes, offset: 0 }];
    });
    if (at !== content.length) throw new WireError('segment must end with its last column.');
    this.#columns = Object.fromEntries(entries) as Record<Name, { bytes: Uint8Array; offset: number }>;
  }

  atEnd(name: Name): boolean {
    const { bytes, offset } = this.#columns[name];
    return offset >= bytes.length;
  }

  next(name: Name): number {
    const value = readVarint(this.#columns[name]);
    if (Number.isNaN(value)) throw new WireError(`segment.${name} must not end before the others.`);
    return value;
  }

  float(name: Name): number {
    const { buffer, byteOffset } = this.take(name, 8);
    return new DataView(buffer, byteOffset, 8).getFloat64(0);
  }

  take(name: Name, length: number): Uint8Array {
    const column = this.#columns[name];
    const end = column.offset + length;
    if (!(length >= 0) || end > column.bytes.length) {
      throw new WireError(`segment.${name} must not end before the others.`);
    }
    const taken = column.bytes.subarray(column.offset, end);
    column.offset = end;
    return taken;
  }

  rest(name: Name): Uint8Array {
    return this.take(name, this.#columns[name].bytes.length - this.#columns[name].offset);
  }
}
