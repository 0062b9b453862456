import { parseArgs } from 'node:util';
import { type RecoveredBoard, isWhole, recoverLog } from '../../log/recover-log.ts';
import { type Command, UsageError, count } from '../command.ts';

export const recover: Command = {
  name: 'recover',
  takes: 'FROM TO',
  about: 'saves from a damaged log what can still be read',
  help: `Reads the database FROM (and FROM-wal, where it is) page by page and writes to the new file TO every board up to the
first commit that is missing or is not what was written. FROM is only read. Stop the server first.

To go on with it: move retrace.db, retrace.db-wal and retrace.db-shm out of the data folder, copy TO to retrace.db there,
start the server. Where there is a backup, look which of the two has more. Whether a board went on beyond what is left of
it, only heads that were noted before tell: \`verify --heads F\`.

  --json          the findings as one JSON object

Exit code: 0 all that was found is in TO, 1 something is missing, 2 nothing was written.`,
  run(args, surroundings) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean' } },
    });
    const [from, to, ...more] = positionals;
    if (from === undefined || to === undefined || more.length > 0) throw new UsageError('Give two files: FROM and TO.');
    const recovery = recoverLog(from, to);
    const whole = isWhole(recovery);
    if (values.json) surroundings.say(JSON.stringify({ whole, ...recovery }));
    else {
      if (recovery.unreadable > 0) {
        surroundings.say(`The disk does not give ${recovery.unreadable} of ${count(recovery.pages, 'page')}.`);
      }
      if (recovery.missing > 0) {
        surroundings.say(`The file is cut off: ${count(recovery.missing, 'page')} of it are missing at its end.`);
      }
      for (const board of recovery.boards) surroundings.say(inWords(board));
      surroundings.say(`${to}: ${count(recovery.boards.filter(({ revision }) => revision > 0).length, 'board')}.`);
    }
    return whole ? 0 : 1;
  },
};

function inWords({ board, revision, commits, beyond }: RecoveredBoard): string {
  const saved = `${count(revision, 'event')} in ${count(commits, 'commit')} saved`;
  if (board === null) return `A board whose name cannot be read is lost: ${count(beyond.commits, 'commit')}.`;
  if (revision + beyond.commits === 0) return `Board ${board} is lost: nothing but its name can be read.`;
  if (beyond.commits === 0) return `Board ${board}: ${saved}.`;
  return (
    `Board ${board}: ${saved}; revision ${revision + 1} cannot be read. ` +
    `${count(beyond.commits, 'commit')} from there on, up to revision ${beyond.last}, left out.`
  );
}
