// Appends a second and CPU for each, against a bare better-sqlite3 loop that commits the same batches with the same
// durability on its own thread. Rounds of the two take turns; medians of the rounds, and of their pairs' ratios.
//
//   --rounds=9 --seconds=0.5 --bytes=200 --synchronous=FULL --folder=(the system's temporary one)

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { BoardId } from '../../shared/ids.ts';
import type { BenchOptions, Measure } from '../../shared/bench.ts';
import type { EventLog } from './event-log.ts';
import type { Synchronous } from './sqlite/connection.ts';
import { openSqliteLog } from './sqlite.ts';
import { median } from '../testing/load/median.ts';

/** Appends in one transaction, each to a board of its own. */
const batches = [1, 10, 100];

interface Round {
  /** Appends a second. */
  readonly rate: number;
  /** CPU time of the whole process for one append, in µs. */
  readonly cpu: number;
  /** Of one batch, in ms. */
  readonly p50: number;
  readonly p99: number;
}

/** Appends one batch: `count` commits, to as many boards. */
type Batch = (count: number) => void | Promise<void>;

export async function run({ log: say, option }: BenchOptions): Promise<Measure[]> {
  const rounds = Number(option('rounds', '9'));
  const milliseconds = Number(option('seconds', '0.5')) * 1000;
  const bytes = new Uint8Array(Number(option('bytes', '200'))).fill(7);
  const synchronous = option('synchronous', 'FULL') as Synchronous;
  const dataFolder = mkdtempSync(join(option('folder', tmpdir()), 'retrace-append-'));
  const log = await openSqliteLog({ dataFolder, synchronous });
  const bare = new Database(join(dataFolder, 'bare.db'));
  try {
    const ours = appendTo(log, bytes);
    const theirs = insertInto(bare, synchronous, bytes);
    const measures: Measure[] = [];
    for (const count of batches) {
      const results: { ours: Round[]; bare: Round[] } = { ours: [], bare: [] };
      for (let round = 0; round < rounds; round++) {
        results.bare.push(await measure(theirs, count, milliseconds));
        results.ours.push(await measure(ours, count, milliseconds));
        say(`batch=${count}, round ${round + 1} of ${rounds}`);
      }
      measures.push(...compare(`batch=${count}`, results.ours, results.bare));
    }
    return measures;
  } finally {
    await log.close();
    bare.close();
    rmSync(dataFolder, { recursive: true });
  }
}

function appendTo(log: EventLog, bytes: Uint8Array): Batch {
  const heads = new Map<number, number>();
  const append = (index: number) => {
    const after = heads.get(index) ?? 0;
    heads.set(index, after + 3);
    const board = `Board${String(index).padStart(11, '0')}` as BoardId;
    return log.append(board, after, [{ after, last: after + 3, at: Date.now(), bytes }]);
  };
  return async (count) => {
    await Promise.all(Array.from({ length: count }, (_, index) => append(index)));
  };
}

function insertInto(database: Database.Database, synchronous: Synchronous, bytes: Uint8Array): Batch {
  database.pragma('journal_mode = WAL');
  database.pragma(`synchronous = ${synchronous}`);
  database.exec(
    'CREATE TABLE commits (board INTEGER, after INTEGER, last INTEGER, at INTEGER, bytes BLOB, UNIQUE (board, after))',
  );
  const insert = database.prepare('INSERT INTO commits VALUES (?, ?, ?, ?, ?)');
  let after = 0;
  return database.transaction((count: number) => {
    for (let board = 0; board < count; board++) insert.run(board, after, after + 3, Date.now(), bytes);
    after += 3;
  }).immediate;
}

async function measure(batch: Batch, count: number, milliseconds: number): Promise<Round> {
  for (let warm = 0; warm < 20; warm++) await batch(count);
  const times: number[] = [];
  const cpuBefore = process.cpuUsage();
  const start = performance.now();
  for (let now = start; now - start < milliseconds;) {
    await batch(count);
    const end = performance.now();
    times.push(end - now);
    now = end;
  }
  const elapsed = performance.now() - start;
  const { user, system } = process.cpuUsage(cpuBefore);
  const appends = times.length * count;
  times.sort((a, b) => a - b);
  return {
    rate: (appends / elapsed) * 1000,
    cpu: (user + system) / appends,
    p50: times[times.length >> 1] ?? 0,
    p99: times[Math.floor(times.length * 0.99)] ?? 0,
  };
}

function compare(of: string, ours: readonly Round[], bare: readonly Round[]): Measure[] {
  const reference = 'bare better-sqlite3 loop';
  const row = (metric: keyof Round, name: string, unit: string): Measure => {
    const value = median(ours.map((round) => round[metric]));
    // What disturbs the machine disturbs the two rounds of a pair alike.
    const ratio = median(ours.map((round, index) => round[metric] / (bare[index]?.[metric] ?? NaN)));
    return { case: of, metric: name, value, unit, reference, ratio };
  };
  return [
    row('rate', 'appends', '/s'),
    row('cpu', 'cpu', 'µs/append'),
    row('p50', 'batch p50', 'ms'),
    row('p99', 'batch p99', 'ms'),
  ];
}
