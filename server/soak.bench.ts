// npm run bench soak [-- --minutes=30 --people=500 --rooms=10 --drawers=5 --room-seconds=60 --json]
// Hours in short: rooms that draw for a while and end, people who come to them and go, ten a second, pictures and
// histories that are asked for. Does the server keep anything of those who are gone?

import { readdirSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { BoardId } from '../shared/ids.ts';
import type { BenchOptions, Measure } from '../shared/bench.ts';
import { ChildServer } from './testing/load/child-server.ts';
import { Follower } from './testing/load/follower.ts';
import { newBoard, retraceRoom } from './testing/load/rooms.ts';

/** Updates a second of each who draws. */
const PACE = 10;
const COMINGS_A_SECOND = 10;
const LOOK_EVERY = 2000;
const MIB = 1024 * 1024;

/** What the server has at a moment: ms since the beginning, MiB, open files, MiB of the WAL. */
interface Look {
  readonly at: number;
  readonly memory: number;
  readonly files: number;
  readonly wal: number;
}

export async function run({ log, option }: BenchOptions): Promise<Measure[]> {
  const minutes = Number(option('minutes', '1'));
  const people = Number(option('people', '500'));
  const folder = await mkdtemp(join(tmpdir(), 'retrace-soak-'));
  const server = await ChildServer.retrace({}, folder);
  const end = performance.now() + minutes * 60_000;
  const boards: BoardId[] = [];
  const looks: Look[] = [];
  try {
    const rooms = Array.from({ length: Number(option('rooms', '10')) }, (_, i) =>
      drawOnAndOn(server, end, {
        drawers: Number(option('drawers', '5')),
        lasts: Number(option('room-seconds', '60')) * 1000,
        began: (board) => (boards[i] = board),
      }),
    );
    const [drawn] = await Promise.all([
      Promise.all(rooms),
      comeAndGo(server, end, boards, people),
      askForThings(server, end, boards),
      lookOn(server, folder, end, (look) => {
        looks.push(look);
        if (looks.length % 30 === 1) log(`${(look.at / 60_000).toFixed(1)} min: ${JSON.stringify(look)}`);
      }),
    ]);
    const name = `minutes=${minutes}`;
    const settled = looks.slice(Math.floor(looks.length / 2));
    const slope = slopeOf(settled);
    const of = (key: 'memory' | 'files' | 'wal'): number[] => settled.map((look) => look[key]);
    return [
      { case: name, metric: 'updates', value: sum(drawn), unit: 'updates' },
      { case: name, metric: 'memory', value: Math.max(...of('memory')), unit: 'MiB at most' },
      { case: name, metric: 'memory_slope', value: slope.value, unit: 'MiB/hour' },
      { case: name, metric: 'memory_slope_error', value: slope.error, unit: 'MiB/hour' },
      { case: name, metric: 'files', value: (of('files').at(-1) ?? 0) - (of('files')[0] ?? 0), unit: 'files more' },
      { case: name, metric: 'wal', value: Math.max(...looks.map(({ wal }) => wal)), unit: 'MiB at most' },
    ];
  } finally {
    await server.stop();
    await rm(folder, { recursive: true });
  }
}

interface RoomOptions {
  readonly drawers: number;
  /** Ms after which all leave, and others begin on a new board. */
  readonly lasts: number;
  readonly began: (board: BoardId) => void;
}

/** Gives the number of updates that were drawn. */
async function drawOnAndOn(server: ChildServer, end: number, { drawers, lasts, began }: RoomOptions): Promise<number> {
  let count = 0;
  while (performance.now() < end) {
    const board = await newBoard(server);
    began(board);
    const room = await retraceRoom(server, board);
    const sockets = await room.join(drawers);
    const over = Math.min(end, performance.now() + lasts);
    for (let update = 0; performance.now() < over; update++) {
      for (const [drawer, socket] of sockets.entries()) {
        for (const message of room.update(drawer, update)) socket.send(message);
      }
      count += drawers;
      await pause(1000 / PACE);
    }
    for (const socket of sockets) socket.close();
  }
  return count;
}

async function comeAndGo(server: ChildServer, end: number, boards: readonly BoardId[], people: number): Promise<void> {
  const here: Follower[] = [];
  for (let count = 0; performance.now() < end; count++) {
    const board = boards[count % Math.max(1, boards.length)];
    if (board) {
      const follower = new Follower({ port: server.port, board, name: `passer-by-${count}` });
      void follower.join();
      here.push(follower);
    }
    if (here.length > people) here.shift()?.leave();
    await pause(1000 / COMINGS_A_SECOND);
  }
  for (const follower of here) follower.leave();
}

async function askForThings(server: ChildServer, end: number, boards: readonly BoardId[]): Promise<void> {
  const paths = ['', '/export.svg', '/events?limit=1000', '/export.json', '/segments', '/export.png?scale=0.5'];
  for (let count = 0; performance.now() < end; count++) {
    const url = `http://127.0.0.1:${server.port}/api/boards/${boards[count % boards.length]}${paths[count % paths.length]}`;
    const response = await fetch(url);
    if (response.status >= 500) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
    await response.arrayBuffer();
    await pause(500);
  }
}

async function lookOn(server: ChildServer, folder: string, end: number, seen: (look: Look) => void): Promise<void> {
  for (const began = performance.now(); performance.now() < end; await pause(LOOK_EVERY)) {
    seen({
      at: performance.now() - began,
      memory: server.memory(),
      files: readdirSync(`/proc/${server.process.pid}/fd`).length,
      wal: statSync(join(folder, 'retrace.db-wal')).size / MIB,
    });
  }
}

const PARTS = 10;

/**
 * Of the straight line through what it was on average in each tenth of the time (least squares), and its standard error,
 * in MiB an hour. What V8 has not collected yet comes and goes by tens of MiB within minutes: a slope that is not a
 * multiple of its error says nothing.
 */
function slopeOf(looks: readonly Look[]): { readonly value: number; readonly error: number } {
  const size = Math.max(1, Math.ceil(looks.length / PARTS));
  const parts = Array.from({ length: Math.ceil(looks.length / size) }, (_, i) =>
    looks.slice(i * size, (i + 1) * size),
  ).map((part) => ({ at: mean(part.map(({ at }) => at)) / 3_600_000, memory: mean(part.map(({ memory }) => memory)) }));
  const [at, memory] = [mean(parts.map((part) => part.at)), mean(parts.map((part) => part.memory))];
  const spread = sum(parts.map((part) => (part.at - at) ** 2));
  const value = sum(parts.map((part) => (part.at - at) * (part.memory - memory))) / spread;
  const beside = sum(parts.map((part) => (part.memory - memory - value * (part.at - at)) ** 2));
  return { value, error: parts.length > 2 ? Math.sqrt(beside / (parts.length - 2) / spread) : Infinity };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;
