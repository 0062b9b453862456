import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { CannotOpenLog } from './cannot-open-log.ts';
import type { BoardId, Revision } from '../../shared/ids.ts';
import { migrate, migrationsFolder, readMigrations } from './migrate.ts';
import type { PackedCommit } from './event-log.ts';
import { advice } from './sqlite/advice.ts';
import { connectToWrite } from './sqlite/connection.ts';
import { lockDataFolder } from './sqlite/data-folder-lock.ts';
import { DatabasePages } from './sqlite/salvage/pages.ts';
import { SalvagedCommits } from './sqlite/salvage/salvaged-commits.ts';
import { SqliteWriter } from './sqlite/writer.ts';

/** What became of one board: all up to `revision` is in the new file. */
export interface RecoveredBoard {
  /** Null where its name cannot be read: then nothing of it can be saved. */
  readonly board: string | null;
  readonly revision: Revision;
  readonly commits: number;
  /** What looks like commits behind the gap, and up to which revision they go. */
  readonly beyond: { readonly commits: number; readonly last: Revision };
}

export interface Recovery {
  readonly boards: readonly RecoveredBoard[];
  /** Pages that the disk does not give, of all. */
  readonly unreadable: number;
  readonly pages: number;
  /** Pages that the file should have beyond its end. */
  readonly missing: number;
}

/**
 * Whether all is there that there is any trace of. Only heads that were noted elsewhere tell whether a stream went on
 * beyond that.
 */
export const isWhole = ({ boards, unreadable, missing }: Recovery): boolean =>
  unreadable + missing === 0 && boards.every(({ revision, beyond }) => revision > 0 && beyond.commits === 0);

/** Bytes of one transaction. */
const batchBytes = 1024 * 1024;

/**
 * Reads a damaged log page by page, past SQLite, and writes to a new file every board's stream up to the first commit
 * that is missing or does not fit its hash: nothing is ever made up. The damaged file is only read.
 * @throws CannotOpenLog
 */
export function recoverLog(from: string, to: string): Recovery {
  const target = resolve(to);
  for (const file of [target, `${target}-wal`]) {
    if (existsSync(file)) throw new CannotOpenLog(`${file} is there already, and is left as it is.`);
  }
  if (!existsSync(from)) throw new CannotOpenLog(`There is no ${from}.`);
  const folder = dirname(resolve(from));
  const unlock = existsSync(`${folder}/retrace.lock`) ? lockDataFolder(folder) : () => {};
  const unfinished = `${target}.unfinished`;
  try {
    removeDatabase(unfinished);
    const recovery = copyWhatFits(from, unfinished);
    renameSync(unfinished, target);
    return recovery;
  } catch (cause) {
    removeDatabase(unfinished);
    if (cause instanceof CannotOpenLog) throw cause;
    throw new CannotOpenLog(`${from} cannot be recovered to ${target}: ${advice(cause)}`, { cause });
  } finally {
    unlock();
  }
}

function copyWhatFits(from: string, to: string): Recovery {
  const pages = new DatabasePages(from);
  const database = connectToWrite(to, 'FULL');
  try {
    migrate(database, readMigrations(migrationsFolder));
    const writer = new SqliteWriter(() => database);
    const salvaged = new SalvagedCommits(pages);
    const boards = salvaged.keys.map((key) => copyBoard(salvaged, key, writer));
    if (boards.length === 0)
      throw new CannotOpenLog(`In ${from} there is nothing of a Retrace log: nothing was written.`);
    return { boards, unreadable: pages.unreadable, pages: pages.count, missing: pages.missing };
  } finally {
    database.close();
    pages.close();
  }
}

function copyBoard(salvaged: SalvagedCommits, key: number, writer: SqliteWriter): RecoveredBoard {
  const names = salvaged.names(key);
  // A damaged copy of the name fits no hash.
  const board = names.find((name) => !salvaged.stream(key, name).next().done) ?? names[0] ?? null;
  let [revision, commits, size] = [0, 0, 0];
  let batch: PackedCommit[] = [];
  const write = (): void => {
    const expected = batch[0]?.after ?? 0;
    const answer = writer.write([{ board: board as BoardId, expected, commits: batch }]);
    if ('reason' in answer) throw new CannotOpenLog(`The new file cannot be written: ${answer.reason}`);
    [batch, size] = [[], 0];
  };
  for (const commit of board === null ? [] : salvaged.stream(key, board)) {
    batch.push(commit);
    revision = commit.last;
    commits++;
    size += commit.bytes.length;
    if (size >= batchBytes) write();
  }
  if (batch.length > 0) write();
  return { board, revision, commits, beyond: salvaged.beyond(key, revision) };
}

function removeDatabase(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(file + suffix, { force: true });
}
