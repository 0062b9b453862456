/** Calls back later: timers as Node has them, or those of a test. */
export interface Scheduler {
  /** Calls back after all input that is there already was taken. */
  soon(callback: () => void): void;
  /** @param ms from now */
  after(ms: number, callback: () => void): void;
}
