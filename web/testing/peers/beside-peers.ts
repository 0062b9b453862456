import { type BenchOptions, type Measure, share } from '../../../shared/bench.ts';
import { boxOf } from '../../../shared/geometry.ts';
import { fitted } from '../../canvas/camera.ts';
import { launch } from '../browser.ts';
import { handStrokes, sheetHeight } from '../hand-strokes.ts';
import type { Contender, Sheet } from './contender.ts';
import { installed } from './installed.ts';
import { GaveUp, measure, type Times } from './measure.ts';
import { excalidraw, tldraw } from './peer.ts';
import { retrace } from './retrace.ts';

/** No sheet is larger, so that all of it is in sight at 10 %: Excalidraw zooms out no further. */
const MOST_HEIGHT = 5600;
/** What Retrace leaves free around a board that it opens, in CSS pixels. */
const [MARGIN, DOCK] = [24, 68];

const METRICS: readonly { readonly name: string; readonly unit: string; of(times: Partial<Times>): number }[] = [
  { name: 'first_picture', unit: 'ms', of: ({ first = Number.NaN }) => first },
  { name: 'pan_p50', unit: 'ms', of: ({ pan = [] }) => part(pan, 0.5) },
  { name: 'pan_p95', unit: 'ms', of: ({ pan = [] }) => part(pan, 0.95) },
  { name: 'zoom_p50', unit: 'ms', of: ({ zoom = [] }) => part(zoom, 0.5) },
  { name: 'zoom_p95', unit: 'ms', of: ({ zoom = [] }) => part(zoom, 0.95) },
  { name: 'sharp_after', unit: 'ms', of: ({ sharp = Number.NaN }) => sharp },
  { name: 'pen_p50', unit: 'ms', of: ({ pen = [] }) => part(pen, 0.5) },
  { name: 'pen_p95', unit: 'ms', of: ({ pen = [] }) => part(pen, 0.95) },
  { name: 'memory', unit: 'MiB of JavaScript', of: ({ heap = Number.NaN }) => heap / 2 ** 20 },
  { name: 'process', unit: 'MiB of its process', of: ({ process = Number.NaN }) => process / 2 ** 20 },
];

/** The whole page of Retrace and those of its peers, one after the other, each in a browser of its own. */
export async function besidePeers({ log, option }: BenchOptions): Promise<Measure[]> {
  const packages = await installed(log);
  if (packages === null) {
    log('Excalidraw and tldraw could not be installed, so nothing is compared with them: npm says above why.');
    return [];
  }
  const seconds = Number(option('limit', '120'));
  const measures: Measure[] = [];
  for (const strokes of option('strokes', '1000,10000,100000').split(',').map(Number)) {
    const sheet = sheetOf(strokes);
    const of = (contender: Contender): Promise<Outcome> => outcome(contender, sheet, seconds, log);
    const ours = await of(retrace);
    measures.push(...rows(`strokes=${strokes}, ${retrace.name}`, ours));
    for (const contender of [excalidraw(packages), tldraw(packages)]) {
      const theirs = await of(contender);
      measures.push(...rows(`strokes=${strokes}, ${contender.name}`, theirs));
      measures.push(...compared(`strokes=${strokes}, beside it`, ours, contender.name, theirs));
    }
  }
  return measures;
}

interface Outcome {
  /** What was measured, all of it unless it was given up. */
  readonly times: Partial<Times>;
  /** s after which it was given up. */
  readonly gaveUp?: number;
}

async function outcome(
  contender: Contender,
  sheet: Sheet,
  seconds: number,
  log: BenchOptions['log'],
): Promise<Outcome> {
  try {
    const times = await measure(launch, contender, sheet, seconds);
    log(`${sheet.strokes} strokes, ${contender.name}: first picture after ${times.first.toFixed(0)} ms`);
    return { times };
  } catch (error) {
    if (!(error instanceof GaveUp)) throw error;
    log(`${sheet.strokes} strokes, ${contender.name}: ${error.message}`);
    return { times: error.times, gaveUp: error.seconds };
  }
}

function rows(name: string, { times, gaveUp }: Outcome): Measure[] {
  const measured = METRICS.map(({ name: metric, unit, of }) => ({ case: name, metric, value: of(times), unit }));
  const known = measured.filter(({ value }) => Number.isFinite(value));
  return gaveUp === undefined ? known : [...known, { case: name, metric: 'gave_up_after', value: gaveUp, unit: 's' }];
}

/** Ours once more, beside what the peer took. */
function compared(name: string, ours: Outcome, reference: string, theirs: Outcome): Measure[] {
  return METRICS.map(({ name: metric, unit, of }) => {
    const value = of(ours.times);
    return { case: name, metric, value, unit, reference, ratio: value / of(theirs.times) };
  }).filter(({ ratio }) => Number.isFinite(ratio));
}

const part = (values: readonly number[], of: number): number => (values.length === 0 ? Number.NaN : share(values, of));

function sheetOf(strokes: number): Sheet {
  const height = Math.min(sheetHeight(strokes), MOST_HEIGHT);
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { points } of handStrokes(strokes, height)) {
    for (const [x, y] of points) {
      [minX, minY] = [Math.min(minX, x), Math.min(minY, y)];
      [maxX, maxY] = [Math.max(maxX, x), Math.max(maxY, y)];
    }
  }
  const all = boxOf(minX, minY, maxX - minX, maxY - minY);
  const camera = fitted(all, { width: 1280, height: 800 - 2 * DOCK }, MARGIN);
  return { strokes, height, camera: { ...camera, y: camera.y - DOCK / camera.zoom } };
}
