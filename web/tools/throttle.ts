/** The time, and a way to be called again: the window's, or a test's. */
export interface Timers {
  now(): number;
  setTimer(callback: () => void, ms: number): number;
  clearTimer(handle: number): void;
}

export const windowTimers: Timers = {
  now: () => performance.now(),
  setTimer: (callback, ms) => window.setTimeout(callback, ms),
  clearTimer: (handle) => window.clearTimeout(handle),
};

/**
 * Does something when asked, at once if it was not done just before, and otherwise when it is time. It waits on a timer:
 * hidden pages get no animation frames, and a stroke must not stop half-way because somebody changed the tab.
 */
export class Throttle {
  readonly #timers: Timers;
  readonly #every: number;
  readonly #act: () => void;
  #last = -Infinity;
  #timer: number | null = null;

  /** `every`: least time between two acts, in ms. */
  constructor(timers: Timers, every: number, act: () => void) {
    this.#timers = timers;
    this.#every = every;
    this.#act = act;
  }

  request(): void {
    if (this.#timer !== null) return;
    const wait = this.#every - (this.#timers.now() - this.#last);
    if (wait <= 0) this.#run();
    else this.#timer = this.#timers.setTimer(() => this.#run(), wait);
  }

  stop(): void {
    if (this.#timer !== null) this.#timers.clearTimer(this.#timer);
    this.#timer = null;
  }

  #run(): void {
    this.stop();
    this.#last = this.#timers.now();
    this.#act();
  }
}
