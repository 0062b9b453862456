import { setImmediate as nextTick } from 'node:timers/promises';
import type { Database, Statement } from 'better-sqlite3';
import type { BoardId, Epoch, Millis, Revision } from '../../../shared/ids.ts';
import type { Append } from './append-record.ts';
import type { PackedCommit } from '../event-log.ts';

/** What one tick reads at most: well under 5 ms of the event loop's time from memory. */
const maxRowsPerTick = 500;
const maxBytesPerTick = 512 * 1024;

type Row = [after: Revision, last: Revision, at: Millis, bytes: Buffer];

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
  readonly #database: Database;
  readonly #page: Statement<[BoardId, Revision, Revision, number], Row>;
  readonly #head: Statement<[BoardId], Revision>;
  readonly #commit: Statement<[BoardId, Revision], Row>;

  constructor(database: Database) {
    this.#database = database;
    const ofBoard = 'FROM commits WHERE board = (SELECT key FROM boards WHERE id = ?)';
    // The commit in which the revision lies may begin before it; the one that follows never does.
    this.#page = database
      .prepare<[BoardId, Revision, Revision, number], Row>(
        `WITH wanted AS (SELECT key FROM boards WHERE id = ?)
         SELECT after, last, at, bytes FROM commits
         WHERE board = (SELECT key FROM wanted) AND last > ? AND after >= coalesce(
           (SELECT after FROM commits WHERE board = (SELECT key FROM wanted) AND after <= ? ORDER BY after DESC LIMIT 1), 0)
         ORDER BY after LIMIT ?`,
      )
      .raw();
    this.#head = database.prepare<[BoardId], Revision>(`SELECT last ${ofBoard} ORDER BY after DESC LIMIT 1`).pluck();
    this.#commit = database
      .prepare<[BoardId, Revision], Row>(`SELECT after, last, at, bytes ${ofBoard} AND after = ?`)
      .raw();
  }

  get store(): Store {
    return storeOf(this.#database);
  }

  head(board: BoardId): Revision {
    return this.#head.get(board) ?? 0;
  }

  async read(board: BoardId, after: Revision, maxBytes: number): Promise<PackedCommit[]> {
    const commits: PackedCommit[] = [];
    let room = maxBytes;
    for (let from = after, more = true; more; from = commits.at(-1)?.last ?? after) {
      if (commits.length > 0) await nextTick();
      ({ room, more } = this.#readTick(board, from, room, commits));
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

  #readTick(board: BoardId, from: Revision, room: number, commits: PackedCommit[]): { room: number; more: boolean } {
    let rows = 0;
    let bytesRead = 0;
    for (const [after, last, at, bytes] of this.#page.iterate(board, from, from, maxRowsPerTick)) {
      if (bytes.length > room && commits.length > 0) return { room, more: false };
      commits.push({ after, last, at, bytes });
      rows++;
      room -= bytes.length;
      bytesRead += bytes.length;
      if (bytesRead >= maxBytesPerTick) return { room, more: true };
    }
    return { room, more: rows === maxRowsPerTick };
  }
}
