import { createHash } from 'node:crypto';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Database, Statement } from 'better-sqlite3';
import type { Revision } from '../../../../shared/ids.ts';
import { packSegment } from '../../../../shared/wire/segment-codec.ts';
import { DamagedLog } from '../advice.ts';
import { chainStart, commitHash } from '../commit-hash.ts';
import type { StoredCommit } from '../stored-commits.ts';

export interface SealerOptions {
  /** Events that stay live, so that what is asked for most needs no unpacking. */
  readonly tail: number;
  /** A segment ends with the commit that reaches so many events or bytes. */
  readonly events: number;
  readonly bytes: number;
}

/** 4 096 events are some 12 KB of real ink and 5 ms to unpack. */
export const usualSealing: SealerOptions = { tail: 2000, events: 4096, bytes: 256 * 1024 };

/** 11 makes segments an eighth smaller and takes ten times as long; 9 gains 2 %. */
const quality = 5;

/** Rows of one transaction: less than a millisecond in which nobody else can write. */
const rowsAtOnce = 64;

/** Where a board's last segment ends, and the hash of its last commit. */
interface SealedEnd {
  readonly last: Revision;
  readonly chain: Uint8Array;
}

const nothingSealed: SealedEnd = { last: 0, chain: chainStart };

/**
 * Seals old commits, one segment in a transaction, then lets the live rows go that it holds, a few in each. It can be
 * killed between any two: a row that a segment holds too harms nobody, and goes the next time. Its checkpoint is where
 * the last segment ends.
 */
export class Sealer {
  readonly #options: SealerOptions;
  readonly #candidates: Statement<[number], { rowid: number; board: number }>;
  readonly #sealed: Statement<[number], SealedEnd>;
  readonly #name: Statement<[number], string>;
  readonly #head: Statement<[number], Revision>;
  readonly #rows: Statement<[number, Revision, Revision], StoredCommit>;
  readonly #insert: Statement<[Record<string, unknown>]>;
  readonly #letGo: Statement<[number, Revision, number]>;
  #seen = 0;

  constructor(database: Database, options: SealerOptions = usualSealing) {
    this.#options = options;
    const ofBoard = 'WHERE board = ? ORDER BY after DESC LIMIT 1';
    this.#candidates = database.prepare(
      'SELECT max(rowid) AS rowid, board FROM commits WHERE rowid > ? GROUP BY board ORDER BY rowid',
    );
    this.#sealed = database.prepare(`SELECT last, chain FROM segments ${ofBoard}`);
    this.#name = database.prepare<[number], string>('SELECT id FROM boards WHERE key = ?').pluck();
    this.#head = database.prepare<[number], Revision>(`SELECT last FROM commits ${ofBoard}`).pluck();
    this.#rows = database.prepare(
      'SELECT after, last, at, hash, bytes FROM commits WHERE board = ? AND after >= ? AND last <= ? ORDER BY after',
    );
    this.#insert = database.prepare(
      `INSERT INTO segments (board, after, last, first_at, last_at, commits, raw, content, chain, packed)
       VALUES (@board, @after, @last, @from, @to, @commits, @raw, @content, @chain, @packed)`,
    );
    this.#letGo = database.prepare(
      `DELETE FROM commits WHERE rowid IN
         (SELECT rowid FROM commits WHERE board = ? AND last <= ? ORDER BY after LIMIT ?)`,
    );
  }

  /**
   * Seals what is old, of every board that has grown since the last call. Others get their turn at each `yield`.
   * @throws DamagedLog when all is sealed but what lies on a board behind a commit that is not what was written
   */
  *seal(): Generator<void> {
    let damage: DamagedLog | null = null;
    for (const { rowid, board } of this.#candidates.all(this.#seen)) {
      try {
        do yield* this.#letGoOf(board);
        while (this.#sealNext(board));
      } catch (error) {
        if (!(error instanceof DamagedLog)) throw error;
        damage ??= error;
      }
      this.#seen = Math.max(this.#seen, rowid);
    }
    if (damage) throw damage;
  }

  *#letGoOf(board: number): Generator<void> {
    const sealed = this.#sealed.get(board)?.last ?? 0;
    for (let more = sealed > 0; more;) {
      more = this.#letGo.run(board, sealed, rowsAtOnce).changes > 0;
      if (more) yield;
    }
  }

  #sealNext(board: number): boolean {
    const end = this.#sealed.get(board) ?? nothingSealed;
    const after = end.last;
    const commits = this.#nextRun(board, end, (this.#head.get(board) ?? 0) - this.#options.tail);
    const [first, last] = [commits[0], commits.at(-1)];
    if (!first || !last) return false;
    const content = packSegment(commits);
    const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants;
    this.#insert.run({
      board,
      after,
      last: last.last,
      from: first.at,
      to: last.at,
      commits: commits.length,
      raw: commits.reduce((sum, { bytes }) => sum + bytes.length, 0),
      content: createHash('sha256').update(content).digest(),
      chain: last.hash,
      packed: brotliCompressSync(content, {
        params: { [BROTLI_PARAM_QUALITY]: quality, [BROTLI_PARAM_SIZE_HINT]: content.length },
      }),
    });
    return true;
  }

  /**
   * The commits of a full segment; none where there are not yet enough that are old. Each is what was written: its own
   * hash goes when it is sealed, and nobody could tell any more.
   */
  #nextRun(board: number, { last: after, chain }: SealedEnd, oldest: Revision): StoredCommit[] {
    if (oldest <= after) return [];
    const id = this.#name.get(board) ?? '';
    const run: StoredCommit[] = [];
    let [last, previous, bytes] = [after, chain, 0];
    for (const commit of this.#rows.iterate(board, after, oldest)) {
      const hash = commitHash(previous, id, commit);
      if (commit.after !== last || !hash.equals(commit.hash)) {
        throw new DamagedLog(`board ${id} is damaged at revision ${last + 1}.`);
      }
      run.push(commit);
      [last, previous, bytes] = [commit.last, hash, bytes + commit.bytes.length];
      if (last - after >= this.#options.events || bytes >= this.#options.bytes) return run;
    }
    return [];
  }
}
