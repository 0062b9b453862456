import type { BoardId, Epoch, Revision } from '../../shared/ids.ts';
import { type EventLog, LogUnavailable, type PackedCommit, WrongRevision } from './event-log.ts';
import { endOf } from './packed-commit.ts';
import { Watchers } from './watchers.ts';

/** A log that ends with the process: for tests and trials. Several hosts may share one. */
export function memoryLog(epoch = crypto.randomUUID().slice(0, 23)): EventLog {
  return new MemoryLog(epoch as Epoch);
}

class MemoryLog implements EventLog {
  readonly epoch: Epoch;
  readonly #streams = new Map<BoardId, PackedCommit[]>();
  readonly #watchers = new Watchers();
  #open = true;

  constructor(epoch: Epoch) {
    this.epoch = epoch;
  }

  async append(board: BoardId, expected: Revision, commits: readonly PackedCommit[]): Promise<void> {
    this.#assertOpen();
    const end = endOf(expected, commits);
    const stream = this.#streams.get(board) ?? [];
    const actual = headOf(stream);
    if (actual !== expected) throw new WrongRevision(board, expected, actual);
    if (commits.length === 0) return;
    stream.push(...commits.map(copy));
    this.#streams.set(board, stream);
    // As with a disk, others run before the append is known to have happened.
    await Promise.resolve();
    this.#watchers.tell(board, end);
  }

  async read(board: BoardId, after: Revision, maxBytes: number): Promise<readonly PackedCommit[]> {
    this.#assertOpen();
    const stream = this.#streams.get(board) ?? [];
    const page: PackedCommit[] = [];
    let bytes = 0;
    for (const commit of stream.slice(firstPast(stream, after))) {
      bytes += commit.bytes.length;
      if (bytes > maxBytes && page.length > 0) break;
      page.push(copy(commit));
    }
    return page;
  }

  async head(board: BoardId): Promise<Revision> {
    this.#assertOpen();
    return headOf(this.#streams.get(board) ?? []);
  }

  watch(board: BoardId, appended: (head: Revision) => void): () => void {
    this.#assertOpen();
    return this.#watchers.watch(board, appended);
  }

  async close(): Promise<void> {
    this.#open = false;
  }

  #assertOpen(): void {
    if (!this.#open) throw new LogUnavailable('The log is closed.');
  }
}

const headOf = (stream: readonly PackedCommit[]): Revision => stream.at(-1)?.last ?? 0;

const copy = ({ after, last, at, bytes }: PackedCommit): PackedCommit => ({
  after,
  last,
  at,
  bytes: new Uint8Array(bytes),
});

/** The index of the first commit whose last revision is greater than `after`. */
function firstPast(stream: readonly PackedCommit[], after: Revision): number {
  let low = 0;
  let high = stream.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((stream[middle]?.last ?? 0) > after) high = middle;
    else low = middle + 1;
  }
  return low;
}
