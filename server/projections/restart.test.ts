import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { BoardId } from '../../shared/ids.ts';
import { boardDifference } from '../../shared/testing/same-board.ts';
import { generateSession } from '../../shared/testing/session-generator.ts';
import { emptyBoard, fold } from '../../shared/board.ts';
import { BoardClient } from '../cli/board-client.ts';
import { packedCommit } from '../commits.ts';
import { readConfig } from '../config.ts';
import { openSqliteLog } from '../log/sqlite.ts';
import type { Logger } from '../logger.ts';
import { serve } from '../serve.ts';

const BOARD = 'BoardOfRestarts1' as BoardId;
const commits = generateSession({ seed: 51, authors: 5, events: 9000 });
const dataFolder = await mkdtemp(join(tmpdir(), 'retrace-restart-'));
afterAll(() => rm(dataFolder, { recursive: true, force: true }));

/** Starts a server on the folder, joins the board, and stops again. */
async function joined(): Promise<{ difference: string | null; warnings: unknown[] }> {
  const warnings: unknown[] = [];
  const nothing = (): void => {};
  const warn = (...said: unknown[]): void => void warnings.push(said);
  const logger = { fatal: warn, error: warn, warn, info: nothing, debug: nothing, flush: nothing } as Logger;
  const server = await serve({ ...readConfig({ PORT: '0' }), dataFolder }, { logger, pageFolder: '/nowhere' });
  try {
    const address = `ws://127.0.0.1:${server.port}/api/boards/${BOARD}/live`;
    const client = new BoardClient({ address, secret: 'secret-of-who-restarts', name: 'Rea', color: 'red' });
    await client.connect();
    const expected = fold(
      emptyBoard,
      commits.flatMap((commit) => commit.events),
    );
    while (client.confirmed.revision < expected.revision) await new Promise((resolve) => setTimeout(resolve, 1));
    const difference = boardDifference(client.confirmed, expected);
    client.close();
    return { difference, warnings };
  } finally {
    await server.stop();
  }
}

test('[J3] [J8] a server on files: restarted with its snapshot, without it, and with a damaged one', async () => {
  const log = await openSqliteLog({ dataFolder, synchronous: 'NORMAL' });
  await log.append(BOARD, 0, commits.map(packedCommit));
  await log.close();
  const file = join(dataFolder, 'snapshots', BOARD.slice(0, 2), `${BOARD}.snapshot`);
  const well = { difference: null, warnings: [] };
  expect(await joined()).toEqual(well);
  const kept = await readFile(file);
  expect(await joined()).toEqual(well);
  expect((await readFile(file)).equals(kept)).toBe(true);
  for (const spoilt of [
    kept.subarray(0, kept.length >> 1),
    Buffer.alloc(0),
    kept.map((byte, i) => (i === 5000 ? ~byte : byte)),
  ]) {
    await writeFile(file, spoilt);
    expect(await joined()).toEqual(well);
    // It was made anew, and is the same.
    expect((await readFile(file)).equals(kept)).toBe(true);
  }
  await rm(join(dataFolder, 'snapshots'), { recursive: true });
  await writeFile(join(dataFolder, 'snapshots'), 'A file where the folder should be.');
  const { difference, warnings } = await joined();
  expect([difference, warnings.length]).toEqual([null, 1]);
  expect(await readdir(dataFolder)).toContain('snapshots');
});
