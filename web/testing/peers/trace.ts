// When a page's frames came onto the screen, as Chromium's own tracer has it: work of the compositor counts too.

import type { Browser, Page } from '@playwright/test';

const CATEGORIES = ['disabled-by-default-devtools.timeline.frame', 'blink.user_timing'];
/** Stages of a frame, as the tracer calls them. */
const [FRAME, COMMIT, PRESENTATION] = [
  'PipelineReporter',
  'Commit',
  'SubmitCompositorFrameToPresentationCompositorFrame',
];

interface TraceEvent {
  readonly name: string;
  /** b: begins, e: ends. */
  readonly ph: string;
  readonly pid: number;
  /** µs. */
  readonly ts: number;
  readonly id2?: { readonly local?: string };
}

/** All in ms of one clock. */
export interface Frame {
  /** What the page had done until then is in it. */
  readonly committed: number;
  readonly presented: number;
}

export class Trace {
  readonly frames: readonly Frame[];
  readonly #marks: ReadonlyMap<string, readonly number[]>;

  /** @param events of all processes; the page's is the one that last said `clock` */
  constructor(events: readonly TraceEvent[]) {
    const page = events.findLast(({ name }) => name === 'clock')?.pid;
    const own = events.filter(({ pid }) => pid === page);
    this.frames = framesOf(own).sort((a, b) => a.committed - b.committed);
    const marks = new Map<string, number[]>();
    for (const { name, ts } of own) marks.set(name, [...(marks.get(name) ?? []), ts / 1000]);
    this.#marks = marks;
  }

  /** When the page called `performance.mark` with that name. */
  marks(name: string): readonly number[] {
    return this.#marks.get(name) ?? [];
  }

  /** When the first frame came onto the screen that has in it what was drawn at `at`. */
  shown(at: number): number | undefined {
    return this.frames.find(({ committed }) => committed >= at)?.presented;
  }

  /** ms from each of the first marks until what the page drew next, before another of them, was on the screen. */
  untilShown(asked: string, drawn: string): number[] {
    const starts = this.marks(asked);
    return starts.flatMap((start, i) => {
      const ink = this.marks(drawn).find((at) => at >= start && at < (starts[i + 1] ?? Infinity));
      const shown = ink === undefined ? undefined : this.shown(ink);
      return shown === undefined ? [] : shown - start;
    });
  }

  /** ms between frames on the screen, from one instant to the other. */
  gaps(from: number, to: number): number[] {
    const presented = this.frames.map((frame) => frame.presented).filter((at) => at >= from && at <= to);
    return presented.slice(1).map((at, i) => at - (presented[i] ?? at));
  }
}

/** What happens in the page while `action` runs. The page is open, and marks its `clock` within. */
export async function traced(browser: Browser, page: Page, action: () => Promise<void>): Promise<Trace> {
  await browser.startTracing(page, { categories: CATEGORIES });
  await action();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  return new Trace(traceEvents);
}

/** Frames of the page's own making that came onto the screen. Their numbers are used again, one after the other. */
function framesOf(events: readonly TraceEvent[]): Frame[] {
  const frames: Frame[] = [];
  const open = new Map<string, { committed?: number; presented?: number }>();
  for (const { name, ph, ts, id2 } of events) {
    const id = id2?.local;
    if (id === undefined) continue;
    if (name === FRAME && ph === 'b') open.set(id, {});
    const frame = open.get(id);
    if (!frame || ph !== 'e') continue;
    if (name === COMMIT) frame.committed = ts / 1000;
    if (name === PRESENTATION) frame.presented = ts / 1000;
    if (name !== FRAME) continue;
    open.delete(id);
    const { committed, presented } = frame;
    if (committed !== undefined && presented !== undefined) frames.push({ committed, presented });
  }
  return frames;
}
