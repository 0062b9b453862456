import type { Board } from '../../../shared/board.ts';
import type { BoardId, Millis } from '../../../shared/ids.ts';
import { listVisited, pictureSize, putVisited } from '../../visited-boards.ts';
import { boardPicture } from './board-picture.ts';

/** Least ms without a change after which the picture is made anew. */
const SETTLE = 1_200;
/** A picture that takes so long waits for so many times as long a pause: large boards are not held up by it. */
const PAUSE_FOR_COST = 100;
/** ms that a shape takes in the picture, until that was measured. */
const GUESSED_COST = 0.02;

/** Keeps the home page's note of a board up to date while its page is open. */
export class Visit {
  readonly #id: BoardId;
  readonly #linkKey: string | null;
  #board: Board;
  #pictured: Board | null = null;
  /** ms that the last picture took. */
  #cost: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Time of the last event that was seen here before; null: never, or nobody knows. */
  readonly seenBefore: Promise<Millis | null>;

  constructor(id: BoardId, linkKey: string | null, board: Board) {
    this.#id = id;
    this.#linkKey = linkKey;
    this.#board = board;
    this.seenBefore = listVisited()
      .then((boards) => boards.find((each) => each.id === id)?.seenAt ?? null)
      .catch(() => null);
    void this.seenBefore.then(() => this.#note({}));
    document.addEventListener('visibilitychange', this.#onVisibility);
  }

  changed(board: Board): void {
    const renamed = board.title !== this.#board.title;
    this.#board = board;
    if (renamed) this.#note({});
    clearTimeout(this.#timer);
    this.#cost ??= board.shapes.size * GUESSED_COST;
    this.#timer = setTimeout(() => this.#takePicture(), Math.max(SETTLE, this.#cost * PAUSE_FOR_COST));
  }

  leave(): void {
    clearTimeout(this.#timer);
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#takePicture();
  }

  readonly #onVisibility = (): void => {
    if (document.visibilityState === 'hidden') this.#takePicture();
  };

  #takePicture(): void {
    if (this.#pictured === this.#board) return;
    this.#pictured = this.#board;
    const before = performance.now();
    const picture = boardPicture(this.#board, pictureSize);
    this.#cost = performance.now() - before;
    this.#note({ picture, seenAt: this.#board.at });
  }

  /** A convenience: where it cannot be kept, nothing is lost. */
  #note(more: { picture?: string | null; seenAt?: Millis }): void {
    const note = { id: this.#id, title: this.#board.title, visitedAt: Date.now(), key: this.#linkKey, ...more };
    putVisited(note).catch(() => {});
  }
}
