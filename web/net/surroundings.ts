import { filter, fromEvent, map, merge, type Observable, throttleTime } from 'rxjs';

/** What the client needs of the page around it. The tests bring their own. */
export interface Surroundings {
  /** The network came back, or the page came into sight. */
  readonly wake$: Observable<unknown>;
  /** The page goes out of sight: it may be the last that it is told. */
  readonly hide$: Observable<unknown>;
  /** Runs this before the next picture, or at once where nobody is looking. Returns what calls it off. */
  nextFrame(run: () => void): () => void;
  /** From 0 up to 1. */
  random(): number;
}

/** A frame that did not come after so long, in ms, will not: the page was just hidden. */
const FRAME_WITHIN = 100;
/** Least time between two wakings, in ms: the events come in pairs. */
const WAKE_AT_MOST_EVERY = 1000;

export function pageSurroundings(page: Window): Surroundings {
  const { document } = page;
  const visibility$ = fromEvent(document, 'visibilitychange').pipe(map(() => document.visibilityState));
  return {
    wake$: merge(fromEvent(page, 'online'), visibility$.pipe(filter((state) => state === 'visible'))).pipe(
      throttleTime(WAKE_AT_MOST_EVERY),
    ),
    hide$: merge(fromEvent(page, 'pagehide'), visibility$.pipe(filter((state) => state === 'hidden'))),
    nextFrame: (run) => (document.visibilityState === 'hidden' ? soon(run) : frame(page, run)),
    random: Math.random,
  };
}

function soon(run: () => void): () => void {
  let called = true;
  queueMicrotask(() => called && run());
  return () => (called = false);
}

/** Animation frames stop for a hidden page, also for one that was hidden while it waited. */
function frame(page: Window, run: () => void): () => void {
  const cancel = (): void => {
    page.cancelAnimationFrame(request);
    clearTimeout(timer);
  };
  const runOnce = (): void => {
    cancel();
    run();
  };
  const request = page.requestAnimationFrame(runOnce);
  const timer = setTimeout(runOnce, FRAME_WITHIN);
  return cancel;
}
