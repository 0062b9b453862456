import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isBoardId } from '../../../shared/ids.ts';
import { type Heads, type Verdict, verifyLog } from '../../log/verify-log.ts';
import { NO_IMAGES, verifyImages } from '../../images/verify-images.ts';
import { CannotDo, type Command, UsageError, dataFolder, dataHelp, dataOption } from '../command.ts';
import { doesFit, imagesInWords, verdictInWords } from '../verdict.ts';

export const verify: Command = {
  name: 'verify',
  takes: '[BOARD…]',
  about: 'finds out whether every commit is as it was written',
  help: `Follows the chain of hashes of these boards, or of all, and names the first revision of each that does not fit; of all,
also the images that are not what was sent. The server may go on running.

${dataHelp}
  --save-heads F  notes in the file F how far each board has come, where everything fits
  --heads F       also compares with what was noted in F: only so is a cut-off end found, or a stream written anew
  --json          the findings as one JSON object

Exit code: 0 everything fits, 1 something does not, 2 it could not be found out.`,
  async run(args, surroundings) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...dataOption,
        json: { type: 'boolean' },
        heads: { type: 'string' },
        'save-heads': { type: 'string' },
      },
    });
    for (const id of positionals) if (!isBoardId(id)) throw new UsageError(`${id} is no board's id.`);
    const heads = values.heads === undefined ? {} : readHeads(values.heads);
    const folder = dataFolder(values.data, surroundings);
    const verdict = verifyLog({ dataFolder: folder, boards: positionals, heads });
    if (positionals.length > 0) assertThere(verdict, folder);
    const images = positionals.length === 0 ? await verifyImages(folder) : NO_IMAGES;
    const fits = doesFit(verdict) && images.damaged.length === 0;
    if (values.json) surroundings.say(JSON.stringify({ fits, ...verdict, images }));
    else for (const line of [...verdictInWords(verdict), ...imagesInWords(images)]) surroundings.say(line);
    const target = values['save-heads'];
    if (fits && target !== undefined) saveHeads(target, { ...heads, ...headsOf(verdict) });
    return fits ? 0 : 1;
  },
};

const headsOf = ({ boards }: Verdict): Heads => Object.fromEntries(boards.map(({ board, head }) => [board, head]));

/** Who asks for a board by a name that is not there is not to hear that everything fits. */
function assertThere({ boards }: Verdict, folder: string): void {
  const missing = boards.filter(({ commits, misfit }) => commits === 0 && misfit === null);
  if (missing.length === 0) return;
  throw new CannotDo(`There is no board ${missing.map(({ board }) => board).join(', ')} in the log of ${folder}.`);
}

/** Beside its place first: on a full disk, what was noted before stays. */
function saveHeads(file: string, heads: Heads): void {
  const unfinished = `${file}.unfinished`;
  try {
    writeFileSync(unfinished, `${JSON.stringify(heads, null, 1)}\n`);
    renameSync(unfinished, file);
  } catch (cause) {
    throw new CannotDo(`The heads cannot be saved: ${(cause as Error).message}`, { cause });
  }
}

function readHeads(file: string): Heads {
  try {
    const heads = JSON.parse(readFileSync(file, 'utf8')) as Heads;
    if (typeof heads !== 'object' || heads === null || Array.isArray(heads)) throw new Error('it says no heads');
    for (const [board, head] of Object.entries(heads)) {
      if (!isBoardId(board) || !Number.isSafeInteger(head?.revision) || !/^[0-9a-f]{64}$/.test(head.hash)) {
        throw new Error(`it says no head of ${JSON.stringify(board)}`);
      }
    }
    return heads;
  } catch (cause) {
    throw new CannotDo(`${file} is not what --save-heads wrote: ${(cause as Error).message}`, { cause });
  }
}
