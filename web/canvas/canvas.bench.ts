// npm run bench canvas [-- --strokes=1000,10000,100000 --peers --limit=120 --json]
// A board of so many strokes of 60 samples, all in sight, in headless Chromium without a GPU: the first picture, frames
// while it is panned and zoomed, how soon it is sharp again, and how soon ink shows under a moving pen.
// With --peers the whole page too, under a real wheel and pen, beside Excalidraw and tldraw in the same browser with the
// same strokes; each has --limit seconds for each board. npm installs them for that, below .build.

import { besidePeers } from '../testing/peers/beside-peers.ts';
import { launch, pageWith } from '../testing/browser.ts';
import type { CanvasTimes, measureCanvas } from '../testing/bench-page.ts';
import { type BenchOptions, type Measure, share } from '../../shared/bench.ts';

export async function run({ log, option }: BenchOptions): Promise<Measure[]> {
  const browser = await launch();
  const measures: Measure[] = [];
  try {
    for (const count of option('strokes', '1000,10000,100000').split(',').map(Number)) {
      const page = await pageWith(browser, new URL('../testing/bench-page.ts', import.meta.url), {});
      const times: CanvasTimes = await page.evaluate(
        (strokes) => (globalThis as unknown as { measureCanvas: typeof measureCanvas }).measureCanvas(strokes),
        count,
      );
      await page.close();
      log(`${count} strokes: first picture after ${times.first.toFixed(0)} ms`);
      const of = `strokes=${count}`;
      measures.push(
        { case: of, metric: 'first_picture', value: times.first, unit: 'ms' },
        { case: of, metric: 'frame_p50', value: share([...times.pan, ...times.zoom], 0.5), unit: 'ms' },
        { case: of, metric: 'frame_p95', value: share([...times.pan, ...times.zoom], 0.95), unit: 'ms' },
        { case: of, metric: 'pan_p95', value: share(times.pan, 0.95), unit: 'ms' },
        { case: of, metric: 'zoom_p95', value: share(times.zoom, 0.95), unit: 'ms' },
        { case: of, metric: 'sharp_after', value: times.sharp, unit: 'ms' },
        { case: of, metric: 'painted_ahead_after', value: times.ahead, unit: 'ms' },
        { case: of, metric: 'pen_p50', value: share(times.pen, 0.5), unit: 'ms' },
        { case: of, metric: 'pen_p95', value: share(times.pen, 0.95), unit: 'ms' },
        { case: of, metric: 'memory', value: times.memory / 2 ** 20, unit: 'MiB of JavaScript' },
      );
    }
  } finally {
    await browser.close();
  }
  return option('peers', 'no') === 'no' ? measures : [...measures, ...(await besidePeers({ log, option }))];
}
