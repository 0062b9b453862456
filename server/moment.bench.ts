// npm run bench moment [-- --events=1000000 --moments=40 --starts=5 --json]
// A moment of a long board's past, for who has nothing of its history: how long until it is here over HTTP and unpacked.
// Of a server that never looked at that past (`folded`), of one that was just started after milestones were made along it
// (`started`), and of one that runs (`running`). Against a bare fold of all the events in memory.

import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type BenchOptions, type Measure, share } from '../shared/bench.ts';
import { emptyBoard, fold } from '../shared/board.ts';
import type { BoardId, Millis, Revision } from '../shared/ids.ts';
import { seededRandom } from '../shared/testing/random.ts';
import { generateSession } from '../shared/testing/session-generator.ts';
import { unpackSnapshot } from '../shared/wire/board-codec.ts';
import { connectToWrite } from './log/sqlite/connection.ts';
import { Sealer, usualSealing } from './log/sqlite/sealing/sealer.ts';
import { SPACING } from './projections/milestones.ts';
import { ChildServer } from './testing/load/child-server.ts';
import { keepBoard } from './testing/load/drawn-board.ts';

const BOARD = 'BoardThatIsLong2' as BoardId;

interface Came {
  /** From the request until the board is here, and then until it is unpacked, in ms. */
  readonly here: number;
  readonly unpacked: number;
  readonly bytes: number;
}

export async function run({ log, option }: BenchOptions): Promise<Measure[]> {
  const wanted = Number(option('events', '1000000'));
  const moments = Number(option('moments', '40'));
  const starts = Number(option('starts', '5'));
  const folder = await mkdtemp(join(tmpdir(), 'retrace-moment-'));
  try {
    const commits = generateSession({ seed: 3, authors: 12, events: wanted, things: true });
    const events = await keepBoard(folder, BOARD, commits);
    const database = connectToWrite(join(folder, 'retrace.db'), 'NORMAL');
    for (const _ of new Sealer(database, usualSealing).seal());
    database.close();
    const random = seededRandom(1);
    const anywhere = (): Millis => commits[Math.floor(random() * commits.length)]?.at ?? 0;
    const began = performance.now();
    fold(emptyBoard, commits.flatMap((commit) => commit.events)); // prettier-ignore
    const bare = performance.now() - began;
    log(`drawn and sealed: ${events} events; a bare fold takes ${bare.toFixed(0)} ms`);

    const first = await ChildServer.retrace({}, folder);
    const folded = await momentOf(first, commits[Math.floor(commits.length * 0.8)]?.at ?? 0);
    const filling = performance.now();
    const kept = await milestonesIn(folder, events);
    log(`${kept.count} milestones, ${((performance.now() - filling) / 1000).toFixed(1)} s after the first look`);
    await first.stop();

    const started: Came[] = [];
    for (let i = 0; i < starts; i++) {
      const server = await ChildServer.retrace({}, folder);
      started.push(await momentOf(server, anywhere()));
      await server.stop();
    }
    const server = await ChildServer.retrace({}, folder);
    const running: Came[] = [];
    for (let i = 0; i < moments; i++) running.push(await momentOf(server, anywhere()));
    await server.stop();
    const of = `events=${events}`;
    return [
      ...measuresOf(`${of}, folded`, [folded], bare),
      ...measuresOf(`${of}, started`, started, bare),
      ...measuresOf(`${of}, running`, running, bare),
      { case: of, metric: 'milestones', value: kept.bytes / 2 ** 20, unit: 'MiB on the disk' },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function momentOf({ port }: ChildServer, at: Millis): Promise<Came> {
  const began = performance.now();
  const response = await fetch(`http://127.0.0.1:${port}/api/boards/${BOARD}/snapshot?at=${at}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const here = performance.now() - began;
  const board = unpackSnapshot(bytes);
  if (board.at > at) throw new Error('The server gave another moment.');
  return { here, unpacked: performance.now() - began - here, bytes: bytes.length };
}

/** Waits until all are made that there will be. */
async function milestonesIn(folder: string, events: Revision): Promise<{ count: number; bytes: number }> {
  const past = join(folder, 'snapshots', BOARD.slice(0, 2), `${BOARD}.past`);
  for (;;) {
    const names = await readdir(past).catch(() => []);
    const last = Math.max(0, ...names.map((name) => Number(name.split('-')[0])));
    if (events - last < 2 * SPACING) {
      const sizes = await Promise.all(names.map(async (name) => (await stat(join(past, name))).size));
      return { count: names.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
    }
    await wait(200);
  }
}

function measuresOf(name: string, came: readonly Came[], bare: number): Measure[] {
  const reference = 'a bare fold of all the events';
  const all = came.map(({ here, unpacked }) => here + unpacked);
  return [
    ...[0.5, 0.95].map((part) => {
      const value = share(all, part);
      return { case: name, metric: `moment_p${part * 100}`, value, unit: 'ms', reference, ratio: value / bare };
    }),
    { case: name, metric: 'unpacked_p50', value: share(came.map((one) => one.unpacked), 0.5), unit: 'ms' }, // prettier-ignore
    { case: name, metric: 'bytes_p50', value: share(came.map((one) => one.bytes), 0.5), unit: 'bytes' }, // prettier-ignore
  ];
}
