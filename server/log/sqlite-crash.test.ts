import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { BoardId, Revision } from '../../shared/ids.ts';
import { commit, plain } from './contract.ts';
import { openSqliteLog } from './sqlite.ts';
import { verifyLog } from './verify-log.ts';

/** More of them for a longer trial: RETRACE_KILLS=100. */
const kills = Number(process.env['RETRACE_KILLS'] ?? 5);
const appender = fileURLToPath(new URL('./testing/append-until-killed.ts', import.meta.url));

/** Starts the appender, lets it append for a while, and kills it; what it said was durable goes to `acknowledged`. */
async function killedRound(folder: string, round: number, acknowledged: Map<BoardId, Revision>): Promise<void> {
  const child = spawn(
    process.execPath,
    ['--import', './server/launch/typescript.mjs', appender, folder, String(round + 1)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const closed = once(child, 'close');
  await Promise.race([once(child.stdout, 'data'), closed]);
  await wait((round * 67) % 250);
  child.kill('SIGKILL');
  await closed;
  for (const [, board, head] of said.matchAll(/^(\w{16}) (\d+)$/gm)) acknowledged.set(board as BoardId, Number(head));
}

test(
  `[L7] [L31] ${kills} times killed in the middle of appends and of sealing: every acknowledged commit is there, and no gap`,
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'retrace-crash-'));
    try {
      const acknowledged = new Map<BoardId, Revision>();
      let sealed = 0;
      for (let round = 0; round < kills; round++) {
        await killedRound(folder, round, acknowledged);
        const log = await openSqliteLog({ dataFolder: folder, synchronous: 'FULL' });
        expect(acknowledged.size).toBeGreaterThan(0);
        for (const [board, head] of acknowledged) {
          expect(await log.head(board)).toBeGreaterThanOrEqual(head);
          const commits = await log.read(board, 0, Number.MAX_SAFE_INTEGER);
          let after = 0;
          const whole = commits.map(({ last, bytes }) => commit(after, (after = last), bytes.length));
          expect(plain(commits)).toEqual(plain(whole));
          expect(after).toBe(await log.head(board));
        }
        await log.close();
        const database = new Database(join(folder, 'retrace.db'));
        expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
        sealed += database.prepare<[], number>('SELECT count(*) FROM segments').pluck().get() ?? 0;
        database.close();
        const verdict = verifyLog({ dataFolder: folder, boards: [], heads: {} });
        expect(verdict.boards.filter(({ misfit }) => misfit !== null)).toEqual([]);
      }
      expect(acknowledged.size).toBe(8);
      expect(sealed).toBeGreaterThan(0);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
  30_000 + kills * 10_000,
);
