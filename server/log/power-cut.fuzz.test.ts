import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { seededRandom, wholeBetween } from '../../shared/testing/random.ts';
import { PowerDisk } from '../testing/power-disk.ts';
import type { Synchronous } from './sqlite/connection.ts';
import { Appender } from './testing/appender.ts';
import { soundHeads } from './testing/sound-heads.ts';

const cuts = Number(process.env['RETRACE_FUZZ_POWER'] ?? 3);
/** Within so many, one is to be lost where a commit does not wait for the disk: otherwise the cuts prove nothing. */
const controlCuts = 20;
/** Cuts that one database goes through before another is begun. */
const cutsOfOne = 5;

const folder = mkdtempSync(join(tmpdir(), 'retrace-power-'));
const disk = PowerDisk.make(folder, 512);
afterAll(() => {
  if (disk instanceof PowerDisk) disk.remove();
  rmSync(folder, { recursive: true });
});

interface Cut {
  /** Events of the appends that had been said to be durable, and how many of those are gone. */
  readonly acknowledged: number;
  readonly lost: number;
}

async function cutPower(power: PowerDisk, data: string, seed: number, synchronous: Synchronous): Promise<Cut> {
  const appender = new Appender({ dataFolder: data, seed, synchronous, dies: true });
  await appender.begun();
  await pause(wholeBetween(seededRandom(seed), 0, 400));
  const acknowledged = new Map(appender.acknowledged);
  power.cut();
  await appender.kill();
  power.restore();
  const heads = await soundHeads(data, acknowledged.keys());
  let [said, lost] = [0, 0];
  for (const [board, head] of acknowledged) {
    said += head;
    lost += Math.max(0, head - (heads.get(board) ?? 0));
  }
  return { acknowledged: said, lost };
}

test(
  `[P1] [P2] [L7] ${cuts} power cuts in the middle of appends and of sealing: everything acknowledged before is there`,
  { timeout: 120_000 + cuts * 10_000 },
  async (context) => {
    if (typeof disk === 'string') return context.skip(disk);
    let acknowledged = 0;
    for (let cut = 0; cut < cuts; cut++) {
      const data = join(disk.folder, `full-${Math.floor(cut / cutsOfOne)}`);
      const found = await cutPower(disk, data, cut + 1, 'FULL');
      expect(found.lost, `cut ${cut + 1}`).toBe(0);
      acknowledged += found.acknowledged;
      if (cut % cutsOfOne === cutsOfOne - 1) rmSync(data, { recursive: true });
    }
    await context.annotate(`${cuts} cuts, ${acknowledged} events acknowledged before, none of them lost`);
  },
);

test(
  `with commits that do not wait for the disk, one of ${controlCuts} power cuts takes acknowledged events back`,
  { timeout: 120_000 + controlCuts * 10_000 },
  async (context) => {
    if (typeof disk === 'string') return context.skip(disk);
    let [cut, lost] = [0, 0];
    while (lost === 0 && cut < controlCuts) {
      const data = join(disk.folder, `normal-${cut}`);
      ({ lost } = await cutPower(disk, data, ++cut, 'NORMAL'));
      rmSync(data, { recursive: true });
    }
    expect(lost).toBeGreaterThan(0);
    await context.annotate(`cut ${cut} lost ${lost} events`);
  },
);
