import type { Browser, Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import type { Peer } from './asked.ts';
import type { Contender, Prepared, Sheet } from './contender.ts';
import { Film } from './film.ts';
import { Hand } from './hand.ts';
import { type Trace, traced } from './trace.ts';
import { watchInk } from './witness.ts';

/** All in ms but memory, which is in bytes. */
export interface Times {
  /** From the address to the whole picture, on the screen. */
  first: number;
  /** Between frames on the screen, while the wheel turns. */
  pan: number[];
  zoom: number[];
  /** From the end of a zoom to the last change of the picture. */
  sharp: number;
  /** From the pen's event to its ink on the screen. */
  pen: number[];
  /** JavaScript's, after its collection. */
  heap: number;
  /** All of the page's process; NaN where there is no /proc. */
  process: number;
}

export class GaveUp extends Error {
  readonly seconds: number;
  /** What was measured until then. */
  readonly times: Partial<Times>;

  constructor(seconds: number, times: Partial<Times>, options?: ErrorOptions) {
    const why = options?.cause instanceof Error ? `: ${options.cause.message}` : '';
    super(`gave up after ${seconds.toFixed(0)} s${why}`, options);
    this.seconds = seconds;
    this.times = times;
  }
}

const PEN_SAMPLES = 60;

/**
 * Opens the sheet in a browser of its own, moves it and draws on it.
 *
 * @param seconds that all of it may take
 * @throws GaveUp
 */
export async function measure(
  launch: () => Promise<Browser>,
  contender: Contender,
  sheet: Sheet,
  seconds: number,
): Promise<Times> {
  const prepared = await contender.prepare(sheet);
  const browser = await launch();
  const times: Partial<Times> = {};
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new GaveUp(seconds, times)), seconds * 1000);
  });
  const began = performance.now();
  const work = measured(browser, prepared, times);
  // What it says after it was given up is of no interest: its browser is closed.
  work.catch(() => {});
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    if (error instanceof GaveUp) throw error;
    // Such as a page that crashed.
    throw new GaveUp((performance.now() - began) / 1000, times, { cause: error });
  } finally {
    clearTimeout(timer);
    await browser.close();
    await prepared.close();
  }
}

async function measured(browser: Browser, prepared: Prepared, times: Partial<Times>): Promise<Times> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(0);
  await page.addInitScript(watchInk);
  await prepared.route(page);
  const hand = await Hand.on(page);
  const run = (action: () => Promise<void>): Promise<Trace> =>
    traced(browser, page, async () => {
      await hand.mark('clock');
      await action();
    });

  const opened = Date.now();
  const opening = await Film.of(page);
  await page.goto(prepared.url, { waitUntil: 'commit' });
  await hand.calm();
  const making = await page.evaluate(() => (globalThis as unknown as { peer?: Peer }).peer?.making ?? 0);
  times.first = (await opening.wholeSince(browser)) - opened - making;

  times.pan = gaps(await run(() => hand.pan()));
  await prepared.look(page);
  await hand.calm();
  times.zoom = gaps(await run(() => hand.zoom()));
  await hand.calm();

  const sharpening = await Film.of(page);
  await hand.zoomIn();
  const ended = Date.now();
  await hand.calm();
  times.sharp = Math.max(0, (await sharpening.wholeSince(browser)) - ended);

  await prepared.look(page);
  await prepared.takePen(page);
  await hand.calm();
  const drawing = await run(() => hand.draw(PEN_SAMPLES));
  times.pen = drawing.untilShown('pen', 'ink');

  Object.assign(times, await memoryOf(browser, page));
  return times as Times;
}

const gaps = (trace: Trace): number[] => trace.gaps(last(trace.marks('hand-begins')), last(trace.marks('hand-ends')));
const last = (marks: readonly number[]): number => marks.at(-1) ?? Number.NaN;

async function memoryOf(browser: Browser, page: Page): Promise<Pick<Times, 'heap' | 'process'>> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { processInfo } = await (await browser.newBrowserCDPSession()).send('SystemInfo.getProcessInfo');
  // A browser keeps a spare one ready: the page's is the larger.
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => residentBytes(id));
  return { heap: usedSize, process: Math.max(...renderers) };
}

/** Memory that the process shares with others counts in part. Linux. */
function residentBytes(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]) * 1024;
  } catch {
    return Number.NaN;
  }
}
