// npm run bench fanout [-- --drawers=10,40,200 --seconds=5 --warm-up=4 --runs=3 --json]
// What delivering a drawn update costs, from the sender's socket to everybody else's, with every event on disk first,
// against bare broadcasts of the same updates that keep nothing.

import type { BenchOptions, Measure } from '../shared/bench.ts';
import {
  bareUws,
  bareWs,
  type Contender,
  measureRoom,
  references,
  retrace,
  socketio,
} from './testing/load/contenders.ts';
import type { RoomResult } from './testing/load/drawers.ts';
import { median } from './testing/load/median.ts';

export async function run({ log, option }: BenchOptions): Promise<Measure[]> {
  const cases = option('drawers', '10,40,200').split(',').map(Number);
  const span = { seconds: Number(option('seconds', '5')), warmUp: Number(option('warm-up', '4')) };
  const runs = Number(option('runs', '3'));
  const measures: Measure[] = [];
  for (const drawers of cases) {
    const of = new Map<Contender, RoomResult[]>([retrace, ...references].map((contender) => [contender, []]));
    for (let i = 0; i < runs; i++) {
      for (const [contender, results] of of) {
        const result = await measureRoom(contender, drawers, span);
        results.push(result);
        log(`${drawers} drawers, run ${i + 1} of ${runs}, ${contender.name}: ${text(result)}`);
      }
    }
    measures.push(...measuresOf(`drawers=${drawers}`, of));
  }
  return measures;
}

function measuresOf(name: string, results: ReadonlyMap<Contender, readonly RoomResult[]>): Measure[] {
  const ours = results.get(retrace) ?? [];
  const of = (metric: keyof RoomResult, unit: string, { scale = 1, against = bareUws } = {}): Measure => {
    const value = median(ours.map((result) => result[metric])) * scale;
    const others = results.get(against) ?? [];
    const ratio = median(ours.map((result, i) => result[metric] / (others[i] as RoomResult)[metric]));
    return { case: name, metric, value, unit, ...(Number.isFinite(ratio) ? { reference: against.name, ratio } : {}) };
  };
  return [
    of('cpu', 's/100k updates'),
    { ...of('cpu', 's/100k updates', { against: bareWs }), metric: 'cpu_against_ws' },
    { ...of('cpu', 's/100k updates', { against: socketio }), metric: 'cpu_against_socketio' },
    of('busy', '% of a core', { scale: 100 }),
    of('p50', 'ms'),
    of('p99', 'ms'),
    of('lost', 'updates'),
    of('up', 'bytes/update'),
    of('down', 'bytes/update'),
    { ...of('down', 'bytes/point', { scale: 0.5 }), metric: 'bytes_per_point' },
  ];
}

const text = ({ cpu, busy, p50, p99, lost }: RoomResult): string =>
  `${cpu.toFixed(3)} s/100k, ${(busy * 100).toFixed(0)} %, p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(1)} ms, lost ${lost}`;
