import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { CannotOpenLog } from '../../cannot-open-log.ts';
import { type Wal, readWal } from './wal.ts';

/** What our databases have, where the file no longer says. */
const usualPageSize = 4096;

/** The pages of a database file that SQLite may not open any more, with those of its write-ahead log over them. */
export class DatabasePages {
  readonly pageSize: number;
  readonly count: number;
  /** How many the database says that it has beyond its end: cut off. 0 where it does not say. */
  readonly missing: number;
  /** Of `count`, how many the disk does not give. */
  unreadable = 0;
  readonly #file: number;
  readonly #wal: Wal | null;

  /** @throws CannotOpenLog where it is no file, Error of the system where there is none */
  constructor(file: string) {
    this.#file = openSync(file, 'r');
    const stats = fstatSync(this.#file);
    if (!stats.isFile()) {
      closeSync(this.#file);
      throw new CannotOpenLog(`${file} is not a file.`);
    }
    this.#wal = existsSync(`${file}-wal`) ? readWal(readFileSync(`${file}-wal`)) : null;
    const header = this.#readHeader();
    this.pageSize = this.#wal?.pageSize ?? header?.pageSize ?? usualPageSize;
    let count = Math.ceil(stats.size / this.pageSize);
    for (const number of this.#wal?.pages.keys() ?? []) count = Math.max(count, number);
    this.count = count;
    this.missing = Math.max(0, (this.#wal?.size ?? header?.size ?? 0) - count);
  }

  /** Pages are counted from 1; null where it cannot be read. What is missing at the end of the file is zero. */
  read(number: number): Buffer | null {
    if (!(number >= 1 && number <= this.count)) return null;
    const inWal = this.#wal?.pages.get(number);
    if (this.#wal && inWal !== undefined) return this.#wal.bytes.subarray(inWal, inWal + this.pageSize);
    const page = Buffer.alloc(this.pageSize);
    try {
      readSync(this.#file, page, 0, this.pageSize, (number - 1) * this.pageSize);
      return page;
    } catch {
      this.unreadable++;
      return null;
    }
  }

  close(): void {
    closeSync(this.#file);
  }

  /** What the file's beginning says, if it is one of a database; sizes in bytes and in pages. */
  #readHeader(): { readonly pageSize: number; readonly size: number } | null {
    const header = Buffer.alloc(100);
    try {
      readSync(this.#file, header, 0, 100, 0);
    } catch {
      return null;
    }
    const pageSize = header.readUInt16BE(16);
    const isPossible = header.toString('latin1', 0, 15) === 'SQLite format 3' && pageSize >= 512;
    if (!isPossible || (pageSize & (pageSize - 1)) !== 0) return null;
    // The size counts where it is as old as the last change.
    const isValid = header.readUInt32BE(24) === header.readUInt32BE(92);
    return { pageSize, size: isValid ? header.readUInt32BE(28) : 0 };
  }
}
