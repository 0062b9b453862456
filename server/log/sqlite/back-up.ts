import { closeSync, existsSync, fdatasyncSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Database } from 'better-sqlite3';
import { CannotOpenLog } from '../cannot-open-log.ts';
import { advice } from './advice.ts';
import { connectToWrite } from './connection.ts';
import { lockFile } from './data-folder-lock.ts';
import { openStoredLog } from './stored-log.ts';

/** Pages of one step: 256 KB at the usual page size. */
const pagesPerStep = 64;

/**
 * Copies a log to a new file as it is at this moment, while others go on writing to it. The copy has an epoch of its own:
 * clients that meet it in place of the log know that what was confirmed to them since may be missing. It rests in between
 * by blocking: for a process of its own.
 * @throws CannotOpenLog when there is no log, or the copy cannot be made; nothing is left of it then
 */
export async function backUp(file: string, copy: string, copied: (share: number) => void = () => {}): Promise<void> {
  const target = resolve(copy);
  refuseToReplace(target);
  // Written beside its place: what has the name of a backup is a whole one.
  const unfinished = `${target}.unfinished`;
  const source = openStoredLog(file);
  const release = claim(target, `${unfinished}.lock`, source);
  try {
    removeDatabase(unfinished);
    // A reading transaction holds the moment. Without it each commit of others would make SQLite begin anew. It keeps
    // nobody from writing; only the WAL cannot be emptied while it lasts.
    source.exec('BEGIN');
    source.prepare('SELECT epoch FROM store').get();
    const rests = new Rests(unfinished);
    await source.backup(unfinished, {
      progress({ totalPages, remainingPages }) {
        copied(totalPages === 0 ? 0 : 1 - remainingPages / totalPages);
        rests.rest();
        return pagesPerStep;
      },
    });
    rests.end();
    renewEpoch(unfinished);
    refuseToReplace(target);
    sync(unfinished);
    renameSync(unfinished, target);
    sync(dirname(target));
  } catch (cause) {
    removeDatabase(unfinished);
    if (cause instanceof CannotOpenLog) throw cause;
    throw new CannotOpenLog(`${target} cannot be written: ${advice(cause)}`, { cause });
  } finally {
    release();
    source.close();
  }
}

/** Two that write the same copy at a time would each take the other's for theirs. */
function claim(target: string, lock: string, source: Database): () => void {
  try {
    const unlock = lockFile(lock, `Another backup to ${target} is being made.`);
    return () => {
      unlock();
      rmSync(lock, { force: true });
    };
  } catch (cause) {
    source.close();
    if (cause instanceof CannotOpenLog) throw cause;
    throw new CannotOpenLog(`${target} cannot be written: ${advice(cause)}`, { cause });
  }
}

function renewEpoch(file: string): void {
  const database = connectToWrite(file, 'FULL');
  try {
    database.exec('UPDATE store SET epoch = lower(hex(randomblob(12)))');
  } finally {
    database.close();
  }
}

function refuseToReplace(target: string): void {
  for (const file of [target, `${target}-wal`]) {
    if (existsSync(file)) throw new CannotOpenLog(`${file} is there already, and is left as it is.`);
  }
}

function removeDatabase(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(file + suffix, { force: true });
}

function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Half of the time disk and processor are left to whoever draws. What was copied is on the disk before more is: otherwise
 * an append, which waits for the disk too, waits for all of it (0.2 s where the copy has 200 MB).
 */
class Rests {
  readonly #descriptor: number;
  #began = performance.now();

  constructor(file: string) {
    this.#descriptor = openSync(file, 'a');
  }

  rest(): void {
    fdatasyncSync(this.#descriptor);
    Atomics.wait(asleep, 0, 0, performance.now() - this.#began);
    this.#began = performance.now();
  }

  end(): void {
    closeSync(this.#descriptor);
  }
}

const asleep = new Int32Array(new SharedArrayBuffer(4));
