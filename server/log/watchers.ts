import type { BoardId, Revision } from '../../shared/ids.ts';

type Appended = (head: Revision) => void;

/** Who wants to hear of the appends to which board. */
export class Watchers {
  readonly #byBoard = new Map<BoardId, Set<Appended>>();

  watch(board: BoardId, appended: Appended): () => void {
    // A function of its own, so that one function which watches twice is told twice and ends each by itself.
    const watcher: Appended = (head) => appended(head);
    const watchers = this.#byBoard.get(board) ?? new Set();
    this.#byBoard.set(board, watchers.add(watcher));
    return () => {
      watchers.delete(watcher);
      if (watchers.size === 0 && this.#byBoard.get(board) === watchers) this.#byBoard.delete(board);
    };
  }

  tell(board: BoardId, head: Revision): void {
    for (const watcher of this.#byBoard.get(board) ?? []) {
      try {
        watcher(head);
      } catch (error) {
        // The append has happened all the same: the others hear of it, and the fault surfaces on its own.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
