// npm run bench history [-- --events=1000000 --runs=3 --json]
// What it costs to load the whole history of a board over HTTP and to fold it: as pages of events, and as the segments
// that old commits are sealed into, with the events behind the last. Against the same bytes of the pages from a bare loop
// in memory: unpacking and folding alone.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Commit } from '../shared/event.ts';
import { History } from '../shared/history.ts';
import type { BoardId, Revision } from '../shared/ids.ts';
import { unpackCommits } from '../shared/wire/codec.ts';
import { unpackSegmentCommits } from '../shared/wire/segment-codec.ts';
import type { BenchOptions, Measure } from '../shared/bench.ts';
import { connectToWrite } from './log/sqlite/connection.ts';
import { Sealer, usualSealing } from './log/sqlite/sealing/sealer.ts';
import { ChildServer } from './testing/load/child-server.ts';
import { drawBoard } from './testing/load/drawn-board.ts';
import { median } from './testing/load/median.ts';

const BOARD = 'BoardThatIsLong1' as BoardId;
const SAMPLES = 60;
const EVENTS_OF_STROKE = SAMPLES / 2 + 2;
/** Events of a page, as the page in the browser asks for them. */
const PAGE_EVENTS = 3_000;

interface Loaded {
  /** From the first request until the first and until the last event is folded, in ms. */
  readonly first: number;
  readonly all: number;
  readonly bytes: number;
  /** CPU of the server, in ms. */
  readonly cpu: number;
  readonly revision: Revision;
}

type Part = { readonly commits: readonly Commit[]; readonly bytes: number };

export async function run({ log, option }: BenchOptions): Promise<Measure[]> {
  const runs = Number(option('runs', '3'));
  const wanted = Number(option('events', '1000000'));
  const dataFolder = await mkdtemp(join(tmpdir(), 'retrace-history-'));
  try {
    const events = await drawBoard(dataFolder, BOARD, {
      strokes: Math.ceil(wanted / EVENTS_OF_STROKE / 10) * 10,
      samples: SAMPLES,
      left: 10_000,
    });
    const database = connectToWrite(join(dataFolder, 'retrace.db'), 'NORMAL');
    for (const _ of new Sealer(database, usualSealing).seal());
    database.close();
    log(`drawn and sealed: ${events} events`);
    const server = await ChildServer.retrace({}, dataFolder);
    try {
      const url = `http://127.0.0.1:${server.port}/api/boards/${BOARD}`;
      const pages = await times(runs, () => load(server, eventPages(url, 0)));
      log(`pages: ${pages.map(({ all }) => all.toFixed(0)).join(' ')} ms`);
      const segments = await times(runs, () => load(server, sealedParts(url)));
      log(`segments: ${segments.map(({ all }) => all.toFixed(0)).join(' ')} ms`);
      const bare = await bareLoop(runs, url);
      const revisions = new Set([...pages, ...segments].map(({ revision }) => revision));
      if (revisions.size !== 1) throw new Error(`Histories end at different revisions: ${[...revisions].join(', ')}.`);
      return [
        ...measuresOf(`events=${events}, pages`, pages, bare),
        ...measuresOf(`events=${events}, segments`, segments, bare),
      ];
    } finally {
      await server.stop();
    }
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
  }
}

async function times(runs: number, once: () => Promise<Loaded>): Promise<Loaded[]> {
  const all: Loaded[] = [];
  for (let i = 0; i < runs; i++) all.push(await once());
  return all;
}

async function load(server: ChildServer, parts: AsyncGenerator<Part>): Promise<Loaded> {
  const cpu = server.cpuMs().all;
  const began = performance.now();
  const history = new History();
  let [first, bytes] = [0, 0];
  for await (const part of parts) {
    bytes += part.bytes;
    history.append(part.commits);
    first ||= performance.now() - began;
  }
  const all = performance.now() - began;
  return { first, all, bytes, cpu: server.cpuMs().all - cpu, revision: history.revision };
}

async function* eventPages(url: string, from: Revision): AsyncGenerator<Part> {
  for (let after: Revision | null = from; after !== null;) {
    const response: Response = await fetch(`${url}/events?after=${after}&limit=${PAGE_EVENTS}`, {
      headers: { accept: 'application/msgpack' },
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    yield { commits: unpackCommits(bytes), bytes: bytes.length };
    const next = response.headers.get('retrace-next');
    after = next === null ? null : Number(next);
  }
}

/** One segment is on its way while the one before is folded. */
async function* sealedParts(url: string): AsyncGenerator<Part> {
  const { segments, next } = (await (await fetch(`${url}/segments`)).json()) as {
    segments: { hash: string; packed: number }[];
    next: Revision;
  };
  const content = (hash: string | undefined): Promise<ArrayBuffer> | null =>
    hash === undefined
      ? null
      : fetch(`${url}/segments/${hash}`, { headers: { 'accept-encoding': 'br' } }).then((one) => one.arrayBuffer());
  let coming = content(segments[0]?.hash);
  for (const [i, { packed }] of segments.entries()) {
    const here = await coming;
    coming = content(segments[i + 1]?.hash);
    if (here) yield { commits: unpackSegmentCommits(new Uint8Array(here)), bytes: packed };
  }
  yield* eventPages(url, next);
}

/** Unpacking and folding the same history, all in memory; in ms. */
async function bareLoop(runs: number, url: string): Promise<number> {
  const bodies: Uint8Array[] = [];
  for (let after: string | null = '0'; after !== null;) {
    const response: Response = await fetch(`${url}/events?after=${after}&limit=${PAGE_EVENTS}`, {
      headers: { accept: 'application/msgpack' },
    });
    bodies.push(new Uint8Array(await response.arrayBuffer()));
    after = response.headers.get('retrace-next');
  }
  return median(
    Array.from({ length: runs }, () => {
      const began = performance.now();
      const history = new History();
      for (const body of bodies) history.append(unpackCommits(body));
      return performance.now() - began;
    }),
  );
}

function measuresOf(name: string, loaded: readonly Loaded[], bare: number): Measure[] {
  const of = (key: 'first' | 'all' | 'bytes' | 'cpu'): number => median(loaded.map((each) => each[key]));
  const reference = 'unpacking and folding in memory';
  return [
    { case: name, metric: 'first', value: of('first'), unit: 'ms' },
    { case: name, metric: 'load', value: of('all'), unit: 'ms', reference, ratio: of('all') / bare },
    { case: name, metric: 'bytes', value: of('bytes'), unit: 'bytes' },
    { case: name, metric: 'server_cpu', value: of('cpu'), unit: 'ms' },
  ];
}
