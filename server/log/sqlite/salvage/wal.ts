/** A page's latest image in the write-ahead log: where it begins there. */
export type WalPages = ReadonlyMap<number, number>;

const headerBytes = 32;
const frameHeaderBytes = 24;

export interface Wal {
  readonly bytes: Buffer;
  readonly pageSize: number;
  readonly pages: WalPages;
  /** Of the database after its last transaction, in pages; null where it has none. */
  readonly size: number | null;
}

/**
 * The pages of a write-ahead log up to the last transaction that is whole, as SQLite would take them in
 * (https://www.sqlite.org/fileformat.html#the_write_ahead_log); null where there is none.
 */
export function readWal(bytes: Buffer): Wal | null {
  if (bytes.length < headerBytes) return null;
  const magic = bytes.readUInt32BE(0);
  if (magic >>> 1 !== 0x377f0682 >>> 1) return null;
  const pageSize = bytes.readUInt32BE(8);
  if (pageSize < 512 || pageSize > 65_536 || (pageSize & (pageSize - 1)) !== 0) return null;
  const sums = new Checksum(bytes, (magic & 1) === 1);
  sums.add(0, 24);
  if (!sums.equals(24)) return null;

  const pages = new Map<number, number>();
  let uncommitted: [number, number][] = [];
  let size: number | null = null;
  for (let at = headerBytes; at + frameHeaderBytes + pageSize <= bytes.length; at += frameHeaderBytes + pageSize) {
    sums.add(at, 8);
    sums.add(at + frameHeaderBytes, pageSize);
    // Frames of an earlier round have other salts.
    if (bytes.compare(bytes, 16, 24, at + 8, at + 16) !== 0 || !sums.equals(at + 16)) break;
    uncommitted.push([bytes.readUInt32BE(at), at + frameHeaderBytes]);
    const sizeAfter = bytes.readUInt32BE(at + 4);
    if (sizeAfter === 0) continue;
    size = sizeAfter;
    for (const [page, offset] of uncommitted) pages.set(page, offset);
    uncommitted = [];
  }
  return { bytes, pageSize, pages, size };
}

/** Of the header and all frames up to here. */
class Checksum {
  readonly #bytes: Buffer;
  readonly #bigEndian: boolean;
  #a = 0;
  #b = 0;

  constructor(bytes: Buffer, bigEndian: boolean) {
    this.#bytes = bytes;
    this.#bigEndian = bigEndian;
  }

  add(from: number, length: number): void {
    for (let at = from; at < from + length; at += 8) {
      this.#a = (this.#a + this.#word(at) + this.#b) >>> 0;
      this.#b = (this.#b + this.#word(at + 4) + this.#a) >>> 0;
    }
  }

  equals(at: number): boolean {
    return this.#bytes.readUInt32BE(at) === this.#a && this.#bytes.readUInt32BE(at + 4) === this.#b;
  }

  #word(at: number): number {
    return this.#bigEndian ? this.#bytes.readUInt32BE(at) : this.#bytes.readUInt32LE(at);
  }
}
