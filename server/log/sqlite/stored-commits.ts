import type { Database } from 'better-sqlite3';
import type { PackedCommit } from '../event-log.ts';

export interface StoredCommit extends PackedCommit {
  readonly hash: Uint8Array;
}

/** What one statement reads at most: a reader that takes long keeps the WAL from being emptied. */
const maxRows = 500;
const maxBytes = 1024 * 1024;

/** A board's commits as they lie there, in the order of `after`, whether they follow one another or not. */
export function* storedCommits(database: Database, board: string): Generator<StoredCommit> {
  const from = database.prepare<[string, number, number], StoredCommit>(
    `SELECT after, last, at, hash, bytes FROM commits
     WHERE board = (SELECT key FROM boards WHERE id = ?) AND after >= ? ORDER BY after LIMIT ?`,
  );
  for (let after = 0; ;) {
    const page: StoredCommit[] = [];
    let size = 0;
    for (const commit of from.iterate(board, after, maxRows)) {
      page.push(commit);
      size += commit.bytes.length;
      if (size >= maxBytes) break;
    }
    yield* page;
    const last = page.at(-1);
    if (!last) return;
    after = last.after + 1;
  }
}
