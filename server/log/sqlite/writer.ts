import type { Database, Statement } from 'better-sqlite3';
import type { Append } from './append-record.ts';
import { chainStart, commitHash } from './commit-hash.ts';
import type { Answer } from './mailbox.ts';

/** Codes after which the connection is as good as before: the disk is full, or another program holds the lock. */
const passing = /^SQLITE_(FULL|BUSY)/;

/** Writes batches of appends, one transaction each. It runs in a thread of its own, and waits for the disk. */
export class SqliteWriter {
  readonly #connect: () => Database;
  #open: OpenWriter | null = null;

  /** Connects at once. */
  constructor(connect: () => Database) {
    this.#connect = connect;
    this.#open = new OpenWriter(connect());
  }

  /** All appends that follow their board's head are durable when this returns; or nothing is stored. */
  write(appends: readonly Append[]): Answer {
    try {
      this.#open ??= new OpenWriter(this.#connect());
      return this.#open.write(appends);
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

type Head = [last: number, hash: Uint8Array];
const emptyBoard: Head = [0, chainStart];

class OpenWriter {
  readonly #database: Database;
  readonly #begin: Statement;
  readonly #commit: Statement;
  readonly #findBoard: Statement<[string], number>;
  readonly #addBoard: Statement<[string]>;
  readonly #head: Statement<[number], Head>;
  readonly #insert: Statement<[number, number, number, number, Uint8Array, Uint8Array]>;

  constructor(database: Database) {
    this.#database = database;
    this.#begin = database.prepare('BEGIN IMMEDIATE');
    this.#commit = database.prepare('COMMIT');
    this.#findBoard = database.prepare<[string], number>('SELECT key FROM boards WHERE id = ?').pluck();
    this.#addBoard = database.prepare('INSERT INTO boards (id) VALUES (?)');
    this.#head = database
      .prepare<[number], Head>('SELECT last, hash FROM commits WHERE board = ? ORDER BY after DESC LIMIT 1')
      .raw();
    this.#insert = database.prepare(
      'INSERT INTO commits (board, after, last, at, hash, bytes) VALUES (?, ?, ?, ?, ?, ?)',
    );
  }

  write(appends: readonly Append[]): Answer {
    try {
      this.#begin.run();
      const outcomes = appends.map((append) => this.#append(append));
      this.#commit.run();
      return outcomes;
    } catch (error) {
      if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  /** The head is looked up before anything is inserted, so that one board's wrong revision never fails the others. */
  #append({ board, expected, commits }: Append): number | null {
    const known = this.#findBoard.get(board);
    const [actual, hash] = (known !== undefined && this.#head.get(known)) || emptyBoard;
    if (actual !== expected) return actual;
    if (commits.length === 0) return null;
    const key = known ?? Number(this.#addBoard.run(board).lastInsertRowid);
    let previous = hash;
    for (const commit of commits) {
      previous = commitHash(previous, board, commit);
      this.#insert.run(key, commit.after, commit.last, commit.at, previous, commit.bytes);
    }
    return null;
  }

  close(): void {
    this.#database.close();
  }
}
