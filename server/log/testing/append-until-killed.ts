// A process that appends to several boards as fast as it can and seals what is old. Of each append it says, once it is
// durable, to which revision the board has come: `board head`, a line each. It runs until it is killed.
// Arguments: FOLDER SEED FULL|NORMAL.
import type { BoardId } from '../../../shared/ids.ts';
import { commit } from '../contract.ts';
import { openSqliteLog } from '../sqlite.ts';
import { connectToWrite } from '../sqlite/connection.ts';
import { Sealer } from '../sqlite/sealing/sealer.ts';

const [dataFolder = '', seed = '1', mode] = process.argv.slice(2);
const log = await openSqliteLog({ dataFolder, synchronous: mode === 'NORMAL' ? 'NORMAL' : 'FULL' });
const sealer = new Sealer(connectToWrite(`${dataFolder}/retrace.db`, 'NORMAL'), {
  tail: 50,
  events: 100,
  bytes: 50_000,
});
let sealing = sealer.seal();
let random = Number(seed);
/** A whole number below `limit`: a 32-bit linear congruential generator. */
const below = (limit: number): number => {
  random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((random / 2 ** 32) * limit);
};

async function appendTo(board: BoardId): Promise<void> {
  for (let head = await log.head(board); ;) {
    const commits = Array.from({ length: 1 + below(3) }, () => {
      const after = head;
      head += 1 + below(20);
      return commit(after, head, below(2_000));
    });
    await log.append(board, commits[0]!.after, commits);
    if (sealing.next().done) sealing = sealer.seal();
    process.stdout.write(`${board} ${head}\n`);
  }
}

for (let board = 0; board < 8; board++) void appendTo(`Board${String(board).padStart(11, '0')}` as BoardId);
