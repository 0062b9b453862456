import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import type { BoardId, Revision } from '../../../shared/ids.ts';
import { commit, plain } from '../contract.ts';
import { openSqliteLog } from '../sqlite.ts';
import { verifyLog } from '../verify-log.ts';

/**
 * Where boards end that an appender wrote. What is there of them is what it wrote, without a gap; the file is sound, and
 * every chain verifies.
 */
export async function soundHeads(dataFolder: string, boards: Iterable<BoardId>): Promise<Map<BoardId, Revision>> {
  const heads = new Map<BoardId, Revision>();
  const log = await openSqliteLog({ dataFolder, synchronous: 'FULL' });
  for (const board of boards) {
    const commits = await log.read(board, 0, Number.MAX_SAFE_INTEGER);
    let after = 0;
    const whole = commits.map(({ last, bytes }) => commit(after, (after = last), bytes.length));
    expect(plain(commits)).toEqual(plain(whole));
    expect(after).toBe(await log.head(board));
    heads.set(board, after);
  }
  await log.close();
  const database = new Database(join(dataFolder, 'retrace.db'));
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  database.close();
  const verdict = verifyLog({ dataFolder, boards: [], heads: {} });
  expect(verdict.boards.filter(({ misfit }) => misfit !== null)).toEqual([]);
  return heads;
}
