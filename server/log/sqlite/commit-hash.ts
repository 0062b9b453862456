import { hash } from 'node:crypto';
import type { PackedCommit } from '../event-log.ts';

/** Where the chain of every board begins. */
export const chainStart: Uint8Array = new Uint8Array(32);

/**
 * A commit's hash: SHA-256 of the hash of the commit before it on its board (32 bytes), `after`, `last` and `at` (f64
 * each), the length of the board's id (u16), the id and the commit's bytes; numbers big-endian. So nothing of it, nor its
 * place in the stream, can change without the hashes of all that follows.
 *
 * All 32 bytes are kept: with 16, someone who draws could prepare two commits of one hash in 2^64 tries. A segment keeps
 * only its last commit's, so at rest the longer one costs nothing.
 */
export function commitHash(previous: Uint8Array, board: string, { after, last, at, bytes }: PackedCommit): Buffer {
  const idLength = Buffer.byteLength(board);
  const length = headBytes + idLength + bytes.length;
  if (scratch.length < length) scratch = Buffer.allocUnsafe(length * 2);
  scratch.set(previous, 0);
  scratch.writeDoubleBE(after, 32);
  scratch.writeDoubleBE(last, 40);
  scratch.writeDoubleBE(at, 48);
  scratch.writeUInt16BE(idLength, 56);
  scratch.write(board, headBytes);
  scratch.set(bytes, headBytes + idLength);
  return hash('sha256', scratch.subarray(0, length), 'buffer');
}

const headBytes = 58;
/** What is hashed, gathered: one call of OpenSSL for 1 µs instead of several for 2. */
let scratch = Buffer.allocUnsafe(4096);
