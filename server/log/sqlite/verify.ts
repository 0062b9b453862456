import Sqlite, { type Database } from 'better-sqlite3';
import type { Revision } from '../../../shared/ids.ts';
import { migrate, migrationsFolder, readMigrations } from '../migrate.ts';
import { DamagedLog } from './advice.ts';
import { chainStart, commitHash } from './commit-hash.ts';
import { type SealedOrLive, storedCommits } from './stored-commits.ts';

/** Up to where a board had come once, and the hash of its commit there (hexadecimal). */
export interface Head {
  readonly revision: Revision;
  readonly hash: string;
}

/** By board. Kept elsewhere, they show also that a stream's end was cut off or that it was written anew. */
export type Heads = Readonly<Record<string, Head>>;

export interface Misfit {
  /** The first that does not fit; where the stream was written anew, the one that was noted. */
  readonly revision: Revision;
  readonly fault: 'Changed' | 'Missing' | 'Misplaced' | 'Unreadable' | 'CutOff' | 'WrittenAnew';
  readonly message: string;
}

/** What was found of one board: `head` is the last revision up to which everything fits. */
export interface BoardVerdict {
  readonly board: string;
  readonly head: Head;
  readonly commits: number;
  readonly misfit: Misfit | null;
}

/** All boards in the order in which they were made. */
export const storedBoards = (database: Database): string[] =>
  database.prepare<[], string>('SELECT id FROM boards ORDER BY key').pluck().all();

/** What SQLite itself finds wrong with the file, in its words; nothing where it is sound. */
export function structuralFaults(database: Database): string[] {
  try {
    const found = database.prepare<[], string>('PRAGMA integrity_check(20)').pluck().all();
    const strays = database.prepare('PRAGMA foreign_key_check').all().length;
    return [
      ...schemaFaults(database),
      ...found.filter((line) => line !== 'ok'),
      ...(strays > 0 ? [`${strays} commits belong to no board`] : []),
    ];
  } catch (error) {
    return [messageOf(error)];
  }
}

/** Tables, indexes and guards that are not as the migrations make them. */
function schemaFaults(database: Database): string[] {
  const fresh = new Sqlite(':memory:');
  try {
    migrate(fresh, readMigrations(migrationsFolder));
    const [expected, found] = [schemaOf(fresh), schemaOf(database)];
    const names = [...new Set([...expected.keys(), ...found.keys()])];
    return names
      .filter((name) => expected.get(name) !== found.get(name))
      .map((name) => `${name} is not as it was made`);
  } finally {
    fresh.close();
  }
}

/** Statements by what they made, without what SQLite makes and changes by itself. */
const schemaOf = (database: Database): Map<string, string> =>
  new Map(
    database
      .prepare<[], [string, string]>(
        "SELECT type || ' ' || name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
      )
      .raw()
      .all(),
  );

/** Follows a board's chain from its beginning to the first commit that does not fit, or to its end. */
export function verifyBoard(database: Database, board: string, before: Head | undefined): BoardVerdict {
  const chain = new Chain(board, before);
  try {
    for (const commit of storedCommits(database, board)) {
      const misfit = chain.take(commit);
      if (misfit) return chain.verdict(misfit);
    }
    return chain.verdict(chain.end());
  } catch (error) {
    if (error instanceof DamagedLog) return chain.verdict(chain.misfit('Changed', error.message.replace(/\.$/, '')));
    if (!(error as { code?: string }).code?.startsWith('SQLITE_')) throw error;
    return chain.verdict(chain.misfit('Unreadable', `cannot be read: ${messageOf(error)}`));
  }
}

class Chain {
  readonly #board: string;
  readonly #before: Head | undefined;
  #last: Revision = 0;
  #hash: Uint8Array = chainStart;
  #commits = 0;

  constructor(board: string, before: Head | undefined) {
    this.#board = board;
    this.#before = before;
  }

  take(commit: SealedOrLive): Misfit | null {
    if (commit.after > this.#last) return this.misfit('Missing', `${revisions(this.#last, commit.after)} missing`);
    if (commit.after < this.#last) {
      return this.misfit('Misplaced', `is where ${revisions(commit.after, commit.last)} said to be a second time`);
    }
    const hash = commitHash(this.#hash, this.#board, commit);
    if (commit.hash && !hash.equals(commit.hash)) {
      return this.misfit('Changed', `${revisions(commit.after, commit.last)} not what was written`);
    }
    const noted = this.#before?.revision ?? 0;
    if (noted > commit.after && noted <= commit.last) {
      if (noted < commit.last || this.#before?.hash !== hash.toString('hex')) {
        return {
          revision: noted,
          fault: 'WrittenAnew',
          message: 'the stream up to here is not the one that was noted',
        };
      }
    }
    this.#last = commit.last;
    this.#hash = hash;
    this.#commits++;
    return null;
  }

  /** After the last commit. */
  end(): Misfit | null {
    const { revision = 0 } = this.#before ?? {};
    return this.#last < revision
      ? this.misfit('CutOff', `${revisions(this.#last, revision)} missing at the end`)
      : null;
  }

  misfit(fault: Misfit['fault'], message: string): Misfit {
    return { revision: this.#last + 1, fault, message };
  }

  verdict(misfit: Misfit | null): BoardVerdict {
    const head = { revision: this.#last, hash: Buffer.from(this.#hash).toString('hex') };
    return { board: this.#board, head, commits: this.#commits, misfit };
  }
}

/** "revision 4 is", "revisions 4 to 7 are" */
const revisions = (after: Revision, last: Revision): string =>
  last === after + 1 ? `revision ${last} is` : `revisions ${after + 1} to ${last} are`;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
