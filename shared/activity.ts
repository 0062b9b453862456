import type { AuthorNumber } from './ids.ts';

/** Most buckets; the strip has about so many pixels. A power of two. */
export const MAX_BUCKETS = 1024;
/** Width of a bucket to begin with, in ms. */
const FIRST_WIDTH = 125;

/** Events by author in one stretch of time. */
export type Bucket = ReadonlyMap<AuthorNumber, number>;

const nothing: Bucket = new Map();

/**
 * How much each author did over time: equal buckets, which become twice as wide whenever there would be too many.
 * Adding costs the same however much is in it.
 */
export class Activity {
  #width = FIRST_WIDTH;
  #buckets: (Map<AuthorNumber, number> | undefined)[] = [];

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

  /** Counts something that `author` did, `offset` ms from the beginning. */
  add(offset: number, author: AuthorNumber, amount: number): void {
    while (offset >= this.#width * MAX_BUCKETS) this.#widen();
    const index = Math.floor(offset / this.#width);
    while (this.#buckets.length <= index) this.#buckets.push(undefined);
    const bucket = (this.#buckets[index] ??= new Map());
    bucket.set(author, (bucket.get(author) ?? 0) + amount);
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
