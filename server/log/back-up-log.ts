import { rmSync } from 'node:fs';
import { backUp } from './sqlite/back-up.ts';
import { databaseIn } from './sqlite/stored-log.ts';
import { type Verdict, verifyFile } from './verify-log.ts';

/**
 * Copies the log of a data folder to a new file, while a server is running on it or not, and verifies the copy; one that
 * does not verify is kept, as it may be all there is, and the verdict says so.
 * @throws CannotOpenLog
 */
export async function backUpLog(dataFolder: string, copy: string, copied?: (share: number) => void): Promise<Verdict> {
  await backUp(databaseIn(dataFolder), copy, copied);
  const verdict = verifyFile(copy);
  // Left by the reader of a database whose writer has gone; a backup is one file.
  for (const suffix of ['-wal', '-shm']) rmSync(copy + suffix, { force: true });
  return verdict;
}
