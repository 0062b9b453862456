import { createHash } from 'node:crypto';
import { brotliDecompressSync } from 'node:zlib';
import type { Database, Statement } from 'better-sqlite3';
import type { BoardId, Revision } from '../../../../shared/ids.ts';
import { type StoredBytes, unpackSegment } from '../../../../shared/wire/segment-codec.ts';
import type { PackedCommit } from '../../event-log.ts';
import type { Segment } from '../../segments.ts';
import { DamagedLog } from '../advice.ts';

interface SegmentRow {
  readonly after: Revision;
  readonly last: Revision;
  readonly content: Buffer;
  readonly chain: Buffer;
  readonly packed: Buffer;
}

/** Unpacked ones that are kept: who reads a history takes each in several pages. */
const maxKept = 4;

/** Reads sealed commits. */
export class SealedSegments {
  readonly #list: Statement<[string], Omit<Segment, 'hash'> & { content: Buffer }>;
  readonly #holding: Statement<[string, Revision], SegmentRow>;
  readonly #packed: Statement<[string, Buffer], Buffer>;
  /** By content. */
  readonly #unpacked = new Map<string, readonly StoredBytes[]>();

  constructor(database: Database) {
    const ofBoard = 'FROM segments WHERE board = (SELECT key FROM boards WHERE id = ?)';
    this.#list = database.prepare(
      `SELECT content, after, last, first_at AS "from", last_at AS "to", commits, raw, length(packed) AS packed
       ${ofBoard} ORDER BY after`,
    );
    this.#holding = database.prepare(
      `SELECT after, last, content, chain, packed ${ofBoard} AND after <= ? ORDER BY after DESC LIMIT 1`,
    );
    this.#packed = database.prepare<[string, Buffer], Buffer>(`SELECT packed ${ofBoard} AND content = ?`).pluck();
  }

  list(board: BoardId): Segment[] {
    return this.#list.all(board).map(({ content, ...rest }) => ({ hash: content.toString('base64url'), ...rest }));
  }

  packed(board: BoardId, hash: string): Buffer | null {
    return this.#packed.get(board, Buffer.from(hash, 'base64url')) ?? null;
  }

  /** The commits of the segment in which the revision behind `after` lies, from that one on; null where none holds it. */
  readAfter(board: BoardId, after: Revision): PackedCommit[] | null {
    const row = this.#holding.get(board, after);
    if (!row || row.last <= after) return null;
    // Copies: who reads them may do with them as they like.
    return this.#unpack(board, row)
      .filter(({ last }) => last > after)
      .map((commit) => ({ ...commit, bytes: new Uint8Array(commit.bytes) }));
  }

  /** The hash of the commit at which a segment ends, where one ends at this revision. */
  chainAt(board: BoardId, last: Revision): Buffer | null {
    const row = this.#holding.get(board, last - 1);
    return row?.last === last ? row.chain : null;
  }

  #unpack(board: BoardId, row: SegmentRow): readonly StoredBytes[] {
    const key = row.content.toString('base64url');
    const kept = this.#unpacked.get(key);
    this.#unpacked.delete(key);
    const commits = kept ?? unpackSealed(board, row);
    this.#unpacked.set(key, commits);
    for (const oldest of this.#unpacked.keys()) if (this.#unpacked.size > maxKept) this.#unpacked.delete(oldest);
    return commits;
  }
}

/** @throws DamagedLog where it is not what was sealed */
export function unpackSealed(
  board: string,
  { after, last, content, packed }: Omit<SegmentRow, 'chain'>,
): readonly StoredBytes[] {
  try {
    const bytes = brotliDecompressSync(packed, { maxOutputLength: maxContentBytes });
    if (createHash('sha256').update(bytes).digest().equals(content)) return unpackSegment(bytes);
  } catch {
    // Said below: whatever it was, the segment cannot be used.
  }
  throw new DamagedLog(`the segment of revisions ${after + 1} to ${last} of board ${board} is damaged.`);
}

/** Far more than a segment has: a single commit may be larger than the limit of all. */
const maxContentBytes = 256 * 1024 * 1024;
