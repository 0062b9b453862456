import type { BoardId, Revision } from '../../../shared/ids.ts';
import type { PackedCommit } from '../event-log.ts';

/** One append as it goes to the writer. Its commits follow one another from `expected` on. */
export interface Append {
  readonly board: BoardId;
  readonly expected: Revision;
  readonly commits: readonly PackedCommit[];
}

// The layout, all numbers little-endian:
//   board: u16 length, characters   expected: f64   commits: u32 count, and for each  last: f64, at: f64, u32 length, bytes

const headBytes = 14;
const commitHeadBytes = 20;

/** A copy of an append: what the caller does with its own buffers later does not matter. */
export function encodeAppend({ board, expected, commits }: Append): Buffer {
  const nameBytes = Buffer.byteLength(board);
  let length = headBytes + nameBytes;
  for (const { bytes } of commits) length += commitHeadBytes + bytes.length;

  const record = Buffer.allocUnsafe(length);
  const view = new DataView(record.buffer, record.byteOffset, length);
  view.setUint16(0, nameBytes, true);
  record.write(board, 2, 'utf8');
  let at = 2 + nameBytes;
  view.setFloat64(at, expected, true);
  view.setUint32(at + 8, commits.length, true);
  at += 12;
  for (const commit of commits) {
    view.setFloat64(at, commit.last, true);
    view.setFloat64(at + 8, commit.at, true);
    view.setUint32(at + 16, commit.bytes.length, true);
    record.set(commit.bytes, at + commitHeadBytes);
    at += commitHeadBytes + commit.bytes.length;
  }
  return record;
}

/** The appends of a buffer that holds `count` records one behind the other. Their bytes are views of the buffer. */
export function decodeAppends(buffer: Buffer, count: number): Append[] {
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
  const appends: Append[] = [];
  let at = 0;
  for (let read = 0; read < count; read++) {
    const nameBytes = view.getUint16(at, true);
    const board = buffer.toString('utf8', at + 2, at + 2 + nameBytes) as BoardId;
    at += 2 + nameBytes;
    const expected = view.getFloat64(at, true);
    const commits = new Array<PackedCommit>(view.getUint32(at + 8, true));
    at += 12;
    for (let index = 0, after = expected; index < commits.length; index++) {
      const last = view.getFloat64(at, true);
      const end = at + commitHeadBytes + view.getUint32(at + 16, true);
      commits[index] = {
        after,
        last,
        at: view.getFloat64(at + 8, true),
        bytes: buffer.subarray(at + commitHeadBytes, end),
      };
      after = last;
      at = end;
    }
    appends.push({ board, expected, commits });
  }
  return appends;
}
