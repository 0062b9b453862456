// npm run bench reconnect [-- --clients=5000 --boards=100 --strokes=200 --runs=1 --json]
// A server is killed under many who watch, and started again: how long until the last of them has the present board,
// what the server's memory comes to meanwhile, and how much it sent.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BoardId } from '../shared/ids.ts';
import type { BenchOptions, Measure } from './cli/bench.ts';
import { ChildServer } from './testing/load/child-server.ts';
import { drawBoard } from './testing/load/drawn-board.ts';
import { Follower } from './testing/load/follower.ts';

const ADDRESSES = 8;
/** That join at the same time, before the server is killed. */
const AT_ONCE = 200;
const LOOK_EVERY = 50;

export async function run({ log, option }: BenchOptions): Promise<Measure[]> {
  const clients = Number(option('clients', '5000'));
  const boardCount = Number(option('boards', '100'));
  const folder = await mkdtemp(join(tmpdir(), 'retrace-reconnect-'));
  const boards = Array.from({ length: boardCount }, (_, i) => `Reconnect${String(i).padStart(7, '0')}` as BoardId);
  let events = 0;
  for (const board of boards) {
    events = await drawBoard(folder, board, { strokes: Number(option('strokes', '200')), samples: 60, left: 1e6 });
  }
  let server = await ChildServer.retrace({}, folder);
  const followers = Array.from(
    { length: clients },
    (_, i) =>
      new Follower({
        port: server.port,
        board: boards[i % boardCount] as BoardId,
        name: `${i}`,
        localAddress: `127.0.0.${2 + (i % ADDRESSES)}`,
      }),
  );
  try {
    for (let i = 0; i < clients; i += AT_ONCE) {
      await Promise.all(followers.slice(i, i + AT_ONCE).map((follower) => follower.join()));
    }
    log(`${clients} clients on ${boardCount} boards of ${events} events`);
    await server.kill('SIGKILL');
    const killed = performance.now();
    for (const follower of followers) follower.bytesDown = 0;
    server = await ChildServer.retrace({ PORT: String(server.port) }, folder);
    const listening = performance.now();
    const peak = highest(() => server.memory());
    const times: number[] = [];
    await Promise.all(
      followers.map((follower) => follower.whenLive().then(() => times.push(performance.now() - listening))),
    );
    const memory = peak();
    const name = `clients=${clients}`;
    const bytes = followers.reduce((sum, follower) => sum + follower.bytesDown, 0) / clients;
    return [
      { case: name, metric: 'start', value: listening - killed, unit: 'ms' },
      { case: name, metric: 'live_p99', value: times[Math.floor(clients * 0.99)] ?? Infinity, unit: 'ms' },
      { case: name, metric: 'live_all', value: times.at(-1) ?? Infinity, unit: 'ms' },
      { case: name, metric: 'memory', value: memory, unit: 'MiB at most' },
      { case: name, metric: 'memory_after', value: server.memory(), unit: 'MiB' },
      { case: name, metric: 'bytes', value: bytes, unit: 'bytes/client' },
    ];
  } finally {
    for (const follower of followers) follower.leave();
    await server.stop();
    await rm(folder, { recursive: true });
  }
}

/** Looks at a value again and again, and gives the highest seen when asked, once. */
function highest(value: () => number): () => number {
  let most = value();
  const timer = setInterval(() => (most = Math.max(most, value())), LOOK_EVERY);
  return () => {
    clearInterval(timer);
    return most;
  };
}
