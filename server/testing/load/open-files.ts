import { readFileSync } from 'node:fs';

/** As many files as a process may have open here. Linux. */
export const openFiles = (): number =>
  Number(/Max open files\s+(\d+)/.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1] ?? 1024);
