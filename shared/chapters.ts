import type { Commit } from './event.ts';
import type { AuthorNumber, Millis } from './ids.ts';

/** ms without anything after which people have gone away: what follows is another chapter. */
export const CHAPTER_PAUSE = 10 * 60_000;

/** A stretch of a board's life between long pauses. */
export interface Chapter {
  readonly from: Millis;
  readonly to: Millis;
  /** Who did something in it, in the order in which they began. */
  readonly authors: readonly AuthorNumber[];
}

/** The chapters of a history that grows at its end. [T18] */
export class Chapters {
  readonly #list: { from: Millis; to: Millis; authors: Set<AuthorNumber> }[] = [];

  get list(): readonly Chapter[] {
    return this.#list.map((chapter) => ({ ...chapter, authors: [...chapter.authors] }));
  }

  /** Takes the commit that follows the last one. `began`: when the hand began what is in it. */
  add({ at, events }: Commit, began: Millis): void {
    // That the board was made is nobody's doing, and no chapter.
    const hands = events.filter(({ by }) => by > 0);
    if (hands.length === 0) return;
    let last = this.#list.at(-1);
    if (!last || began - last.to > CHAPTER_PAUSE) {
      // Its first stroke is part of it: who goes there sees it being drawn.
      last = { from: began, to: at, authors: new Set() };
      this.#list.push(last);
    }
    last.to = at;
    for (const { by } of hands) last.authors.add(by);
  }
}
