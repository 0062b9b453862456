// A snapshot as one file. The first line says what it is and seals all that follows:
//
//   retrace snapshot VERSION SHA-256\n
//   {"board":…,"epoch":…,"revision":…,"event":…,"sizes":[bytes of each frame, …]}\n
//   the frames, one behind the other

import { createHash } from 'node:crypto';
import { setImmediate as nextTick } from 'node:timers/promises';
import * as v from 'valibot';
import type { BoardId, Epoch } from '../../shared/ids.ts';
import type { StoredSnapshot } from './snapshot-store.ts';

/** Raised with anything that makes another board of the same events, or packs it otherwise: see its test. */
export const SNAPSHOT_VERSION = 4;

const FIRST_LINE = /^retrace snapshot (\d{1,9}) ([0-9a-f]{64})\n/;
const MAX_FIRST_LINE = 120;
const NEWLINE = 0x0a;
/** Hashed before others get their turn: a millisecond or two. */
const HASHED_AT_ONCE = 1024 * 1024;

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const headSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ board: v.string(), epoch: v.string(), revision: count, event: v.string(), sizes: v.array(count) }),
);

/** The file, in pieces to be written one behind the other. */
export async function sealed(board: BoardId, snapshot: StoredSnapshot): Promise<Uint8Array[]> {
  const { epoch, revision, event, frames } = snapshot;
  const head = { board, epoch, revision, event, sizes: frames.map((frame) => frame.length) };
  const rest = [Buffer.from(`${JSON.stringify(head)}\n`), ...frames];
  return [Buffer.from(`retrace snapshot ${SNAPSHOT_VERSION} ${await digestOf(rest)}\n`), ...rest];
}

/** What was sealed for the board; null for anything else. The frames are views of `file`. */
export async function unsealed(board: BoardId, file: Uint8Array): Promise<StoredSnapshot | null> {
  const first = FIRST_LINE.exec(Buffer.from(file.subarray(0, MAX_FIRST_LINE)).toString('latin1'));
  if (!first || Number(first[1]) !== SNAPSHOT_VERSION) return null;
  const rest = file.subarray(first[0].length);
  if ((await digestOf([rest])) !== first[2]) return null;
  const end = rest.indexOf(NEWLINE);
  const head = v.safeParse(headSchema, Buffer.from(rest.subarray(0, end)).toString());
  if (!head.success || head.output.board !== board) return null;
  const { epoch, revision, event, sizes } = head.output;
  return { epoch: epoch as Epoch, revision, event, frames: cut(rest.subarray(end + 1), sizes) };
}

function cut(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  let start = 0;
  return sizes.map((size) => bytes.subarray(start, (start += size)));
}

async function digestOf(pieces: readonly Uint8Array[]): Promise<string> {
  const hash = createHash('sha256');
  let room = HASHED_AT_ONCE;
  for (const piece of pieces) {
    for (let start = 0; start < piece.length; start += HASHED_AT_ONCE) {
      const some = piece.subarray(start, start + HASHED_AT_ONCE);
      hash.update(some);
      room -= some.length;
      if (room > 0) continue;
      room = HASHED_AT_ONCE;
      await nextTick();
    }
  }
  return hash.digest('hex');
}
