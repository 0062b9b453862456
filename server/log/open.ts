import { CannotOpenLog } from './cannot-open-log.ts';
import type { EventLog } from './event-log.ts';
import { memoryLog } from './memory.ts';
import { openSqliteLog, type SqliteOptions } from './sqlite.ts';

export type LogOptions = SqliteOptions;

/** The logs there are: each by the scheme of its address. */
const logs: Readonly<Record<string, (rest: string, options: LogOptions) => EventLog | Promise<EventLog>>> = {
  'sqlite:': (rest, options) => takesNothing('sqlite:', rest) ?? openSqliteLog(options),
  'memory:': (rest) => takesNothing('memory:', rest) ?? memoryLog(),
};

/** Opens the log of an address such as `sqlite:`. @throws CannotOpenLog with a message for the person who starts it */
export async function openLog(address: string, options: LogOptions): Promise<EventLog> {
  const scheme = address.slice(0, address.indexOf(':') + 1);
  const open = Object.hasOwn(logs, scheme) ? logs[scheme] : undefined;
  if (!open) {
    throw new CannotOpenLog(`There is no log "${address}". There is: ${Object.keys(logs).join(', ')}.`);
  }
  return open(address.slice(scheme.length), options);
}

function takesNothing(scheme: string, rest: string): null {
  if (rest === '') return null;
  throw new CannotOpenLog(
    `"${scheme}" takes nothing behind it, and got "${rest}". The data folder is a setting of its own.`,
  );
}
