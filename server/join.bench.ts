// npm run bench join [-- --strokes=1000,10000,100000 --events=1000000 --left=10000 --runs=5 --json]
// What it costs to join a board of so many strokes of 60 samples, and one of so many events of which --left strokes are
// left: on a server that has it open (warm), on one just started (cold), and on one that has lost its snapshots
// (rebuilt). The stall is the longest that somebody else on the server waited meanwhile. Against a bare uWebSockets.js
// server that sends as many bytes.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BoardId } from '../shared/ids.ts';
import type { BenchOptions, Measure } from '../shared/bench.ts';
import { ChildServer } from './testing/load/child-server.ts';
import { drawBoard, type Drawing } from './testing/load/drawn-board.ts';
import { joinBoard, longestStall, takeBytes } from './testing/load/join.ts';
import { median } from './testing/load/median.ts';

const SAMPLES = 60;
/** A start, runs of two samples, and an end; where all but a few strokes are erased, that too. */
const EVENTS_OF_STROKE = SAMPLES / 2 + 1;
const BOARD = 'BoardThatIsBig01' as BoardId;
const SMALL = 'BoardThatIsSmall' as BoardId;

interface Case {
  readonly name: string;
  readonly drawing: Drawing;
}

interface Cost {
  readonly ms: number;
  /** CPU of the server, in ms: of all its threads, and of the one that serves everybody. */
  readonly cpu: number;
  readonly loop: number;
  readonly bytes: number;
  /** While the board is joined, and while nobody joins for as long. */
  readonly stall: number;
  readonly calm: number;
}

export async function run({ log, option }: BenchOptions): Promise<Measure[]> {
  const runs = Number(option('runs', '5'));
  const measures: Measure[] = [];
  for (const { name, drawing } of casesOf(option)) {
    const dataFolder = await mkdtemp(join(tmpdir(), 'retrace-join-'));
    try {
      const events = await drawBoard(dataFolder, BOARD, drawing);
      await drawBoard(dataFolder, SMALL, { strokes: 10, samples: 10, left: 10 });
      log(`${name}: ${events} events, ${drawing.left} strokes`);
      const rebuilt = await costs(runs > 1 ? 2 : 1, () => afterStart(dataFolder, { lost: true }));
      const cold = await costs(runs, () => afterStart(dataFolder, { lost: false }));
      const warm = await whileRunning(dataFolder, runs);
      const bare = await bareSender(runs, median(warm.map(({ bytes }) => bytes)));
      for (const [how, of] of Object.entries({ warm, cold, rebuilt })) {
        measures.push(...measuresOf(`${name}, ${how}`, of, bare));
        log(`${name}, ${how}: ${of.map(({ ms }) => ms.toFixed(0)).join(' ')} ms`);
      }
    } finally {
      await rm(dataFolder, { recursive: true, force: true });
    }
  }
  return measures;
}

function casesOf(option: BenchOptions['option']): Case[] {
  const numbers = (name: string, fallback: string): number[] =>
    option(name, fallback)
      .split(',')
      .map(Number)
      .filter((number) => number > 0);
  const left = Number(option('left', '10000'));
  return [
    ...numbers('strokes', '1000,10000,100000').map((strokes) => ({
      name: `strokes=${strokes}`,
      drawing: { strokes, samples: SAMPLES, left: strokes },
    })),
    ...numbers('events', '1000000').map((events) => ({
      name: `events=${events}`,
      drawing: { strokes: Math.ceil(events / EVENTS_OF_STROKE), samples: SAMPLES, left },
    })),
  ];
}

async function costs(runs: number, cost: () => Promise<Cost>): Promise<Cost[]> {
  const all: Cost[] = [];
  for (let i = 0; i < runs; i++) all.push(await cost());
  return all;
}

/** The first join after a start; and after another one, with somebody there who pings. */
async function afterStart(dataFolder: string, { lost }: { readonly lost: boolean }): Promise<Cost> {
  const start = async (): Promise<ChildServer> => {
    if (lost) await rm(join(dataFolder, 'snapshots'), { recursive: true, force: true });
    const server = await ChildServer.retrace({}, dataFolder);
    // Sockets, sessions and codec are warm, as they are soon after a start; the board is not.
    for (let i = 0; i < 5; i++) await joinBoard(server.port, SMALL, `warm-${i}`);
    return server;
  };
  const first = await start();
  const cost = await joinOnce(first);
  await first.stop();
  const second = await start();
  const stalls = await stallsOf(second, cost.ms);
  await second.stop();
  return { ...cost, ...stalls };
}

async function whileRunning(dataFolder: string, runs: number): Promise<Cost[]> {
  const server = await ChildServer.retrace({}, dataFolder);
  try {
    for (let i = 0; i < 3; i++) await joinBoard(server.port, BOARD, `warm-${i}`);
    return await costs(runs, async () => {
      const cost = await joinOnce(server);
      return { ...cost, ...(await stallsOf(server, cost.ms)) };
    });
  } finally {
    await server.stop();
  }
}

async function bareSender(runs: number, bytes: number): Promise<Cost[]> {
  const server = await ChildServer.script('server/testing/load/bare-sender.ts');
  try {
    for (let i = 0; i < 3; i++) await takeBytes(server.port, bytes);
    return await costs(runs, async () => {
      const cpu = cpuOf(server);
      const ms = await takeBytes(server.port, bytes);
      return { ms, ...(await cpu()), bytes, stall: Number.NaN, calm: Number.NaN };
    });
  } finally {
    await server.stop();
  }
}

async function joinOnce(server: ChildServer): Promise<Omit<Cost, 'stall' | 'calm'>> {
  const cpu = cpuOf(server);
  const { ms, bytes } = await joinBoard(server.port, BOARD, 'one-more');
  return { ms, bytes, ...(await cpu()) };
}

async function stallsOf(server: ChildServer, ms: number): Promise<Pick<Cost, 'stall' | 'calm'>> {
  const calm = await longestStall(server.port, SMALL, () => sleep(ms));
  return { stall: await longestStall(server.port, SMALL, () => joinBoard(server.port, BOARD, 'next')), calm };
}

/** What the server uses from now until the returned function is called, and it has come to rest. */
function cpuOf(server: ChildServer): () => Promise<Pick<Cost, 'cpu' | 'loop'>> {
  const before = server.cpuMs();
  return async () => {
    await sleep(5);
    const { all, loop } = server.cpuMs();
    return { cpu: all - before.all, loop: loop - before.loop };
  };
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function measuresOf(name: string, ours: readonly Cost[], bare: readonly Cost[]): Measure[] {
  const of = (metric: keyof Cost, label: string, unit: string): Measure => ({
    case: name,
    metric: label,
    value: median(ours.map((cost) => cost[metric])),
    unit,
  });
  const besideBare = (measure: Measure, metric: keyof Cost): Measure => {
    const ratio = measure.value / median(bare.map((cost) => cost[metric]));
    return { ...measure, reference: 'bare uWebSockets.js sender', ratio };
  };
  const stall = of('stall', 'longest stall', 'ms');
  const ratio = stall.value / median(ours.map(({ calm }) => calm));
  return [
    besideBare(of('ms', 'whole board', 'ms'), 'ms'),
    besideBare(of('cpu', 'server cpu', 'ms'), 'cpu'),
    besideBare(of('loop', 'event loop cpu', 'ms'), 'loop'),
    of('bytes', 'bytes', 'bytes'),
    { ...stall, reference: 'the same while nobody joins', ratio },
  ];
}
