import { mergeMap, race, timer } from 'rxjs';
import type { Board } from '../../shared/board.ts';
import { History } from '../../shared/history.ts';
import type { Epoch, Millis } from '../../shared/ids.ts';
import type { HistorySource } from './history-source.ts';
import { LatestWish } from './latest-wish.ts';
import type { FetchedMoment, StretchSource } from './moment-source.ts';

/** Longest that the history waits for what goes before it, in ms. */
const HEAD_START = 3_000;
/** Boards, and stretches of the history, that are kept: a hand on the strip goes to and fro. */
const [KEPT, KEPT_STRETCHES] = [8, 3];

interface Stretch {
  readonly from: Millis;
  readonly history: History;
  readonly epoch: Epoch;
}

/**
 * Boards at instants that the history does not reach yet, so that they show before it does: first each by itself [T22],
 * then what lies around it, so that the hand can move there [T25].
 */
export class UnloadedMoments {
  readonly #moments: LatestWish<Millis, FetchedMoment> | undefined;
  readonly #around: LatestWish<Millis, Stretch> | undefined;
  #kept: readonly FetchedMoment[] = [];
  #stretches: readonly Stretch[] = [];
  /** Behind it nothing of the history comes in stretches: nothing of that is sealed. */
  #sealedTo = Infinity;

  /** A source is not given where there is none; `arrived` is told when something is here that was not. */
  constructor({ boardAt, around }: Pick<HistorySource, 'boardAt' | 'around'>, arrived: () => void) {
    this.#around =
      around &&
      new LatestWish<Millis, Stretch>(stretches(around), (stretch, at) => {
        if (!stretch) return;
        const { to } = stretch.history.timeline;
        if (to < at) this.#sealedTo = to;
        else this.#stretches = [stretch, ...this.#stretches].slice(0, KEPT_STRETCHES);
        arrived();
      });
    this.#moments =
      boardAt &&
      new LatestWish<Millis, FetchedMoment>(boardAt, (moment, at) => {
        // What lies around it comes behind it, also where it could not be had by itself.
        if (at <= this.#sealedTo && !this.#stretchAt(at, null)) this.#around?.want(at);
        if (!moment) return;
        this.#kept = [moment, ...this.#kept].slice(0, KEPT);
        arrived();
      });
  }

  /** The board at the instant, or the nearest before it, of that store; null where there is none yet. Asks for what is missing. */
  boardAt(at: Millis, epoch: Epoch | null): Board | null {
    const stretch = this.#stretchAt(at, epoch);
    if (stretch) return stretch.history.boardAtTime(at);
    const before = this.#kept.filter((kept) => kept.at <= at && (epoch === null || kept.epoch === epoch));
    const nearest = before.reduce<FetchedMoment | null>(
      (best, kept) => (best && best.at >= kept.at ? best : kept),
      null,
    );
    if (nearest?.at !== at) this.#moments?.want(at);
    return nearest?.board ?? null;
  }

  /** Resolves when all that was asked for is here, or cannot be had; null where nothing is waited for. */
  arrival(): Promise<void> | null {
    const waits = [this.#moments?.pending, this.#around?.pending].filter((wait) => wait);
    return waits.length > 0 ? Promise.all(waits).then(() => this.arrival() ?? undefined) : null;
  }

  /** What was kept is let go, and what is on its way is not waited for: the history is here. */
  clear(): void {
    this.#kept = [];
    this.#stretches = [];
    this.#sealedTo = Infinity;
    this.#moments?.clear();
    this.#around?.clear();
  }

  #stretchAt(at: Millis, epoch: Epoch | null): Stretch | undefined {
    return this.#stretches.find(
      (stretch) =>
        stretch.from <= at && at <= stretch.history.timeline.to && (epoch === null || stretch.epoch === epoch),
    );
  }
}

/** The history behind the moments that somebody waits for. */
export const behind = (moments: UnloadedMoments, source: HistorySource): HistorySource => ({
  pages: (after, epoch) => {
    const arrival = moments.arrival();
    if (!arrival) return source.pages(after, epoch);
    return race(arrival, timer(HEAD_START)).pipe(mergeMap(() => source.pages(after, epoch)));
  },
});

const stretches =
  (around: StretchSource) =>
  async (at: Millis): Promise<Stretch | null> => {
    const fetched = await around(at);
    if (!fetched) return null;
    const history = new History(fetched.base);
    history.append(fetched.commits);
    return { from: fetched.base.at, history, epoch: fetched.epoch };
  };
