import type { Database, Statement } from 'better-sqlite3';
import type { Revision } from '../../../shared/ids.ts';
import type { Append } from './append-record.ts';
import { chainStart, commitHash } from './commit-hash.ts';
import type { Answer } from './mailbox.ts';
import type { Place } from './place.ts';

/** Codes after which the connection is as good as before: the disk is full, or another program holds the lock. */
const passing = /^SQLITE_(FULL|BUSY)/;

/** Writes batches of appends, one transaction each. It runs in a thread of its own, and waits for the disk. */
export class SqliteWriter {
  readonly #connect: () => Database;
  readonly #place: Pick<Place, 'fault'>;
  #open: OpenWriter | null = null;

  /** Connects at once. Nothing is written while the place has a fault. */
  constructor(connect: () => Database, place: Pick<Place, 'fault'> = { fault: () => null }) {
    this.#connect = connect;
    this.#place = place;
    this.#open = new OpenWriter(connect());
    place.fault();
  }

  /** All appends that follow their board's head are durable when this returns; or nothing is stored. */
  write(appends: readonly Append[]): Answer {
    try {
      const before = this.#place.fault();
      if (before !== null) return { reason: before };
      this.#open ??= new OpenWriter(this.#connect());
      const answer = this.#open.write(appends);
      // What went away meanwhile may have been written to or not: it counts when it is back, or never.
      const after = this.#place.fault();
      return after === null ? answer : { reason: after };
    } catch (error) {
      const code = (error as { code?: string }).code ?? '';
      // What a file holds after a failed fsync is not known, and a second fsync may say yes to what is lost
      // ("fsync-gate"): only what a new connection reads is believed.
      if (!passing.test(code)) this.close();
      return { reason: error instanceof Error ? `${error.message} (${code || error.name})` : String(error) };
    }
  }

  close(): void {
    const open = this.#open;
    this.#open = null;
    open?.close();
  }
}

/** Where a board ends. */
interface Head {
  readonly key: number;
  readonly last: Revision;
  readonly hash: Uint8Array;
}

/** Boards whose heads are remembered. */
const maxHeads = 10_000;

class OpenWriter {
  readonly #database: Database;
  readonly #begin: Statement;
  readonly #commit: Statement;
  readonly #changes: Statement<[], number>;
  readonly #findHead: Statement<[string], [key: number, last: Revision | null, hash: Uint8Array | null]>;
  readonly #addBoard: Statement<[string]>;
  readonly #insert: Statement<[number, number, number, number, Uint8Array, Uint8Array]>;
  /** As long as nobody else writes and nothing is taken back, what this connection wrote last is where a board ends. */
  readonly #heads = new Map<string, Head>();
  #changesSeen: number | undefined;

  constructor(database: Database) {
    this.#database = database;
    this.#begin = database.prepare('BEGIN IMMEDIATE');
    this.#commit = database.prepare('COMMIT');
    this.#changes = database.prepare<[], number>('PRAGMA data_version').pluck();
    this.#findHead = database
      .prepare<[string], [number, Revision | null, Uint8Array | null]>(
        `SELECT key, last, hash FROM boards LEFT JOIN commits ON board = key WHERE id = ? ORDER BY after DESC LIMIT 1`,
      )
      .raw();
    this.#addBoard = database.prepare('INSERT INTO boards (id) VALUES (?)');
    this.#insert = database.prepare(
      'INSERT INTO commits (board, after, last, at, hash, bytes) VALUES (?, ?, ?, ?, ?, ?)',
    );
  }

  write(appends: readonly Append[]): Answer {
    try {
      this.#begin.run();
      this.#forgetWhatOthersChanged();
      const outcomes = appends.map((append) => this.#append(append));
      this.#commit.run();
      return outcomes;
    } catch (error) {
      this.#heads.clear();
      if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  /** The head is known before anything is inserted, so that one board's wrong revision never fails the others. */
  #append({ board, expected, commits }: Append): number | null {
    const head = this.#heads.get(board) ?? this.#readHead(board);
    const actual = head?.last ?? 0;
    if (actual !== expected) return actual;
    if (commits.length === 0) return null;
    const key = head?.key ?? Number(this.#addBoard.run(board).lastInsertRowid);
    let hash = head?.hash ?? chainStart;
    let last = actual;
    for (const commit of commits) {
      hash = commitHash(hash, board, commit);
      last = commit.last;
      this.#insert.run(key, commit.after, last, commit.at, hash, commit.bytes);
    }
    if (this.#heads.size >= maxHeads) this.#heads.clear();
    this.#heads.set(board, { key, last, hash });
    return null;
  }

  #readHead(board: string): Head | undefined {
    const [key, last, hash] = this.#findHead.get(board) ?? [];
    return key === undefined ? undefined : { key, last: last ?? 0, hash: hash ?? chainStart };
  }

  #forgetWhatOthersChanged(): void {
    const changes = this.#changes.get();
    if (changes !== this.#changesSeen) this.#heads.clear();
    this.#changesSeen = changes;
  }

  close(): void {
    this.#database.close();
  }
}
