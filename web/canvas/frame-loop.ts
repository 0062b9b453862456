/** What a frame loop runs on: the window, or a test. */
export interface FrameClock {
  now(): number;
  requestFrame(callback: () => void): number;
  cancelFrame(handle: number): void;
}

export const windowClock: FrameClock = {
  now: () => performance.now(),
  requestFrame: (callback) => requestAnimationFrame(callback),
  cancelFrame: (handle) => cancelAnimationFrame(handle),
};

/** Frames on request: none while nothing changes, one at most for any number of requests. */
export class FrameLoop {
  readonly #clock: FrameClock;
  readonly #paint: (now: number) => boolean;
  #handle: number | null = null;
  #stopped = false;

  /** `paint` returns whether it wants another frame. */
  constructor(clock: FrameClock, paint: (now: number) => boolean) {
    this.#clock = clock;
    this.#paint = paint;
  }

  request(): void {
    if (this.#stopped || this.#handle !== null) return;
    this.#handle = this.#clock.requestFrame(() => {
      this.#handle = null;
      this.paintNow();
    });
  }

  /** Paints at once, where what is on the screen is lost already. */
  paintNow(): void {
    if (!this.#stopped && this.#paint(this.#clock.now())) this.request();
  }

  stop(): void {
    this.#stopped = true;
    if (this.#handle !== null) this.#clock.cancelFrame(this.#handle);
  }
}
