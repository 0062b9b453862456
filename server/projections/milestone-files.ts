import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type BoardId, isBoardId } from '../../shared/ids.ts';
import type { Milestone, MilestoneStore } from './milestone-store.ts';
import { sealed, unsealed } from './snapshot-format.ts';
import { writeWhole } from './write-whole.ts';

const NAME = /^(\d{1,15})-(\d{1,15})\.snapshot$/;

/** Milestones as files, in a folder for each board below the folder of the snapshots. */
export function milestoneFiles(folder: string): MilestoneStore {
  const folderOf = (board: BoardId): string => {
    if (!isBoardId(board)) throw new RangeError(`Not a board's id: ${JSON.stringify(board)}`);
    return join(folder, board.slice(0, 2), `${board}.past`);
  };
  const fileOf = (board: BoardId, { revision, at }: Milestone): string =>
    join(folderOf(board), `${revision}-${at}.snapshot`);
  return {
    async list(board) {
      const names = await unlessMissing(readdir(folderOf(board)), []);
      const milestones = names.flatMap((name) => {
        const [, revision, at] = NAME.exec(name) ?? [];
        return revision === undefined ? [] : [{ revision: Number(revision), at: Number(at) }];
      });
      return milestones.sort((a, b) => a.revision - b.revision);
    },
    async save(board, milestone, snapshot) {
      await mkdir(folderOf(board), { recursive: true });
      await writeWhole(fileOf(board, milestone), await sealed(board, snapshot));
    },
    async load(board, milestone) {
      const file = await unlessMissing(readFile(fileOf(board, milestone)), null);
      return file && unsealed(board, file);
    },
    remove: (board, milestone) => rm(fileOf(board, milestone), { force: true }),
  };
}

async function unlessMissing<T, Otherwise>(found: Promise<T>, otherwise: Otherwise): Promise<T | Otherwise> {
  try {
    return await found;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return otherwise;
    throw error;
  }
}
