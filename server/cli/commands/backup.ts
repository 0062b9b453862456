import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { backUpImages } from '../../images/back-up-images.ts';
import { backUpLog } from '../../log/back-up-log.ts';
import { type Command, UsageError, dataFolder, dataHelp, dataOption } from '../command.ts';
import { doesFit, imagesInWords, verdictInWords } from '../verdict.ts';

export const backup: Command = {
  name: 'backup',
  takes: 'FILE',
  about: 'copies the log to a new file, while the server is running',
  help: `Copies the log as it is at this moment to FILE, which must not be there yet, and verifies the copy. Nobody who draws
is kept waiting. Images go to the folder FILE-images beside it, where there are any.

To restore it: stop the server, move retrace.db, retrace.db-wal and retrace.db-shm out of the data folder, copy FILE to
retrace.db there and what is in FILE-images to images, start the server. Browsers notice that it is another log, load their boards again, and offer again what
they have kept and it does not know.

${dataHelp}

Exit code: 0 the copy is there and fits, 1 it does not fit (nor does the log, most likely), 2 there is none.`,
  async run(args, surroundings) {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: dataOption });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new UsageError('Give one file to write to.');
    const folder = dataFolder(values.data, surroundings);
    const verdict = await backUpLog(folder, file);
    for (const line of verdictInWords(verdict)) surroundings.say(line);
    surroundings.say(`${file}: ${(statSync(file).size / 1e6).toFixed(1)} MB.`);
    // After the log: what its copy names was sent before.
    const images = await backUpImages(folder, `${file}-images`);
    for (const line of imagesInWords(images)) surroundings.say(line);
    return doesFit(verdict) && images.damaged.length === 0 ? 0 : 1;
  },
};
