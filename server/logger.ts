import { type Logger as PinoLogger, destination, pino } from 'pino';
import type { LogLevel } from './config.ts';

export type Logger = Pick<PinoLogger, 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'flush'>;

/** JSON lines on standard error: standard output is for the one line that a person reads. */
export const createLogger = (level: LogLevel): Logger =>
  pino({ name: 'retrace', level }, destination({ fd: 2, sync: true }));
