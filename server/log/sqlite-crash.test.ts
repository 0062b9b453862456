import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { BoardId, Revision } from '../../shared/ids.ts';
import { Appender } from './testing/appender.ts';
import { soundHeads } from './testing/sound-heads.ts';

/** More of them for a longer trial: RETRACE_KILLS=100. */
const kills = Number(process.env['RETRACE_KILLS'] ?? 5);

/** Starts the appender, lets it append for a while, and kills it; what it said was durable goes to `acknowledged`. */
async function killedRound(folder: string, round: number, acknowledged: Map<BoardId, Revision>): Promise<void> {
  const appender = new Appender({ dataFolder: folder, seed: round + 1 });
  await appender.begun();
  await wait((round * 67) % 250);
  await appender.kill();
  for (const [board, head] of appender.acknowledged) acknowledged.set(board, head);
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
        expect(acknowledged.size).toBeGreaterThan(0);
        const heads = await soundHeads(folder, acknowledged.keys());
        for (const [board, head] of acknowledged) expect(heads.get(board)).toBeGreaterThanOrEqual(head);
        const database = new Database(join(folder, 'retrace.db'));
        sealed += database.prepare<[], number>('SELECT count(*) FROM segments').pluck().get() ?? 0;
        database.close();
      }
      expect(acknowledged.size).toBe(8);
      expect(sealed).toBeGreaterThan(0);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
  120_000 + kills * 10_000,
);
