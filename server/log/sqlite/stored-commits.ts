import type { Database } from 'better-sqlite3';
import type { PackedCommit } from '../event-log.ts';
import { unpackSealed } from './sealing/sealed-segments.ts';

export interface StoredCommit extends PackedCommit {
  readonly hash: Uint8Array;
}

/** What one statement reads at most: a reader that takes long keeps the WAL from being emptied. */
const maxRows = 500;
const maxBytes = 1024 * 1024;

/** As `StoredCommit`; inside a segment only its last commit has a hash of its own. */
export type SealedOrLive = Omit<StoredCommit, 'hash'> & { readonly hash: Uint8Array | null };

/**
 * A board's commits in the order of `after`, whether they follow one another or not. They may be sealed meanwhile: what
 * is no longer among the live ones is looked for among the sealed.
 * @throws DamagedLog where a segment is not what was sealed
 */
export function* storedCommits(database: Database, board: string): Generator<SealedOrLive> {
  const holding = database.prepare<[string, number], SealedRow>(
    `SELECT after, last, content, chain, packed FROM segments
     WHERE board = (SELECT key FROM boards WHERE id = ?) AND after <= ? ORDER BY after DESC LIMIT 1`,
  );
  const livePage = livePages(database, board);
  // Where the last commit ended, and from where on live ones are looked for: behind its beginning.
  for (let [end, from] = [0, 0]; ;) {
    const page = livePage(from);
    const segment = page[0]?.after === end ? undefined : holding.get(board, end);
    const isSealed = segment !== undefined && segment.last > end;
    const commits = isSealed ? sealedCommits(board, segment, end) : page;
    const last = commits.at(-1);
    if (!last) return;
    yield* commits;
    end = last.last;
    from = isSealed ? end : last.after + 1;
  }
}

interface SealedRow {
  readonly after: number;
  readonly last: number;
  readonly content: Buffer;
  readonly chain: Buffer;
  readonly packed: Buffer;
}

const sealedCommits = (board: string, segment: SealedRow, from: number): SealedOrLive[] =>
  unpackSealed(board, segment)
    .map((commit) => ({ ...commit, hash: commit.last === segment.last ? segment.chain : null }))
    .filter(({ last }) => last > from);

function livePages(database: Database, board: string): (from: number) => StoredCommit[] {
  const rows = database.prepare<[string, number, number], StoredCommit>(
    `SELECT after, last, at, hash, bytes FROM commits
     WHERE board = (SELECT key FROM boards WHERE id = ?) AND after >= ? ORDER BY after LIMIT ?`,
  );
  return (from) => {
    const page: StoredCommit[] = [];
    let size = 0;
    for (const commit of rows.iterate(board, from, maxRows)) {
      page.push(commit);
      size += commit.bytes.length;
      if (size >= maxBytes) break;
    }
    return page;
  };
}
