import Database from 'better-sqlite3';
import { CannotOpenLog } from '../cannot-open-log.ts';

/**
 * Keeps a second server away from a data folder: each would think itself the only writer of its boards. The lock is the
 * operating system's on an open file, which ends with the process, however that ends.
 */
export const lockDataFolder = (folder: string): (() => void) =>
  lockFile(`${folder}/retrace.lock`, `Another Retrace server is using the data folder ${folder}.`);

/** Holds a file of its own until the returned function is called. @throws CannotOpenLog, saying `busy`, where another does */
export function lockFile(file: string, busy: string): () => void {
  const lock = new Database(file, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return () => lock.close();
  } catch (cause) {
    lock.close();
    if ((cause as { code?: string }).code !== 'SQLITE_BUSY') throw cause;
    throw new CannotOpenLog(busy, { cause });
  }
}
