// npm run bench fanout [-- --drawers=10,40 --seconds=5 --runs=3 --json]
// What delivering a drawn update costs, from the sender's socket to everybody else's, with every event on disk first,
// against a bare broadcast of the same updates that keeps nothing.

import type { BenchOptions, Measure } from './cli/bench.ts';
import { ChildServer } from './testing/load/child-server.ts';
import { bareRoom, drawTogether, retraceRoom, type RoomResult } from './testing/load/drawers.ts';

export async function run({ log, option }: BenchOptions): Promise<Measure[]> {
  const cases = option('drawers', '10,40').split(',').map(Number);
  const seconds = Number(option('seconds', '5'));
  const runs = Number(option('runs', '3'));
  const measures: Measure[] = [];
  for (const drawers of cases) {
    const ours: RoomResult[] = [];
    const bare: RoomResult[] = [];
    for (let i = 0; i < runs; i++) {
      ours.push(await inRoom(await ChildServer.retrace(), retraceRoom, drawers, seconds));
      const broadcast = await ChildServer.script('server/testing/load/bare-broadcast.ts');
      bare.push(await inRoom(broadcast, async (server) => bareRoom(server), drawers, seconds));
      log(`${drawers} drawers, run ${i + 1} of ${runs}: ${text(ours[i]!)}; bare: ${text(bare[i]!)}`);
    }
    measures.push(...measuresOf(`drawers=${drawers}`, ours, bare));
  }
  return measures;
}

async function inRoom(
  server: ChildServer,
  room: (server: ChildServer) => Promise<Parameters<typeof drawTogether>[1]>,
  drawers: number,
  seconds: number,
): Promise<RoomResult> {
  try {
    return await drawTogether(server, await room(server), drawers, seconds);
  } finally {
    await server.stop();
  }
}

function measuresOf(name: string, ours: readonly RoomResult[], bare: readonly RoomResult[]): Measure[] {
  const reference = 'bare uWebSockets.js broadcast';
  const of = (metric: keyof RoomResult, unit: string, scale = 1): Measure => {
    const value = median(ours.map((result) => result[metric])) * scale;
    const ratio = median(ours.map((result, i) => result[metric] / (bare[i] as RoomResult)[metric]));
    return { case: name, metric, value, unit, ...(Number.isFinite(ratio) ? { reference, ratio } : {}) };
  };
  return [
    of('cpu', 's/100k updates'),
    of('busy', '% of a core', 100),
    of('p50', 'ms'),
    of('p99', 'ms'),
    of('lost', 'updates'),
    of('up', 'bytes/update'),
    of('down', 'bytes/update'),
    { ...of('down', 'bytes/point', 0.5), metric: 'bytes_per_point' },
  ];
}

const text = ({ cpu, busy, p50, p99, lost }: RoomResult): string =>
  `${cpu.toFixed(3)} s/100k, ${(busy * 100).toFixed(0)} %, p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(1)} ms, lost ${lost}`;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
