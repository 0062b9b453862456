// Two ways to count the time of a board: by the clock, and by the drawing, where each long pause is folded to a short one.
// The folded time is what the playhead moves through when it skips idle time, and what the strip then shows.

import { countUpTo } from './binary-search.ts';
import type { Millis } from './ids.ts';

/** A pause longer than this, in ms, can be folded. */
export const IDLE_AFTER = 5_000;
/** What a folded pause takes, in ms. */
export const FOLDED_IDLE = 500;

/** A long pause. Nothing happened after `from` and before `to`. */
export interface Idle {
  readonly from: Millis;
  readonly to: Millis;
}

interface Fold extends Idle {
  /** Folded ms from the beginning to `from`. */
  readonly offset: number;
  /** Clock ms that this fold and those before it take away. */
  readonly saved: number;
}

/** Maps times to ms from the beginning and back; both ways are ascending. */
export interface Pace {
  offsetOf(at: Millis): number;
  timeAt(offset: number): Millis;
}

export const clockPace = (from: Millis): Pace => ({
  offsetOf: (at) => at - from,
  timeAt: (offset) => from + offset,
});

/** Time with idle stretches folded. Grows at the end; what is before stays where it is. */
export class FoldedPace implements Pace {
  readonly #from: Millis;
  readonly #folds: Fold[] = [];

  constructor(from: Millis) {
    this.#from = from;
  }

  get idles(): readonly Idle[] {
    return this.#folds;
  }

  /** `idle` begins at or after the end of the last one. */
  fold(idle: Idle): void {
    const saved = (this.#folds.at(-1)?.saved ?? 0) + (idle.to - idle.from - FOLDED_IDLE);
    this.#folds.push({ ...idle, offset: this.offsetOf(idle.from), saved });
  }

  offsetOf(at: Millis): number {
    const fold = this.#folds[countUpTo(this.#folds, at, (entry) => entry.from) - 1];
    if (!fold) return at - this.#from;
    if (at >= fold.to) return at - this.#from - fold.saved;
    return fold.offset + ((at - fold.from) / (fold.to - fold.from)) * FOLDED_IDLE;
  }

  timeAt(offset: number): Millis {
    const fold = this.#folds[countUpTo(this.#folds, offset, (entry) => entry.offset) - 1];
    if (!fold) return this.#from + offset;
    const into = offset - fold.offset;
    if (into >= FOLDED_IDLE) return this.#from + offset + fold.saved;
    return fold.from + (into / FOLDED_IDLE) * (fold.to - fold.from);
  }
}
