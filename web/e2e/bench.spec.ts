import { expect, test } from '@playwright/test';
import { run as runCanvas } from '../canvas/canvas.bench.ts';
import { run as runScrub } from '../replay/scrub.bench.ts';
import type { Measure } from '../../shared/bench.ts';

const short = (run: typeof runCanvas, options: Record<string, string>): Promise<Measure[]> =>
  run({ log: () => {}, option: (name, fallback) => options[name] ?? fallback });

test('the benchmarks of the canvas and of scrubbing run, in a short form', async () => {
  const canvas = await short(runCanvas, { strokes: '50' });
  const scrub = await short(runScrub, { events: '2000', authors: '3', seeks: '3' });
  for (const { metric, value } of [...canvas, ...scrub]) expect(value, metric).toBeGreaterThanOrEqual(0);
  expect(canvas.map(({ metric }) => metric)).toContain('frame_p95');
  expect(scrub.map(({ metric }) => metric)).toContain('seek_p95');
});
