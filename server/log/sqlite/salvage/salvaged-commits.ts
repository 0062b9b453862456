import { isBoardId } from '../../../../shared/ids.ts';
import { chainStart, commitHash } from '../commit-hash.ts';
import { DamagedLog } from '../advice.ts';
import { unpackSealed } from '../sealing/sealed-segments.ts';
import type { SealedOrLive, StoredCommit } from '../stored-commits.ts';
import type { DatabasePages } from './pages.ts';
import { type Row, cellsIn, rowAt } from './rows.ts';

/** Where a row that looks like a commit or a segment lies. Its bytes are read again when they are wanted. */
interface Place {
  readonly page: number;
  readonly cell: number;
  readonly after: number;
  readonly last: number;
}

/** All that looks like a board's name or a commit, by the board's key. */
export class SalvagedCommits {
  readonly #pages: DatabasePages;
  readonly #names = new Map<number, Set<string>>();
  readonly #places = new Map<number, Place[]>();

  constructor(pages: DatabasePages) {
    this.#pages = pages;
    for (let page = 1; page <= pages.count; page++) this.#collect(page);
    for (const places of this.#places.values()) places.sort((a, b) => a.after - b.after);
  }

  /** Of boards of which there is anything, in the order in which they were made. */
  get keys(): number[] {
    return [...new Set([...this.#names.keys(), ...this.#places.keys()])].sort((a, b) => a - b);
  }

  /** More than one where a copy of it is damaged; none where all are. */
  names(key: number): string[] {
    return [...(this.#names.get(key) ?? [])];
  }

  /** The board's commits from its beginning to the first that cannot be read or whose hash does not fit. */
  *stream(key: number, board: string): Generator<StoredCommit> {
    let [head, hash]: [number, Uint8Array] = [0, chainStart];
    for (const place of this.#places.get(key) ?? []) {
      if (place.after !== head) continue;
      const run = fitting(hash, board, this.#commits(place, board));
      yield* run;
      const last = run.at(-1);
      if (last) [head, hash] = [last.last, last.hash];
    }
  }

  /** What looks like commits behind a revision: it cannot follow, as something before it is missing. */
  beyond(key: number, head: number): { readonly commits: number; readonly last: number } {
    const places = (this.#places.get(key) ?? []).filter(({ after, last }) => after >= head && last > after);
    return { commits: places.length, last: places.reduce((last, place) => Math.max(last, place.last), head) };
  }

  #collect(number: number): void {
    const page = this.#pages.read(number);
    if (!page) return;
    for (let cell = 0; cell < cellsIn(page, number); cell++) {
      const row = rowAt(this.#pages, page, number, cell);
      if (!row) continue;
      const named = nameIn(row);
      if (named) this.#names.set(named.key, (this.#names.get(named.key) ?? new Set()).add(named.id));
      const commit = commitIn(row) ?? segmentIn(row);
      if (!commit) continue;
      const places = this.#places.get(commit.key) ?? [];
      places.push({ page: number, cell, after: commit.after, last: commit.last });
      this.#places.set(commit.key, places);
    }
  }

  #commits({ page, cell }: Place, board: string): readonly SealedOrLive[] {
    const bytes = this.#pages.read(page);
    const row = bytes && rowAt(this.#pages, bytes, page, cell);
    const commit = row && commitIn(row);
    if (commit) return [commit];
    const segment = row && segmentIn(row);
    return segment ? sealedIn(segment, board) : [];
  }
}

function sealedIn(segment: SalvagedSegment, board: string): readonly SealedOrLive[] {
  try {
    const commits = unpackSealed(board, segment);
    return commits.map((commit, i) => ({ ...commit, hash: i === commits.length - 1 ? segment.chain : null }));
  } catch (error) {
    if (error instanceof DamagedLog) return [];
    throw error;
  }
}

/** The commits with their hashes, where they go on with the chain; otherwise none. */
function fitting(previous: Uint8Array, board: string, commits: readonly SealedOrLive[]): StoredCommit[] {
  let chain = previous;
  const hashed = commits.map((commit) => ({ ...commit, hash: (chain = commitHash(chain, board, commit)) }));
  const fits = hashed.every(({ hash }, i) => {
    const known = commits[i]?.hash ?? null;
    return known === null || hash.equals(known);
  });
  return fits ? hashed : [];
}

/** A row of `boards`, or of the index of their ids. */
function nameIn({ rowid, values }: Row): { key: number; id: string } | null {
  if (values.length !== 2) return null;
  const [key, id] = rowid === undefined ? [values[1], values[0]] : [rowid, values[1]];
  return typeof key === 'number' && typeof id === 'string' && isBoardId(id) ? { key, id } : null;
}

/** A row of `commits`. */
function commitIn({ rowid, values }: Row): (StoredCommit & { readonly key: number }) | null {
  const [key, after, last, at, hash, bytes] = values;
  if (rowid === undefined || values.length !== 6 || !Buffer.isBuffer(hash) || !Buffer.isBuffer(bytes)) return null;
  if (typeof key !== 'number' || typeof after !== 'number' || typeof last !== 'number' || typeof at !== 'number') {
    return null;
  }
  return { key, after, last, at, hash, bytes };
}

interface SalvagedSegment {
  readonly key: number;
  readonly after: number;
  readonly last: number;
  readonly content: Buffer;
  readonly chain: Buffer;
  readonly packed: Buffer;
}

/** A row of `segments`. */
function segmentIn({ rowid, values }: Row): SalvagedSegment | null {
  const [, key, after, last, , , , , content, chain, packed] = values;
  if (rowid === undefined || values.length !== 11) return null;
  if (!Buffer.isBuffer(content) || !Buffer.isBuffer(chain) || !Buffer.isBuffer(packed)) return null;
  if (typeof key !== 'number' || typeof after !== 'number' || typeof last !== 'number') return null;
  return { key, after, last, content, chain, packed };
}
