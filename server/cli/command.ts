import { settings } from '../config.ts';

/** One of `retrace`'s: a file in commands/ and a line in retrace.ts. */
export interface Command {
  readonly name: string;
  /** What follows the name: `FILE [--json]`. */
  readonly takes: string;
  readonly about: string;
  /** What its arguments and exit codes are, for `--help`. */
  readonly help: string;
  /** The exit code: 0, it is done; 1, it found what should not be. @throws UsageError, CannotOpenLog, CannotDo */
  run(args: readonly string[], surroundings: Surroundings): Promise<number> | number;
}

export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** A line on standard output. */
  say(text: string): void;
  /** A line on standard error. */
  warn(text: string): void;
}

/** The arguments make no sense: exit code 2, with the usage. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Something in the way that the message explains: exit code 2. */
export class CannotDo extends Error {
  override readonly name = 'CannotDo';
}

export const dataOption = { data: { type: 'string' } } as const;
export const dataHelp = '  --data FOLDER   where the log lies (RETRACE_DATA, otherwise ./data)';

export function dataFolder(given: string | undefined, { environment }: Surroundings): string {
  const { variable, fallback } = settings.dataFolder;
  return given ?? (environment[variable]?.trim() || fallback);
}

/** "1 board", "2 boards" */
export const count = (number: number, thing: string): string =>
  `${number.toLocaleString('en')} ${thing}${number === 1 ? '' : 's'}`;
