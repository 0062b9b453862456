// npm run bench reconnect [-- --clients=5000 --boards=100 --strokes=200 --missed=20 --json]
// A server is killed under many who watch, and started again with strokes that they have missed: how long until the last
// of them has the present board, what the server's memory comes to meanwhile, and how much it sent beside what was missed.
// 1560 strokes are 50 000 events.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BoardId } from '../shared/ids.ts';
import type { BenchOptions, Measure } from '../shared/bench.ts';
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
  const before = Number(option('strokes', '200'));
  const draw = (board: BoardId, strokes: number): Promise<number> =>
    drawBoard(folder, board, { strokes, samples: 60, left: 1e6 });
  let events = 0;
  for (const board of boards) events = await draw(board, before);
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
    for (const board of boards) await draw(board, before + Number(option('missed', '20')));
    for (const follower of followers) follower.bytesDown = follower.boardBytes = 0;
    const killed = performance.now();
    server = await ChildServer.retrace({ PORT: String(server.port) }, folder);
    const listening = performance.now();
    const peak = highest(() => server.memory());
    const times: number[] = [];
    await Promise.all(
      followers.map((follower) => follower.whenLive().then(() => times.push(performance.now() - listening))),
    );
    const memory = peak();
    const name = `clients=${clients}`;
    const bytes = (of: (follower: Follower) => number): number =>
      followers.reduce((sum, follower) => sum + of(follower), 0) / clients;
    const missed = await bytesAfter(server, boards[0] as BoardId, events);
    const reference = 'what was missed';
    return [
      { case: name, metric: 'start', value: listening - killed, unit: 'ms' },
      { case: name, metric: 'live_p99', value: times[Math.floor(clients * 0.99)] ?? Infinity, unit: 'ms' },
      { case: name, metric: 'live_all', value: times.at(-1) ?? Infinity, unit: 'ms' },
      { case: name, metric: 'memory', value: memory, unit: 'MiB at most' },
      { case: name, metric: 'memory_after', value: server.memory(), unit: 'MiB' },
      {
        case: name,
        metric: 'bytes',
        value: bytes(({ boardBytes }) => boardBytes),
        unit: 'bytes/client',
        reference,
        ratio: bytes(({ boardBytes }) => boardBytes) / missed,
      },
      {
        case: name,
        metric: 'presence',
        value: bytes(({ bytesDown, boardBytes }) => bytesDown - boardBytes),
        unit: 'bytes/client',
      },
    ];
  } finally {
    for (const follower of followers) follower.leave();
    await server.stop();
    await rm(folder, { recursive: true });
  }
}

/** What the log keeps of a board behind a revision. */
async function bytesAfter(server: ChildServer, board: BoardId, revision: number): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${server.port}/api/boards/${board}/events?after=${revision}`, {
    headers: { accept: 'application/msgpack' },
  });
  return (await response.arrayBuffer()).byteLength;
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
