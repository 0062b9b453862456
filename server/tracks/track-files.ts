import { appendFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BoardId, isBoardId } from '../../shared/ids.ts';
import type { TrackStore } from './track-store.ts';

/** What hands did as files below a folder, one for each board and hour. Not synced: a power cut may take some seconds. */
export const trackFiles = (folder: string): TrackStore => ({
  async append(board, hour, piece) {
    const own = folderOf(folder, board);
    await mkdir(own, { recursive: true });
    await appendFile(join(own, `${hour}.tracks`), piece);
  },
  async hours(board) {
    const files = await readdir(folderOf(folder, board)).catch(whereThere<string[]>([]));
    return files
      .flatMap((file) => /^(\d+)\.tracks$/.exec(file)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => a - b);
  },
  read: (board, hour) =>
    readFile(join(folderOf(folder, board), `${Number(hour)}.tracks`)).catch(whereThere<Uint8Array>(new Uint8Array())),
});

function folderOf(folder: string, board: BoardId): string {
  if (!isBoardId(board)) throw new RangeError(`Not a board's id: ${JSON.stringify(board)}`);
  return join(folder, board.slice(0, 2), board);
}

const whereThere =
  <T>(otherwise: T) =>
  (error: NodeJS.ErrnoException): T => {
    if (error.code === 'ENOENT') return otherwise;
    throw error;
  };
