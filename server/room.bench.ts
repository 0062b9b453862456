// npm run bench room [-- --ramp=5,10,20,40 --seconds=5 --warm-up=4 --runs=3 --json]
// How many can draw at once in one room, 60 updates a second each, and all of them watching: the last step of the ramp
// before the first at which an update is lost or the 99th of a hundred takes 50 ms or longer.

import type { BenchOptions, Measure } from '../shared/bench.ts';
import { bareUws, type Contender, measureRoom, references, retrace } from './testing/load/contenders.ts';
import type { RoomResult, Span } from './testing/load/drawers.ts';
import { median } from './testing/load/median.ts';

const RAMP = '5,10,20,30,40,60,80,100,120,160,200,240';
const MAX_P99 = 50;

export async function run({ log, option }: BenchOptions): Promise<Measure[]> {
  const ramp = option('ramp', RAMP).split(',').map(Number);
  const span = { seconds: Number(option('seconds', '5')), warmUp: Number(option('warm-up', '4')) };
  const runs = Number(option('runs', '3'));
  const contenders = [retrace, ...references];
  const steps = new Map<Contender, Step[][]>(contenders.map((contender) => [contender, []]));
  for (let i = 0; i < runs; i++) {
    for (const contender of contenders) {
      const climbed = await climb(contender, ramp, span, log);
      steps.get(contender)!.push(climbed);
    }
  }
  const most = (contender: Contender): number =>
    median(steps.get(contender)!.map((climbed) => climbed.findLast(holds)?.drawers ?? 0));
  return contenders.flatMap((contender) => [
    {
      case: contender.name,
      metric: 'max_drawers',
      value: most(contender),
      unit: 'drawers',
      ...(contender === retrace ? { reference: bareUws.name, ratio: most(retrace) / most(bareUws) } : {}),
    },
    ...measuresOf(contender.name, steps.get(contender)!.flat()),
  ]);
}

type Step = RoomResult & { readonly drawers: number };

const holds = ({ p99, lost }: Step): boolean => p99 < MAX_P99 && lost === 0;

async function climb(
  contender: Contender,
  ramp: readonly number[],
  span: Span,
  log: BenchOptions['log'],
): Promise<Step[]> {
  const climbed: Step[] = [];
  for (const drawers of ramp) {
    const step = { drawers, ...(await measureRoom(contender, drawers, span)) };
    climbed.push(step);
    const { busy, p50, p99, lost } = step;
    log(
      `${contender.name}, ${drawers} drawers: p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(1)} ms, ` +
        `${(busy * 100).toFixed(0)} % of a core, lost ${lost}`,
    );
    if (!holds(step)) break;
  }
  return climbed;
}

function measuresOf(name: string, steps: readonly Step[]): Measure[] {
  const of = (drawers: number, metric: 'p50' | 'p99' | 'busy', unit: string): Measure => ({
    case: `${name}, drawers=${drawers}`,
    metric,
    value: median(steps.filter((step) => step.drawers === drawers).map((step) => step[metric])),
    unit,
  });
  const drawers = [...new Set(steps.map((step) => step.drawers))];
  return drawers.flatMap((n) => [of(n, 'p50', 'ms'), of(n, 'p99', 'ms'), of(n, 'busy', 'cores')]);
}
