import { statSync } from 'node:fs';

/**
 * Whether the files of an open database are still the ones that stand under their names. One that was removed, or moved
 * away with its folder, goes on taking what is written; where SQLite has a rollback journal it looks for that itself
 * (SQLITE_READONLY_DBMOVED), but not where it has a WAL.
 */
export class Place {
  readonly #file: string;
  readonly #known = new Map<string, bigint>();

  constructor(file: string) {
    this.#file = file;
  }

  /** Why nothing may be written just now, in words; null where it may. The first call says which files are meant. */
  fault(): string | null {
    for (const file of [this.#file, `${this.#file}-wal`]) {
      const known = this.#known.get(file);
      const found = statSync(file, { bigint: true, throwIfNoEntry: false })?.ino;
      if (found !== undefined && known === undefined) this.#known.set(file, found);
      else if (found !== known) return found === undefined ? gone(file) : replaced(file);
    }
    return null;
  }
}

const gone = (file: string): string => `${file} is no longer there: put it back, or start the server again`;
const replaced = (file: string): string => `another file is in the place of ${file}: start the server again`;
