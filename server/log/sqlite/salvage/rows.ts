import type { DatabasePages } from './pages.ts';

// Rows without the tree above them: every page that looks like a leaf is read by itself, whatever it belongs to and
// whatever is damaged elsewhere (https://www.sqlite.org/fileformat.html#b_tree_pages).

export type Value = number | string | Buffer | null;

export interface Row {
  /** Of a table; undefined in an index. */
  readonly rowid: number | undefined;
  readonly values: readonly Value[];
}

const tableLeaf = 0x0d;
const indexLeaf = 0x0a;

/** How many cells a page claims to have; 0 where it is no leaf. */
export function cellsIn(page: Buffer, number: number): number {
  const start = number === 1 ? 100 : 0;
  const type = page[start];
  if (type !== tableLeaf && type !== indexLeaf) return 0;
  return Math.min(page.readUInt16BE(start + 3), (page.length - start - 8) >> 1);
}

/** The row of a cell; null where it makes no sense. */
export function rowAt(pages: DatabasePages, page: Buffer, number: number, cell: number): Row | null {
  try {
    const start = number === 1 ? 100 : 0;
    const cursor = { bytes: page, at: page.readUInt16BE(start + 8 + 2 * cell) };
    const isTable = page[start] === tableLeaf;
    const size = readVarint(cursor);
    const rowid = isTable ? readVarint(cursor) : undefined;
    const payload = readPayload(pages, cursor, size, isTable);
    return payload && { rowid, values: valuesIn(payload) };
  } catch (error) {
    if (error instanceof RangeError) return null; // It points past its end.
    throw error;
  }
}

interface Cursor {
  readonly bytes: Buffer;
  at: number;
}

/** Longer ones are none of ours. */
const maxPayload = 64 * 1024 * 1024;

function readPayload(pages: DatabasePages, { bytes, at }: Cursor, size: number, isTable: boolean): Buffer | null {
  if (size > maxPayload || size > pages.count * pages.pageSize) return null;
  const usable = bytes.length;
  const most = isTable ? usable - 35 : Math.floor(((usable - 12) * 64) / 255) - 23;
  if (size <= most) return at + size <= usable ? bytes.subarray(at, at + size) : null;

  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const wanted = least + ((size - least) % (usable - 4));
  const local = wanted <= most ? wanted : least;
  const parts = [bytes.subarray(at, at + local)];
  let rest = size - local;
  // A chain that runs in a circle ends with the size.
  for (let next = bytes.readUInt32BE(at + local); rest > 0;) {
    const page = pages.read(next);
    if (!page) return null;
    const part = page.subarray(4, 4 + Math.min(rest, usable - 4));
    parts.push(part);
    rest -= part.length;
    next = page.readUInt32BE(0);
  }
  return Buffer.concat(parts);
}

function valuesIn(payload: Buffer): Value[] {
  const cursor = { bytes: payload, at: 0 };
  const headerEnd = readVarint(cursor);
  const body = { bytes: payload, at: headerEnd };
  const values: Value[] = [];
  while (cursor.at < headerEnd) values.push(readValue(body, readVarint(cursor)));
  return values;
}

const integerBytes = [0, 1, 2, 3, 4, 6, 8];

function readValue(cursor: Cursor, type: number): Value {
  if (type === 0) return null;
  if (type === 8 || type === 9) return type - 8;
  const { bytes, at } = cursor;
  const length = integerBytes[type] ?? (type === 7 ? 8 : (type - 12) >>> 1);
  if (type === 10 || type === 11 || at + length > bytes.length) throw new RangeError('No such value.');
  cursor.at += length;
  if (type === 7) return bytes.readDoubleBE(at);
  if (type === 6) return Number(bytes.readBigInt64BE(at));
  if (type < 6) return bytes.readIntBE(at, length);
  const value = bytes.subarray(at, at + length);
  return type % 2 === 0 ? value : value.toString('utf8');
}

function readVarint(cursor: Cursor): number {
  let value = 0;
  for (let length = 1; ; length++) {
    const byte = cursor.bytes[cursor.at++];
    if (byte === undefined || length > 8) throw new RangeError('No such number.');
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return value;
  }
}
