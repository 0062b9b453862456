import { setImmediate as nextTick } from 'node:timers/promises';
import type { Database, Statement } from 'better-sqlite3';
import type { BoardId, Epoch, Millis, Revision } from '../../../shared/ids.ts';
import { DamagedLog } from './advice.ts';
import type { Append } from './append-record.ts';
import { chainStart, commitHash } from './commit-hash.ts';
import type { PackedCommit } from '../event-log.ts';
import { SealedSegments } from './sealing/sealed-segments.ts';

/** What one tick reads at most: well under 5 ms of the event loop's time from memory. */
const maxRowsPerTick = 500;
const maxBytesPerTick = 512 * 1024;

type Row = [after: Revision, last: Revision, at: Millis, bytes: Buffer, hash: Buffer];

/** The end of a commit. */
interface Place {
  readonly last: Revision;
  readonly hash: Uint8Array;
}

export interface Store {
  readonly epoch: Epoch;
  /** How often it was opened to be written. */
  readonly opened: number;
}

export function storeOf(database: Database): Store {
  const [store] = database.prepare<[], Store>('SELECT epoch, opened FROM store').all();
  if (!store) throw new Error('The store has lost its epoch');
  return store;
}

/** Reads on the event loop, in short pages: a long read would delay everyone and let the WAL grow. */
export class SqliteReader {
  readonly segments: SealedSegments;
  readonly #database: Database;
  readonly #page: Statement<[BoardId, Revision, Revision, number], Row>;
  readonly #head: Statement<[BoardId], Revision>;
  readonly #commit: Statement<[BoardId, Revision], Row>;
  readonly #before: Statement<[BoardId, Revision], Place>;

  constructor(database: Database) {
    this.#database = database;
    this.segments = new SealedSegments(database);
    const ofBoard = 'FROM commits WHERE board = (SELECT key FROM boards WHERE id = ?)';
    // The commit in which the revision lies may begin before it; the one that follows never does.
    this.#page = database
      .prepare<[BoardId, Revision, Revision, number], Row>(
        `WITH wanted AS (SELECT key FROM boards WHERE id = ?)
         SELECT after, last, at, bytes, hash FROM commits
         WHERE board = (SELECT key FROM wanted) AND last > ? AND after >= coalesce(
           (SELECT after FROM commits WHERE board = (SELECT key FROM wanted) AND after <= ? ORDER BY after DESC LIMIT 1), 0)
         ORDER BY after LIMIT ?`,
      )
      .raw();
    this.#head = database.prepare<[BoardId], Revision>(`SELECT last ${ofBoard} ORDER BY after DESC LIMIT 1`).pluck();
    this.#commit = database
      .prepare<[BoardId, Revision], Row>(`SELECT after, last, at, bytes, hash ${ofBoard} AND after = ?`)
      .raw();
    this.#before = database.prepare(`SELECT last, hash ${ofBoard} AND after < ? ORDER BY after DESC LIMIT 1`);
  }

  get store(): Store {
    return storeOf(this.#database);
  }

  head(board: BoardId): Revision {
    return this.#head.get(board) ?? 0;
  }

  /** @throws DamagedLog where a commit is missing or is not what was written */
  async read(board: BoardId, after: Revision, maxBytes: number): Promise<PackedCommit[]> {
    const commits: PackedCommit[] = [];
    let room = maxBytes;
    let end: Place | null = null;
    for (let from = after, more = true; more; from = commits.at(-1)?.last ?? after) {
      if (commits.length > 0) await nextTick();
      const rows: Row[] = [];
      const hasSome = commits.length > 0;
      ({ room, more } = this.#readTick(board, from, room, hasSome, rows));
      const place: Place | null = rows[0] ? (end ?? this.#placeBefore(board, rows[0][0])) : end;
      if (place || !more) {
        end = place && this.#follow(board, place, rows);
        for (const [after, last, at, bytes] of rows) commits.push({ after, last, at, bytes });
      } else {
        ({ room, more } = this.#readSealed(board, from, room, commits));
        end = null;
      }
    }
    return commits;
  }

  /** Whether all commits of an append are in the log, and at its place. */
  holds({ board, expected, commits }: Append): boolean {
    const last = commits.at(-1);
    if (!last) return this.head(board) === expected;
    const row = this.#commit.get(board, last.after);
    return row !== undefined && row[1] === last.last && row[2] === last.at && row[3].equals(last.bytes);
  }

  close(): void {
    this.#database.close();
  }

  /** Live rows; none, and more, where what comes next is not among them. */
  #readTick(board: BoardId, from: Revision, maxBytes: number, hasSome: boolean, rows: Row[]): Tick {
    let room = maxBytes;
    for (const row of this.#page.iterate(board, from, from, maxRowsPerTick)) {
      if (rows.length === 0 && row[0] > from) return { room, more: true };
      const size = row[3].length;
      if (size > room && (hasSome || rows.length > 0)) return { room, more: false };
      rows.push(row);
      room -= size;
      if (maxBytes - room >= maxBytesPerTick) return { room, more: true };
    }
    return { room, more: rows.length === maxRowsPerTick };
  }

  /** Looked for after the live rows: whatever has left those while we read is sealed by now. */
  #readSealed(board: BoardId, from: Revision, maxBytes: number, commits: PackedCommit[]): Tick {
    let room = maxBytes;
    const sealed = this.segments.readAfter(board, from);
    if (!sealed) throw damaged(board, from);
    for (const commit of sealed) {
      if (commit.bytes.length > room && commits.length > 0) return { room, more: false };
      commits.push(commit);
      room -= commit.bytes.length;
    }
    return { room, more: true };
  }

  /** Checks each commit's hash, for 1 µs: bytes that have changed on the disk reach nobody. Returns where they end. */
  #follow(board: BoardId, before: Place, rows: readonly Row[]): Place {
    let place = before;
    for (const [after, last, at, bytes, hash] of rows) {
      if (after !== place.last || !hash.equals(commitHash(place.hash, board, { after, last, at, bytes }))) {
        throw damaged(board, place.last);
      }
      place = { last, hash };
    }
    return place;
  }

  /** Where the commit before this revision ends; null where it was sealed since the row behind it was read. */
  #placeBefore(board: BoardId, after: Revision): Place | null {
    if (after === 0) return { last: 0, hash: chainStart };
    const live = this.#before.get(board, after);
    const hash = live?.last === after ? live.hash : this.segments.chainAt(board, after);
    return hash && { last: after, hash };
  }
}

interface Tick {
  /** Bytes that the page still takes. */
  readonly room: number;
  readonly more: boolean;
}

const damaged = (board: BoardId, after: Revision): DamagedLog =>
  new DamagedLog(`board ${board} is damaged at revision ${after + 1}.`);
