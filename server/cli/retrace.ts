// `npm run retrace -- COMMAND …`: what is done with a log besides serving it.

import { CannotOpenLog } from '../log/cannot-open-log.ts';
import { CannotDo, type Command, type Surroundings, UsageError } from './command.ts';
import { backup } from './commands/backup.ts';
import { recover } from './commands/recover.ts';
import { verify } from './commands/verify.ts';

const commands: readonly Command[] = [verify, backup, recover];

const usage = `retrace COMMAND …

${commands.map(({ name, takes, about }) => `  ${`${name} ${takes}`.padEnd(18)} ${about}`).join('\n')}

\`retrace COMMAND --help\` says more.`;

/** Runs one command and returns the exit code. */
export async function retrace(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const [name = '--help', ...rest] = args;
  if (name === '--help') {
    surroundings.say(usage);
    return args.length === 0 ? 2 : 0;
  }
  const command = commands.find((known) => known.name === name);
  if (!command) {
    surroundings.warn(`There is no command ${name}.\n\n${usage}`);
    return 2;
  }
  const help = `retrace ${command.name} ${command.takes}\n\n${command.help}`;
  if (rest.includes('--help')) {
    surroundings.say(help);
    return 0;
  }
  try {
    return await command.run(rest, surroundings);
  } catch (error) {
    const { message, code = '' } = error as NodeJS.ErrnoException;
    if (error instanceof UsageError || String(code).startsWith('ERR_PARSE_ARGS')) {
      surroundings.warn(`${message}\n\n${help}`);
    } else if (error instanceof CannotOpenLog || error instanceof CannotDo) surroundings.warn(message);
    // A full disk, no permission: what the system says is what can be done something about.
    else if ((error as NodeJS.ErrnoException).syscall !== undefined)
      surroundings.warn(`It cannot be done: ${message}.`);
    else throw error;
    return 2;
  }
}
