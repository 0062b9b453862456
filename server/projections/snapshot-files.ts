import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type BoardId, isBoardId } from '../../shared/ids.ts';
import { sealed, unsealed } from './snapshot-format.ts';
import type { SnapshotStore, StoredSnapshot } from './snapshot-store.ts';
import { writeWhole } from './write-whole.ts';

/** Snapshots as files below a folder, which is made when the first one is saved. */
export const snapshotFiles = (folder: string): SnapshotStore => new SnapshotFiles(folder);

class SnapshotFiles implements SnapshotStore {
  readonly #folder: string;
  /** The last change of each board that is being written: they go one by one. */
  readonly #changes = new Map<BoardId, Promise<void>>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  save(board: BoardId, snapshot: StoredSnapshot): Promise<void> {
    const file = this.#fileOf(board);
    return this.#change(board, async () => {
      await mkdir(dirname(file), { recursive: true });
      await writeWhole(file, await sealed(board, snapshot));
    });
  }

  async load(board: BoardId): Promise<StoredSnapshot | null> {
    const file = this.#fileOf(board);
    try {
      return await unsealed(board, await readFile(file));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  remove(board: BoardId): Promise<void> {
    const file = this.#fileOf(board);
    return this.#change(board, () => rm(file, { force: true }));
  }

  /** Thousands of files in one folder are slow to handle in some file systems: the first letters of the id part them. */
  #fileOf(board: BoardId): string {
    if (!isBoardId(board)) throw new RangeError(`Not a board's id: ${JSON.stringify(board)}`);
    return join(this.#folder, board.slice(0, 2), `${board}.snapshot`);
  }

  async #change(board: BoardId, change: () => Promise<void>): Promise<void> {
    const before = this.#changes.get(board) ?? Promise.resolve();
    const done = before.then(change, change);
    this.#changes.set(board, done);
    try {
      await done;
    } finally {
      if (this.#changes.get(board) === done) this.#changes.delete(board);
    }
  }
}
