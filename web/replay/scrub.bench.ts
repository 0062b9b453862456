// npm run bench scrub [-- --events=1000000 --authors=12 --seeks=200 --json]
// The past under the hand, in headless Chromium without a GPU: random seeks, a drag across the whole strip and play at
// 64 times, in ms until the first frame that shows something of the moment is painted, and until all of it is; beside
// one fold of all the events.

import { generateSession } from '../../shared/testing/session-generator.ts';
import { packCommit } from '../../shared/wire/codec.ts';
import { type BenchOptions, type Measure, share } from '../../shared/bench.ts';
import type { measureScrub, ScrubTimes } from '../testing/bench-page.ts';
import { launch, pageWith } from '../testing/browser.ts';

export async function run({ log, option }: BenchOptions): Promise<Measure[]> {
  const events = Number(option('events', '1000000'));
  const authors = Number(option('authors', '12'));
  const seeks = Number(option('seeks', '200'));
  const commits = generateSession({ seed: 3, authors, events, things: true });
  const history = Buffer.concat(commits.map(packCommit));
  log(`made: ${events} events of ${authors} authors, ${(history.length / 2 ** 20).toFixed(1)} MiB`);
  const browser = await launch();
  try {
    const page = await pageWith(browser, new URL('../testing/bench-page.ts', import.meta.url), { '/history': history });
    const times: ScrubTimes = await page.evaluate(
      (count) => (globalThis as unknown as { measureScrub: typeof measureScrub }).measureScrub(count),
      seeks,
    );
    const of = `events=${events}`;
    const reference = 'one fold of all the events';
    const rows = (metric: string, values: readonly number[]): Measure[] =>
      (
        [
          ['p50', 0.5],
          ['p95', 0.95],
          ['max', 1],
        ] as const
      ).map(([name, part]) => {
        const value = share(values, part);
        return { case: of, metric: `${metric}_${name}`, value, unit: 'ms', reference, ratio: value / times.fold };
      });
    return [
      ...rows('seek', times.seek),
      ...rows('settled', times.settled),
      ...rows('drag', times.drag),
      ...rows('play', times.play),
      { case: of, metric: 'first_sharp', value: times.first, unit: 'ms' },
      { case: of, metric: 'load', value: times.load, unit: 'ms', reference, ratio: times.load / times.fold },
      { case: of, metric: 'fold', value: times.fold, unit: 'ms' },
      { case: of, metric: 'memory', value: times.memory / 2 ** 20, unit: 'MiB of JavaScript' },
    ];
  } finally {
    await browser.close();
  }
}
