/** Width of a step, in ms, and how many there are: up to ten seconds; what is longer counts as that. */
const STEP = 0.02;
const STEPS = 500_000;

/** Many times in ms, of which only how often each came is kept. */
export class Latencies {
  readonly #counts = new Uint32Array(STEPS);
  #count = 0;

  add(ms: number): void {
    this.#counts[Math.min(STEPS - 1, Math.max(0, Math.floor(ms / STEP)))]!++;
    this.#count++;
  }

  /** The time that a share of them (0 … 1) does not pass, to a step; Infinity where there are none. */
  at(share: number): number {
    let left = this.#count * share;
    const step = this.#counts.findIndex((count) => (left -= count) < 0);
    return this.#count === 0 ? Infinity : (step + 1) * STEP;
  }
}
