import { countUpToNumber } from './binary-search.ts';
import type { AuthorNumber } from './ids.ts';

/** Most buckets of all that there is; more than the strip has columns. A power of two. */
export const MAX_BUCKETS = 2048;
/** Width of a bucket to begin with, and of the finest that can be looked at, in ms. */
export const FINEST_WIDTH = 125;

/** Events by author in one stretch of time. */
export type Bucket = ReadonlyMap<AuthorNumber, number>;

const nothing: Bucket = new Map();

/** What an author did within `width` ms from an offset on. */
export interface Deed {
  readonly offset: number;
  readonly width: number;
  readonly author: AuthorNumber;
  readonly amount: number;
}

/**
 * How much each author did over time: equal buckets, which become twice as wide whenever there would be too many, for
 * looking at all of it; and a list of the finest, for looking at a part. Adding costs the same however much is in it.
 */
export class Activity {
  #width = FINEST_WIDTH;
  #buckets: (Map<AuthorNumber, number> | undefined)[] = [];
  /** In order of time: the number of a finest bucket, whose it is, and how much. */
  readonly #places: number[] = [];
  readonly #authors: AuthorNumber[] = [];
  readonly #amounts: number[] = [];

  /** Of each bucket, in ms. */
  get width(): number {
    return this.#width;
  }

  get length(): number {
    return this.#buckets.length;
  }

  bucket(index: number): Bucket {
    return this.#buckets[index] ?? nothing;
  }

  /** Counts something that `author` did, `offset` ms from the beginning and not before what was counted last. */
  add(offset: number, author: AuthorNumber, amount: number): void {
    while (offset >= this.#width * MAX_BUCKETS) this.#widen();
    const index = Math.floor(offset / this.#width);
    while (this.#buckets.length <= index) this.#buckets.push(undefined);
    const bucket = (this.#buckets[index] ??= new Map());
    bucket.set(author, (bucket.get(author) ?? 0) + amount);
    this.#note(offset, author, amount);
  }

  /** What was done between two offsets, fine enough to tell stretches of `width` ms apart, as far as there is finer. */
  deeds(from: number, to: number, width: number): Generator<Deed, void, undefined> {
    return width < this.#width ? this.#finest(from, to) : this.#coarse(from, to);
  }

  *#finest(from: number, to: number): Generator<Deed, void, undefined> {
    const places = this.#places;
    for (let i = countUpToNumber(places, from / FINEST_WIDTH - 1); i < places.length; i++) {
      const offset = (places[i] as number) * FINEST_WIDTH;
      if (offset >= to) return;
      yield { offset, width: FINEST_WIDTH, author: this.#authors[i] ?? 0, amount: this.#amounts[i] ?? 0 };
    }
  }

  *#coarse(from: number, to: number): Generator<Deed, void, undefined> {
    const width = this.#width;
    const end = Math.min(this.#buckets.length, Math.ceil(to / width));
    for (let i = Math.max(0, Math.floor(from / width)); i < end; i++) {
      for (const [author, amount] of this.bucket(i)) yield { offset: i * width, width, author, amount };
    }
  }

  #note(offset: number, author: AuthorNumber, amount: number): void {
    const place = Math.floor(offset / FINEST_WIDTH);
    for (let i = this.#places.length - 1; i >= 0 && this.#places[i] === place; i--) {
      if (this.#authors[i] !== author) continue;
      this.#amounts[i] = (this.#amounts[i] ?? 0) + amount;
      return;
    }
    this.#places.push(place);
    this.#authors.push(author);
    this.#amounts.push(amount);
  }

  #widen(): void {
    const halved: (Map<AuthorNumber, number> | undefined)[] = [];
    for (let i = 0; i < this.#buckets.length; i += 2) halved.push(merge(this.#buckets[i], this.#buckets[i + 1]));
    this.#buckets = halved;
    this.#width *= 2;
  }
}

function merge(
  into: Map<AuthorNumber, number> | undefined,
  from: Map<AuthorNumber, number> | undefined,
): Map<AuthorNumber, number> | undefined {
  if (!into || !from) return into ?? from;
  for (const [author, amount] of from) into.set(author, (into.get(author) ?? 0) + amount);
  return into;
}
