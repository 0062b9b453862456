import type { Board } from '../../shared/board.ts';
import type { Epoch, Millis } from '../../shared/ids.ts';
import type { FetchedMoment, MomentSource } from './moment-source.ts';

/** Boards that are kept: a hand on the strip goes to and fro. */
const KEPT = 8;

/**
 * Boards at instants that the history does not reach yet, so that they show before it does. One is asked for at a time;
 * of what is wanted meanwhile only the last counts. [T22]
 */
export class UnloadedMoments {
  readonly #source: MomentSource | undefined;
  readonly #arrived: () => void;
  #kept: FetchedMoment[] = [];
  #wanted: Millis | null = null;
  /** What is on its way, and what could not be had the last time. */
  #asked: Millis | null = null;
  #failed: Millis | null = null;
  #closed = false;
  #cleared = 0;

  /** `source`: not given where there are none to be had; `arrived`: told when one more is here. */
  constructor(source: MomentSource | undefined, arrived: () => void) {
    this.#source = source;
    this.#arrived = arrived;
  }

  /** The board at the instant, or the nearest before it, of that store; null where there is none yet. Asks for what is missing. */
  boardAt(at: Millis, epoch: Epoch | null): Board | null {
    const before = this.#kept.filter((kept) => kept.at <= at && (epoch === null || kept.epoch === epoch));
    const nearest = before.reduce<FetchedMoment | null>(
      (best, kept) => (best && best.at >= kept.at ? best : kept),
      null,
    );
    if (nearest?.at !== at) this.#want(at);
    return nearest?.board ?? null;
  }

  /** What was kept is let go, and what is on its way is not waited for: the history is here. */
  clear(): void {
    this.#kept = [];
    this.#wanted = null;
    this.#cleared++;
  }

  close(): void {
    this.#closed = true;
    this.clear();
  }

  #want(at: Millis): void {
    if (at === this.#asked || at === this.#failed) return;
    this.#wanted = at;
    if (this.#source && this.#asked === null) void this.#ask(this.#source);
  }

  async #ask(source: MomentSource): Promise<void> {
    while (this.#wanted !== null && !this.#closed) {
      const at = this.#wanted;
      this.#wanted = null;
      this.#asked = at;
      const cleared = this.#cleared;
      // Where it cannot be had, the history comes all the same.
      const fetched = await source(at).catch(() => null);
      this.#asked = null;
      this.#failed = fetched ? null : at;
      if (cleared !== this.#cleared || !fetched) continue;
      this.#kept = [fetched, ...this.#kept].slice(0, KEPT);
      this.#arrived();
    }
  }
}
