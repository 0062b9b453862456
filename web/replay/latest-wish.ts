/**
 * Asks for one thing at a time; of what is wanted meanwhile only the last counts. What could not be had is not asked for
 * again until something else was.
 */
export class LatestWish<Wish extends number, Thing> {
  readonly #source: (wish: Wish) => Promise<Thing | null>;
  readonly #came: (thing: Thing | null, wish: Wish) => void;
  #wanted: Wish | null = null;
  /** What is on its way, and what could not be had the last time. */
  #asked: Wish | null = null;
  #failed: Wish | null = null;
  #asking: Promise<void> | null = null;
  #cleared = 0;

  /** `came`: told of what has come, and with null of what could not be had. */
  constructor(source: (wish: Wish) => Promise<Thing | null>, came: (thing: Thing | null, wish: Wish) => void) {
    this.#source = source;
    this.#came = came;
  }

  /** Resolves when nothing is wanted any more; null where nothing is. */
  get pending(): Promise<void> | null {
    return this.#asking;
  }

  want(wish: Wish): void {
    if (wish === this.#asked || wish === this.#failed) return;
    this.#wanted = wish;
    this.#asking ??= this.#ask();
  }

  /** Nothing is wanted any more, and what is on its way is not waited for. */
  clear(): void {
    this.#wanted = null;
    this.#cleared++;
  }

  async #ask(): Promise<void> {
    try {
      while (this.#wanted !== null) {
        const wish = this.#wanted;
        this.#wanted = null;
        this.#asked = wish;
        const cleared = this.#cleared;
        const thing = await this.#source(wish).catch(() => null);
        this.#asked = null;
        this.#failed = thing === null ? wish : null;
        if (cleared === this.#cleared) this.#came(thing, wish);
      }
    } finally {
      // At once: what is wanted in the very next moment is asked for too.
      this.#asking = null;
    }
  }
}
