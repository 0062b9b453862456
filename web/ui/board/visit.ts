import type { Board } from '../../../shared/board.ts';
import type { BoardId } from '../../../shared/ids.ts';
import { pictureSize, putVisited } from '../../visited-boards.ts';
import { boardPicture } from './board-picture.ts';

/** ms without a change after which the picture is made anew. */
const SETTLE = 1_200;
/** A board of more shapes has its picture made only when the page is left: that takes longer than a frame. */
const QUICK_SHAPES = 1_000;

/** Keeps the home page's note of a board up to date while its page is open. */
export class Visit {
  readonly #id: BoardId;
  readonly #linkKey: string | null;
  #board: Board;
  #pictured: Board | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(id: BoardId, linkKey: string | null, board: Board) {
    this.#id = id;
    this.#linkKey = linkKey;
    this.#board = board;
    this.#note({});
    document.addEventListener('visibilitychange', this.#onVisibility);
  }

  changed(board: Board): void {
    const renamed = board.title !== this.#board.title;
    this.#board = board;
    if (renamed) this.#note({});
    clearTimeout(this.#timer);
    if (board.shapes.size <= QUICK_SHAPES) this.#timer = setTimeout(() => this.#takePicture(), SETTLE);
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
    this.#note({ picture: boardPicture(this.#board, pictureSize) });
  }

  /** A convenience: where it cannot be kept, nothing is lost. */
  #note(more: { picture?: string | null }): void {
    const note = { id: this.#id, title: this.#board.title, visitedAt: Date.now(), key: this.#linkKey, ...more };
    putVisited(note).catch(() => {});
  }
}
