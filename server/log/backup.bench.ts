// npm run bench backup [-- --backups=20 --rate=5000 --mb=200 --seconds=5 --json]
// Backups of a log that is appended to at a steady rate, by a process of their own, as people make them: the longest that
// an append and the event loop beside it are kept waiting, against the same without a backup. Each is a whole prefix.

import { fork, type ChildProcess, execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { BoardId } from '../../shared/ids.ts';
import type { BenchOptions, Measure } from '../../shared/bench.ts';
import { median } from '../testing/load/median.ts';
import { openSqliteLog } from './sqlite.ts';
import type { SteadyReport } from './testing/append-steadily.ts';
import { type Heads, type Misfit, verifyFile, verifyLog } from './verify-log.ts';

const MB = 1e6;
const BYTES_OF_OLD_COMMIT = 2000;
const program = fileURLToPath(new URL('../cli/retrace.mjs', import.meta.url));
const appender = fileURLToPath(new URL('./testing/append-steadily.ts', import.meta.url));

export async function run({ log, option }: BenchOptions): Promise<Measure[]> {
  const [backups, mb] = [Number(option('backups', '20')), Number(option('mb', '200'))];
  const rate = option('rate', '5000');
  const folder = await mkdtemp(join(tmpdir(), 'retrace-backup-'));
  const data = join(folder, 'data');
  await fill(data, mb);
  const steady = fork(appender, [data, rate], { execArgv: ['--import', './server/launch/typescript.mjs'] });
  try {
    await once(steady, 'message');
    // What a process does first is slower, and not what is asked.
    await wait(2000);
    const without: SteadyReport[] = [];
    const during: SteadyReport[] = [];
    const times: number[] = [];
    const copied: Heads[] = [];
    let misfits = 0;
    for (let i = 0; i < backups; i++) {
      const copy = join(folder, `copy-${i}.db`);
      await report(steady);
      await wait(Number(option('seconds', '5')) * 1000);
      without.push(await report(steady));
      const began = performance.now();
      await promisify(execFile)(process.execPath, [program, 'backup', copy, '--data', data]);
      times.push(performance.now() - began);
      // The WAL that the backup kept from being emptied is emptied by what comes after.
      await wait(1000);
      during.push(await report(steady));
      log(`without: ${inWords(without.at(-1)!)}`);
      log(`backup ${i + 1}: ${inWords(during.at(-1)!)}; took ${times.at(-1)?.toFixed(0)} ms`);
      const { heads, faults } = headsOf(copy);
      misfits += faults + without.at(-1)!.heads.filter(([board, head]) => (heads[board]?.revision ?? 0) < head).length;
      copied.push(heads);
      await rm(copy);
    }
    await end(steady);
    for (const heads of copied)
      misfits += misfitsOf(verifyLog({ dataFolder: data, boards: Object.keys(heads), heads }));
    return measures(`mb=${mb}, rate=${rate}`, without, during, times, misfits);
  } finally {
    await end(steady);
    await rm(folder, { recursive: true });
  }
}

/** Old boards, so that there is something to copy. */
async function fill(dataFolder: string, mb: number): Promise<void> {
  const log = await openSqliteLog({ dataFolder, synchronous: 'NORMAL' });
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES_OF_OLD_COMMIT));
  for (let board = 0; board < mb; board++) {
    const commits = Array.from({ length: MB / BYTES_OF_OLD_COMMIT }, (_, i) => ({
      after: i,
      last: i + 1,
      at: i,
      bytes,
    }));
    await log.append(`Old${String(board).padStart(13, '0')}` as BoardId, 0, commits);
  }
  await log.close();
}

async function report(steady: ChildProcess): Promise<SteadyReport> {
  steady.send('Report');
  return ((await once(steady, 'message')) as [SteadyReport])[0];
}

async function end(steady: ChildProcess): Promise<void> {
  if (steady.exitCode !== null || steady.signalCode !== null) return;
  const gone = once(steady, 'exit');
  steady.kill('SIGKILL');
  await gone;
}

function headsOf(copy: string): { heads: Heads; faults: number } {
  const verdict = verifyFile(copy);
  const heads = Object.fromEntries(verdict.boards.map(({ board, head }) => [board, head]));
  return { heads, faults: misfitsOf(verdict) + verdict.structure.length };
}

const misfitsOf = ({ boards }: { readonly boards: readonly { readonly misfit: Misfit | null }[] }): number =>
  boards.filter(({ misfit }) => misfit !== null).length;

function measures(
  name: string,
  without: readonly SteadyReport[],
  during: readonly SteadyReport[],
  times: readonly number[],
  misfits: number,
): Measure[] {
  const reference = 'the same without a backup';
  const beside = (metric: string, unit: string, of: (report: SteadyReport) => number): Measure => {
    const value = median(during.map(of));
    return { case: name, metric, value, unit, reference, ratio: value / median(without.map(of)) };
  };
  return [
    beside('append_p50', 'ms', ({ p50 }) => p50),
    beside('append_p99', 'ms', ({ p99 }) => p99),
    beside('append_longest', 'ms', ({ longest }) => longest),
    beside('loop_stall', 'ms at most', ({ stall }) => stall),
    { case: name, metric: 'backup', value: median(times), unit: 'ms' },
    { case: name, metric: 'misfits', value: misfits, unit: 'boards' },
  ];
}

const inWords = ({ p50, p99, longest, stall, events }: SteadyReport): string =>
  `append p50 ${p50.toFixed(2)}, p99 ${p99.toFixed(1)}, longest ${longest.toFixed(1)} ms; ` +
  `loop ${stall.toFixed(1)} ms; ${events} events`;
