// Seeking in a generated history. Options: --events=200000 --seeks=1000

import { emptyBoard, fold } from './board.ts';
import { History } from './history.ts';
import type { BenchOptions, Measure } from './bench.ts';
import { seededRandom } from './testing/random.ts';
import { generateSession } from './testing/session-generator.ts';

export function run({ log, option }: BenchOptions): Measure[] {
  const count = Number(option('events', '200000'));
  const seeks = Number(option('seeks', '1000'));
  log(`drawing ${count} events, seed 7`);
  const commits = generateSession({ seed: 7, authors: 5, events: count });
  const events = commits.flatMap((commit) => commit.events);

  const bare = timed(() => fold(emptyBoard, events));
  const history = new History();
  const loading = timed(() => {
    for (let i = 0; i < commits.length; i += 1_000) history.append(commits.slice(i, i + 1_000));
  });
  const { timeline } = history;
  const random = seededRandom(1);
  const randomly = times(seeks, () => history.boardAtTime(timeline.from + random() * (timeline.to - timeline.from)));
  const backwards = times(seeks, (i) => history.boardAt(Math.max(1, history.revision - i * 20)));
  let at = timeline.from;
  const playing = times(seeks, () => history.revealedAt((at = timeline.advance(at, 16.7, true))));

  const of = `events=${count}`;
  const reference = 'one fold of all the events';
  return [
    { case: of, metric: 'load', value: loading, unit: 'ms', reference, ratio: loading / bare },
    ...measuresOf('seek to a random instant', randomly),
    ...measuresOf('scrub back, 20 events a frame', backwards),
    ...measuresOf('play, a frame', playing),
  ];

  function measuresOf(metric: string, sorted: readonly number[]) {
    return [0.5, 0.95, 0.99].map((share) => {
      const value = sorted[Math.floor(sorted.length * share)] ?? 0;
      return { case: of, metric: `${metric} p${share * 100}`, value, unit: 'ms', reference, ratio: value / bare };
    });
  }
}

function timed(action: () => unknown): number {
  const start = performance.now();
  action();
  return performance.now() - start;
}

/** Of so many runs, in ms, the shortest first. */
const times = (count: number, action: (index: number) => unknown): number[] =>
  Array.from({ length: count }, (_, i) => timed(() => action(i))).sort((a, b) => a - b);
