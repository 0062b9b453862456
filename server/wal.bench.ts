// npm run bench wal [-- --events=1000000 --rate=5000 --readers=4 --slow=8 --minutes=1 --json]
// The whole history of a long drawn board is read over HTTP again and again, by some as fast as they can and by some who
// hardly take it, while others draw: how far SQLite's WAL grows, which is emptied only when nobody reads an old state.

import { once } from 'node:events';
import { statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { BoardId } from '../shared/ids.ts';
import type { BenchOptions, Measure } from '../shared/bench.ts';
import { ChildServer } from './testing/load/child-server.ts';
import { drawBoard } from './testing/load/drawn-board.ts';
import { LoneDrawers } from './testing/load/lone-drawers.ts';

const MIB = 1024 * 1024;
const LOOK_EVERY = 250;
const BOARD = 'LongDrawnBoard00' as BoardId;
/** Samples of a stroke, and what it takes in events: its beginning, two samples each, its end, the erasing of an old one. */
const SAMPLES = 60;
const EVENTS_PER_STROKE = 1 + (SAMPLES - 2) / 2 + 1 + 1;
/** What a slow reader takes: so many bytes a second. */
const SLOW = 16 * 1024;
/** After the end, for the WAL to be small again, in ms. */
const GRACE = 60_000;
const SMALL = 64 * MIB;

export async function run({ log, option }: BenchOptions): Promise<Measure[]> {
  const wanted = Number(option('events', '1000000'));
  const folder = await mkdtemp(join(tmpdir(), 'retrace-wal-'));
  const strokes = Math.ceil(wanted / EVENTS_PER_STROKE);
  const events = await drawBoard(folder, BOARD, { strokes, samples: SAMPLES, left: 1000 });
  const server = await ChildServer.retrace({}, folder);
  const walSize = (): number => statSync(join(folder, 'retrace.db-wal')).size;
  try {
    const drawers = await LoneDrawers.begin(server, Number(option('rate', '5000')));
    const began = performance.now();
    const span = Number(option('minutes', '1')) * 60_000;
    const end = AbortSignal.timeout(span);
    const readers = Array.from({ length: Number(option('readers', '4')) }, (_, i) =>
      readOnAndOn(server, i % 2 === 0 ? 'application/msgpack' : 'application/json', end),
    );
    const slow = Array.from({ length: Number(option('slow', '8')) }, () => readSlowly(server, end));
    let [wal, memory] = [0, 0];
    for (let look = 0; !end.aborted; look++) {
      wal = Math.max(wal, walSize());
      memory = Math.max(memory, server.memory());
      if (look % 40 === 0) log(`WAL ${(walSize() / MIB).toFixed(1)} MiB, memory ${server.memory().toFixed(0)} MiB`);
      await pause(LOOK_EVERY);
    }
    const read = (await Promise.all(readers)).reduce((sum, count) => sum + count, 0);
    await Promise.all(slow);
    const stopped = performance.now();
    await drawers.stop(GRACE);
    while (walSize() > SMALL && performance.now() < stopped + GRACE) await pause(LOOK_EVERY);
    const name = `events=${events}`;
    return [
      { case: name, metric: 'drawn', value: (drawers.came * 1000) / (stopped - began), unit: 'events/s' },
      { case: name, metric: 'drawn_p99', value: drawers.latencies.at(0.99), unit: 'ms' },
      { case: name, metric: 'lost', value: drawers.sent - drawers.came, unit: 'events' },
      { case: name, metric: 'read', value: (read * 1000) / (stopped - began), unit: 'events/s' },
      { case: name, metric: 'wal', value: wal / MIB, unit: 'MiB at most' },
      { case: name, metric: 'wal_after', value: walSize() / MIB, unit: 'MiB' },
      { case: name, metric: 'memory', value: memory, unit: 'MiB at most' },
    ];
  } finally {
    await server.stop();
    await rm(folder, { recursive: true });
  }
}

const pageAfter = (server: ChildServer, after: number): string =>
  `http://127.0.0.1:${server.port}/api/boards/${BOARD}/events?after=${after}`;

/** Page after page, from the beginning whenever it is through; gives how many events those were. */
async function readOnAndOn(server: ChildServer, accept: string, end: AbortSignal): Promise<number> {
  let [read, after] = [0, 0];
  while (!end.aborted) {
    const response = await fetch(`${pageAfter(server, after)}&limit=10000`, { headers: { accept } });
    const page = await response.text();
    if (response.status === 503) {
      await pause(100);
      continue;
    }
    if (response.status !== 200) throw new Error(`${response.url} answered ${response.status}: ${page}`);
    const next = Number(accept.endsWith('json') ? JSON.parse(page).next : response.headers.get('retrace-next'));
    read += Math.max(0, next - after);
    after = next;
  }
  return read;
}

/** The longest page there is, taken a little at a time, and then again. */
async function readSlowly(server: ChildServer, end: AbortSignal): Promise<void> {
  while (!end.aborted) {
    const request = get(pageAfter(server, 0), { agent: false, headers: { accept: 'application/msgpack' } });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    while (!response.readableEnded && !end.aborted) {
      response.read(Math.min(SLOW / 4, response.readableLength));
      await pause(250);
    }
    request.destroy();
  }
}
