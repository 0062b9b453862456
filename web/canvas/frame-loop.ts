/** What a frame loop runs on: the window, or a test. */
export interface FrameClock {
  now(): number;
  requestFrame(callback: () => void): number;
  cancelFrame(handle: number): void;
  /** Whether a hand did something that is not heard yet. Where the browser cannot tell, it may have. */
  isHandWaiting(): boolean;
}

/** Chromium's; see https://wicg.github.io/is-input-pending/ */
interface Scheduling {
  isInputPending(options: { readonly includeContinuous: boolean }): boolean;
}

const { scheduling } = (globalThis.navigator ?? {}) as { readonly scheduling?: Scheduling };

export const windowClock: FrameClock = {
  now: () => performance.now(),
  requestFrame: (callback) => requestAnimationFrame(callback),
  cancelFrame: (handle) => cancelAnimationFrame(handle),
  isHandWaiting: () => scheduling?.isInputPending({ includeContinuous: true }) ?? true,
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
