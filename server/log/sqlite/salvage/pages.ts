import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { type Wal, readWal } from './wal.ts';

/** What our databases have, where the file no longer says. */
const usualPageSize = 4096;

/** The pages of a database file that SQLite may not open any more, with those of its write-ahead log over them. */
export class DatabasePages {
  readonly pageSize: number;
  readonly count: number;
  /** Of them, how many the disk does not give. */
  unreadable = 0;
  readonly #file: number;
  readonly #wal: Wal | null;

  /** @throws Error of the system where there is no such file */
  constructor(file: string) {
    this.#file = openSync(file, 'r');
    this.#wal = existsSync(`${file}-wal`) ? readWal(readFileSync(`${file}-wal`)) : null;
    this.pageSize = this.#wal?.pageSize ?? this.#statedPageSize();
    const inFile = Math.ceil(fstatSync(this.#file).size / this.pageSize);
    this.count = Math.max(inFile, ...(this.#wal?.pages.keys() ?? []));
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

  #statedPageSize(): number {
    const header = Buffer.alloc(100);
    try {
      readSync(this.#file, header, 0, 100, 0);
    } catch {
      return usualPageSize;
    }
    const stated = header.readUInt16BE(16);
    const isPossible = header.toString('latin1', 0, 15) === 'SQLite format 3' && stated >= 512;
    return isPossible && (stated & (stated - 1)) === 0 ? stated : usualPageSize;
  }
}
