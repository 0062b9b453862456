import { createHash } from 'node:crypto';
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
export function commitHash(previous: Uint8Array, board: string, commit: PackedCommit): Buffer {
  const id = Buffer.from(board);
  const head = Buffer.allocUnsafe(58 + id.length);
  head.set(previous, 0);
  head.writeDoubleBE(commit.after, 32);
  head.writeDoubleBE(commit.last, 40);
  head.writeDoubleBE(commit.at, 48);
  head.writeUInt16BE(id.length, 56);
  head.set(id, 58);
  return createHash('sha256').update(head).update(commit.bytes).digest();
}
