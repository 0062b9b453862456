// npm run bench storm [-- --clients=10000 --seconds=10 --boards=1000 --editors=20 --storms=6 --warm-up=32 --json]
// Many come at once, from many addresses, while some draw: how long until the last has its board, what those who draw
// notice, and whether all that was taken for them is given back when they have gone. A count that the limit of open files
// does not allow is cut to it.

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { BenchOptions, Measure } from '../shared/bench.ts';
import type { ChildServer } from './testing/load/child-server.ts';
import { retrace } from './testing/load/contenders.ts';
import { Follower } from './testing/load/follower.ts';
import type { AloneReport } from './testing/load/draw-alone.ts';
import { openFiles } from './testing/load/open-files.ts';
import { newBoard } from './testing/load/rooms.ts';

const drawAlone = fileURLToPath(new URL('./testing/load/draw-alone.ts', import.meta.url));
/** Of the open files that a process may have, what is needed for other things. */
const OTHER_FILES = 500;
const ADDRESSES = 250;
const UPDATES_OF_ONE = 60;
/** For all to have joined, and for what they took to be given back, in ms. */
const PATIENCE = 60_000;

interface Sizes {
  /** MiB, and open files, of the server. */
  readonly memory: number;
  readonly files: number;
}

interface Storm {
  /** Ms until the last one had its board, and how often one was sent away meanwhile. */
  readonly all: number;
  readonly refused: number;
  /** Of those who draw, ms. */
  readonly p99: number;
  /** CPU of the server meanwhile, in ms. */
  readonly cpu: number;
  readonly open: Sizes;
  readonly after: Sizes;
}

export async function run({ log, option }: BenchOptions): Promise<Measure[]> {
  const clients = Math.min(Number(option('clients', '10000')), openFiles() - OTHER_FILES);
  const span = Number(option('seconds', '10')) * 1000;
  const editors = Number(option('editors', '20'));
  const server = await retrace.start();
  const boards = await Promise.all(Array.from({ length: Number(option('boards', '1000')) }, () => newBoard(server)));
  const drawers = fork(drawAlone, [`${server.port}`, `${editors * UPDATES_OF_ONE}`], {
    execArgv: ['--import', './server/launch/typescript.mjs'],
  });
  try {
    await once(drawers, 'message');
    // Until all of the server's threads run, and what it does all the time is compiled.
    await pause(Number(option('warm-up', '32')) * 1000);
    const calm = await acknowledged(drawers, () => pause(span));
    const before = sizes(server);
    const storms: Storm[] = [];
    for (let i = 0; i < Number(option('storms', '6')); i++) {
      storms.push(await comeAndGo(server, drawers, boards, clients, span));
      log(JSON.stringify(storms.at(-1)));
    }
    const { lost } = await ask(drawers, 'Stop');
    return measures(`clients=${clients}`, { ...before, p99: calm }, storms, lost);
  } finally {
    drawers.kill('SIGKILL');
    await server.stop();
  }
}

async function comeAndGo(
  server: ChildServer,
  drawers: ChildProcess,
  boards: readonly string[],
  clients: number,
  span: number,
): Promise<Storm> {
  const followers = Array.from({ length: clients }, (_, i) => {
    const board = boards[i % boards.length] as string;
    return new Follower({ port: server.port, board, name: `${i}`, localAddress: `127.0.0.${2 + (i % ADDRESSES)}` });
  });
  const before = sizes(server);
  let [all, open] = [Infinity, before];
  let cpu = server.cpu();
  const p99 = await acknowledged(drawers, async () => {
    all = await comeIn(followers, span);
    cpu = (server.cpu() - cpu) * 1000;
    open = sizes(server);
  });
  for (const follower of followers) follower.leave();
  for (let waited = 0; sizes(server).files > before.files && waited < PATIENCE; waited += 100) await pause(100);
  // Memory is given back some time after.
  await pause(span);
  const refused = followers.reduce((sum, follower) => sum + follower.refused, 0);
  return { all, refused, p99, cpu, open, after: sizes(server) };
}

function measures(
  name: string,
  before: Sizes & { readonly p99: number },
  storms: readonly Storm[],
  lost: number,
): Measure[] {
  const most = (of: (storm: Storm) => number): number => Math.max(...storms.map(of));
  const last = storms.at(-1) as Storm;
  // What nobody holds any more is collected now and then: not after each.
  const least = Math.min(...storms.slice(storms.length >> 1).map(({ after }) => after.memory));
  const beside = (metric: string, unit: string, value: number, reference: string, base: number): Measure => {
    return { case: name, metric, value, unit, reference, ratio: value / base };
  };
  return [
    { case: name, metric: 'joined_all', value: most(({ all }) => all), unit: 'ms at most' },
    { case: name, metric: 'refused', value: most(({ refused }) => refused), unit: 'times at most' },
    beside(
      'ack_p99',
      'ms at most',
      most(({ p99 }) => p99),
      'before they came',
      before.p99,
    ),
    { case: name, metric: 'lost', value: lost, unit: 'updates' },
    beside(
      'memory_open',
      'MiB at most',
      most(({ open }) => open.memory),
      'before they came',
      before.memory,
    ),
    beside('memory_after', 'MiB at least', least, 'before they came', before.memory),
    { case: name, metric: 'files_after', value: last.after.files - before.files, unit: 'files more' },
  ];
}

/** The time in ms that 99 % of the updates do not pass which come back while something lasts. */
async function acknowledged(drawers: ChildProcess, lasts: () => Promise<unknown>): Promise<number> {
  await ask(drawers, 'Report');
  await lasts();
  return (await ask(drawers, 'Report')).p99;
}

async function ask(drawers: ChildProcess, request: 'Report' | 'Stop'): Promise<AloneReport> {
  drawers.send(request);
  return ((await once(drawers, 'message')) as [AloneReport])[0];
}

/** One after the other within `span` ms; resolves with the ms from the first's coming to the last's having its board. */
async function comeIn(followers: readonly Follower[], span: number): Promise<number> {
  const began = performance.now();
  const joins: Promise<void>[] = [];
  while (joins.length < followers.length) {
    const due = Math.min(followers.length, ((performance.now() - began) / span) * followers.length);
    while (joins.length < due) joins.push((followers[joins.length] as Follower).join());
    await pause(1);
  }
  await Promise.race([Promise.all(joins), pause(PATIENCE, null, { ref: false })]);
  return followers.every(({ live }) => live) ? performance.now() - began : Infinity;
}

const sizes = (server: ChildServer): Sizes => ({
  memory: server.memory(),
  files: readdirSync(`/proc/${server.process.pid}/fd`).length,
});
