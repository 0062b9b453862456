// npm run bench slow-reader [-- --drawers=10 --readers=20 --slow=20 --sip=0 --seconds=60 --warm-up=4 --json]
// A room in which some of those who watch stop reading for a minute, or take no more than `sip` bytes a second: what the
// server keeps for them, what the others notice, and whether they have the same board in the end.

import type { BenchOptions, Measure } from '../shared/bench.ts';
import { ChildServer } from './testing/load/child-server.ts';
import { drawTogether, type RoomResult, type Span } from './testing/load/drawers.ts';
import { Follower } from './testing/load/follower.ts';
import { newBoard, retraceRoom } from './testing/load/rooms.ts';

export async function run({ log, option }: BenchOptions): Promise<Measure[]> {
  const drawers = Number(option('drawers', '10'));
  const readers = Number(option('readers', '20'));
  const slow = Number(option('slow', `${readers}`));
  const sip = Number(option('sip', '0'));
  const span = { seconds: Number(option('seconds', '60')), warmUp: Number(option('warm-up', '4')) };
  const reading = await room({ drawers, readers, slow: 0, sip }, span);
  log(`all read: p99 ${reading.result.p99.toFixed(1)} ms, ${reading.grown.toFixed(1)} MiB more`);
  const paused = await room({ drawers, readers, slow, sip }, span);
  log(`${slow} of them slow: p99 ${paused.result.p99.toFixed(1)} ms, ${paused.grown.toFixed(1)} MiB more`);
  const name = `drawers=${drawers}, readers=${readers}, slow=${slow}`;
  const reference = 'the same while all read';
  const beside = (metric: string, unit: string, of: (measured: Measured) => number): Measure => ({
    case: name,
    metric,
    value: of(paused),
    unit,
    reference,
    ratio: of(paused) / of(reading),
  });
  return [
    beside('p50', 'ms', ({ result }) => result.p50),
    beside('p99', 'ms', ({ result }) => result.p99),
    beside('cpu', 'of a core', ({ result }) => result.busy),
    beside('memory', 'MiB more', ({ grown }) => grown),
    { case: name, metric: 'lost', value: paused.result.lost, unit: 'updates' },
    { case: name, metric: 'behind', value: paused.behind, unit: 'events when they read again' },
    { case: name, metric: 'caught_up', value: paused.caughtUp, unit: 'ms' },
    { case: name, metric: 'differ', value: paused.differ, unit: 'readers in the end' },
  ];
}

interface Measured {
  readonly result: RoomResult;
  /** MiB that the server took more at the end of the drawing than at its beginning. */
  readonly grown: number;
  /** Events that the one furthest behind did not have. */
  readonly behind: number;
  /** Ms from reading again to the last one's having everything. */
  readonly caughtUp: number;
  /** Readers that have another revision than the board. */
  readonly differ: number;
}

interface People {
  readonly drawers: number;
  readonly readers: number;
  /** Of the readers. */
  readonly slow: number;
  /** Bytes that those take in a second. */
  readonly sip: number;
}

async function room({ drawers, readers, slow, sip }: People, span: Span): Promise<Measured> {
  const server = await ChildServer.retrace();
  const board = await newBoard(server);
  const followers = Array.from(
    { length: readers },
    (_, i) => new Follower({ port: server.port, board, name: `reader-${i}` }),
  );
  try {
    await Promise.all(followers.map((follower) => follower.join()));
    const slowOnes = followers.slice(0, slow);
    for (const follower of slowOnes) follower.pause();
    const sipping = sip > 0 ? setInterval(() => slowOnes.forEach((follower) => follower.sip(sip)), 1000) : undefined;
    let before = 0;
    setTimeout(() => (before = server.memory()), span.warmUp * 1000);
    const result = await drawTogether(server, await retraceRoom(server, board), drawers, span);
    const grown = server.memory() - before;
    const revision = await revisionOf(server, board);
    const behind = revision - Math.min(...followers.map((follower) => follower.revision));
    const resumed = performance.now();
    clearInterval(sipping);
    for (const follower of slowOnes) follower.resume();
    while (followers.some((follower) => follower.revision < revision)) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const caughtUp = performance.now() - resumed;
    const differ = followers.filter((follower) => follower.revision !== revision).length;
    return { result, grown, behind, caughtUp, differ };
  } finally {
    for (const follower of followers) follower.leave();
    await server.stop();
  }
}

async function revisionOf(server: ChildServer, board: string): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${server.port}/api/boards/${board}`);
  return ((await response.json()) as { revision: number }).revision;
}
