// npm run bench storage [-- --events=200000 --json]
// What a point of real ink takes on the disk, as it was committed and once it is sealed, and how fast it is read back.
// Two recordings of a real pen are drawn again and again, each time elsewhere and of another size, by one hand.

import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import type { Command } from '../../shared/command.ts';
import type { BoardEvent } from '../../shared/event.ts';
import type { BoardId, Revision } from '../../shared/ids.ts';
import { commitOf, joined } from '../../shared/testing/commits.ts';
import type { BenchOptions, Measure } from '../../shared/bench.ts';
import { RecordedPen } from '../cli/ink/play.ts';
import { fitInto, readSvc } from '../cli/ink/svc.ts';
import { packedCommit } from '../commits.ts';
import type { EventLog, PackedCommit } from './event-log.ts';
import { openSqliteLog } from './sqlite.ts';
import { connectToWrite } from './sqlite/connection.ts';
import { Sealer, usualSealing } from './sqlite/sealing/sealer.ts';

const board = 'StorageBenchmark' as BoardId;
/** Samples of a 120 Hz pen in a frame, and ms between two frames. */
const SAMPLES_A_FRAME = 2;
const FRAME = 16;
const PAGE_BYTES = 1024 * 1024;

export async function run({ log, option }: BenchOptions): Promise<Measure[]> {
  const events = Number(option('events', '200000'));
  const folder = await mkdtemp(join(tmpdir(), 'retrace-storage-'));
  const file = join(folder, 'retrace.db');
  try {
    const store = await openSqliteLog({ dataFolder: folder, synchronous: 'NORMAL' });
    const points = await draw(store, events);
    log(`drawn: ${events} events, ${points} points`);
    const live = { ...(await stored(file, folder, 'live')), rate: await readAll(store) };
    const database = connectToWrite(file, 'NORMAL');
    const began = performance.now();
    for (const _ of new Sealer(database, { ...usualSealing, tail: 1 }).seal());
    const sealing = ((performance.now() - began) * 1000) / events;
    database.close();
    const sealed = { ...(await stored(file, folder, 'sealed')), rate: await readAll(store) };
    await store.close();
    const reference = 'as it was committed';
    const rows = (state: string, { bytes, whole, rate }: typeof live): Measure[] => [
      { case: `events=${events}, ${state}`, metric: 'bytes_per_point', value: bytes / points, unit: 'bytes' },
      { case: `events=${events}, ${state}`, metric: 'file_per_point', value: whole / points, unit: 'bytes' },
      { case: `events=${events}, ${state}`, metric: 'read', value: rate, unit: 'events/s' },
    ];
    const ratios = [sealed.bytes / live.bytes, sealed.whole / live.whole, sealed.rate / live.rate];
    return [
      ...rows('live', live),
      ...rows('sealed', sealed).map((row, i) => ({ ...row, reference, ratio: ratios[i] as number })),
      { case: `events=${events}, sealed`, metric: 'seal', value: sealing, unit: 'µs/event' },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Gives the number of points. */
async function draw(store: EventLog, events: number): Promise<number> {
  const end = { head: 0, at: Date.UTC(2026, 0, 5, 9) };
  let waiting: PackedCommit[] = [];
  const commit = (...happened: BoardEvent[]): void => {
    end.at += FRAME;
    const { after, at, events } = commitOf(end.head, end.at, ...happened.map((event) => [1, event] as const));
    // As a host has it: each event settles a command of the pen.
    waiting.push(packedCommit({ after, at, events: events.map((event) => ({ ...event, settles: 1 })) }));
    end.head += happened.length;
  };
  const append = async (): Promise<void> => {
    await store.append(board, waiting[0]?.after ?? end.head, waiting);
    waiting = [];
  };
  commit({ type: 'BoardCreated', title: 'Storage', access: 'edit' }, joined(1));
  let strokes = 0;
  const target = { nextStroke: () => ++strokes, do: (command: Command) => commit(eventOf(command)), point: () => {} };
  const pen = new RecordedPen(target, { color: 'ink', width: 4 });
  const recordings = ['sentence', 'signal'].map((name) =>
    readSvc(readFileSync(new URL(`../../shared/fixtures/ink/${name}.svc`, import.meta.url), 'utf8')),
  );
  for (let round = 0; end.head < events; round++) {
    const ink = fitInto(recordings[round % 2]!, (round % 37) * 211, (round % 53) * 97, 500 + (round % 11) * 83);
    for (let i = 0; i < ink.length && end.head < events; i += SAMPLES_A_FRAME)
      pen.draw(ink.slice(i, i + SAMPLES_A_FRAME));
    pen.lift();
    await append();
  }
  return pen.points;
}

/** What comes of a pen's command where nothing stands against it. */
function eventOf(command: Command): BoardEvent {
  switch (command.type) {
    case 'StartStroke':
      return { ...command, type: 'StrokeStarted' };
    case 'ExtendStroke':
      return { ...command, type: 'StrokeExtended' };
    case 'EndStroke':
      return { type: 'StrokeEnded' };
    default:
      throw new Error(`A recorded pen does not say ${command.type}.`);
  }
}

/** Bytes of the commits, and of the whole file with nothing free in it. */
async function stored(file: string, folder: string, name: string): Promise<{ bytes: number; whole: number }> {
  const database = new Sqlite(file, { readonly: true });
  const copy = join(folder, `${name}.db`);
  try {
    database.prepare('VACUUM INTO ?').run(copy);
    const compact = new Sqlite(copy, { readonly: true });
    try {
      return { bytes: sum(compact, 'bytes', 'commits') + sum(compact, 'packed', 'segments'), whole: sizeOf(compact) };
    } finally {
      compact.close();
    }
  } finally {
    database.close();
    await rm(copy, { force: true });
  }
}

const sum = (database: Database, column: string, table: string): number =>
  database.prepare<[], number>(`SELECT coalesce(sum(length(${column})), 0) FROM ${table}`).pluck().get() ?? 0;

const sizeOf = (database: Database): number =>
  Number(database.pragma('page_count', { simple: true })) * Number(database.pragma('page_size', { simple: true }));

/** Events a second, page by page. */
async function readAll(store: EventLog): Promise<number> {
  const began = performance.now();
  let head: Revision = 0;
  for (;;) {
    const last = (await store.read(board, head, PAGE_BYTES)).at(-1);
    if (!last) return (head / (performance.now() - began)) * 1000;
    head = last.last;
  }
}
