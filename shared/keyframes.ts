import type { Board } from './board.ts';
import { countUpTo } from './binary-search.ts';
import type { RecordedEvent } from './event.ts';
import type { Revision } from './ids.ts';
import { samplesOf } from './sample-time.ts';

/** Work of folding between two keyframes to begin with, in events of two samples. */
export const FIRST_SPACING = 1_000;
/** With more keyframes than this every other one is dropped. */
const MAX_KEYFRAMES = 2_048;

/** What folding an event costs, in events of two samples. */
export function workOf(event: RecordedEvent['event']): number {
  if (event.type === 'ShapesErased' || event.type === 'ShapesRestored') return 1 + event.shapes.length;
  return 1 + (samplesOf(event)?.length ?? 0) / 128;
}

/** Boards to start from. They share all that is equal, so a keyframe holds only what changed since the one before. */
export class Keyframes {
  #boards: Board[];
  #spacing = FIRST_SPACING;
  /** Work folded since the last keyframe. */
  workSince = 0;

  constructor(base: Board) {
    this.#boards = [base];
  }

  /** Work of folding between two keyframes. */
  get spacing(): number {
    return this.#spacing;
  }

  /** The last keyframe at or before a revision that is not before the base. */
  before(revision: Revision): Board {
    const index = countUpTo(this.#boards, revision, (board) => board.revision) - 1;
    return this.#boards[Math.max(0, index)] as Board;
  }

  /** `board` is later than all before. */
  add(board: Board): void {
    this.#boards.push(board);
    if (this.#boards.length <= MAX_KEYFRAMES) return;
    this.#boards = this.#boards.filter((_board, i) => i % 2 === 0);
    this.#spacing *= 2;
  }
}
