import type { Subscription } from 'rxjs';
import type { Revision } from '../../shared/ids.ts';
import { packingSnapshot } from '../../shared/wire/board-codec.ts';
import type { BoardHost } from '../board-host.ts';
import { inSlices } from './in-slices.ts';
import type { PackedSnapshot } from './snapshot-store.ts';
import type { Snapshots } from './snapshots.ts';

/** A new snapshot is due after so many bytes of commits: some two thousand events, … */
const MIN_TAIL = 32 * 1024;
/** … and this share of the last one: who joins gets no more than that on top, and packing stays a small part of all work. */
const TAIL_SHARE = 1 / 8;
/** A board that is closed is not kept again for a tail of this part of that. */
const LITTLE = 1 / 8;

/**
 * The snapshots of one open board: the last one for whoever joins, and the next one when enough was drawn since. Rules
 * J5 to J8 of SPEC.md.
 */
export class BoardSnapshots {
  readonly #host: BoardHost;
  readonly #all: Snapshots;
  readonly #published: Subscription;
  #latest: PackedSnapshot | null;
  #taking: Promise<PackedSnapshot> | null = null;
  #closing: Promise<void> | null = null;
  #awaited = false;
  #isQueued = false;
  // Places in the stream, in bytes of commits since the snapshot that the board was opened with.
  #end: number;
  #latestAt = 0;
  #keptAt = 0;
  #triedAt = 0;
  /** The tail, in bytes, after which the next one is due. */
  #due: number;
  /** The revision that is in the store. */
  #checkpoint: Revision;

  constructor(host: BoardHost, all: Snapshots, stored: PackedSnapshot | null, tail: number) {
    this.#host = host;
    this.#all = all;
    this.#latest = stored;
    this.#due = dueAfter(stored);
    this.#checkpoint = stored?.revision ?? 0;
    this.#end = tail;
    this.#published = host.published$.subscribe({
      next: ({ packed }) => this.#grow(packed.length),
      error: () => this.#all.forget(this),
    });
    this.#grow(0);
  }

  /** The revision up to which the board is in the store. */
  get checkpoint(): Revision {
    return this.#checkpoint;
  }

  /** For who joins: what came since is in the log, and not much. */
  current(): Promise<PackedSnapshot> {
    if (this.#latest) return Promise.resolve(this.#latest);
    this.#awaited = true;
    return this.#take();
  }

  /** Ends it, and keeps the board as it is if what is kept is behind by more than a little. */
  close(): Promise<void> {
    this.#published.unsubscribe();
    this.#closing ??= this.#all.inTurn(async () => {
      try {
        const little = this.#due * LITTLE;
        if (this.#end - this.#keptAt <= little) return;
        if (!this.#latest || this.#end - this.#latestAt > little) await this.#take();
        await this.#keep();
      } finally {
        this.#all.forget(this);
      }
    });
    return this.#closing;
  }

  #grow(bytes: number): void {
    this.#end += bytes;
    if (this.#isQueued || this.#end - this.#triedAt < this.#due) return;
    this.#isQueued = true;
    void this.#all.inTurn(async () => {
      this.#isQueued = false;
      if (this.#closing) return;
      this.#triedAt = this.#end;
      if (!this.#latest || this.#end - this.#latestAt >= this.#due) await this.#take();
      await this.#keep();
    });
  }

  /** A snapshot of the board as it is now; the one that is being taken, where one is. */
  #take(): Promise<PackedSnapshot> {
    this.#taking ??= this.#pack().finally(() => {
      this.#taking = null;
      this.#awaited = false;
    });
    return this.#taking;
  }

  async #pack(): Promise<PackedSnapshot> {
    const { board } = this.#host;
    const end = this.#end;
    const frames = await inSlices(packingSnapshot(board), this.#all.options, () => {
      if (this.#awaited) return 'urgent';
      if (!this.#all.stopping) return 'idle';
      return this.#all.late ? 'give up' : 'urgent';
    });
    this.#latest = { revision: board.revision, frames };
    this.#latestAt = end;
    this.#due = dueAfter(this.#latest);
    return this.#latest;
  }

  async #keep(): Promise<void> {
    const latest = this.#latest;
    const end = this.#latestAt;
    // A version that knows more of the log must not begin with what this one makes of it.
    if (this.#host.board.unknownEvents > 0) return;
    if (!latest || latest.revision <= this.#checkpoint || this.#all.late) return;
    await this.#all.save(this.#host, latest);
    this.#checkpoint = latest.revision;
    this.#keptAt = end;
  }
}

function dueAfter(snapshot: PackedSnapshot | null): number {
  const size = snapshot?.frames.reduce((sum, frame) => sum + frame.length, 0) ?? 0;
  return Math.max(MIN_TAIL, size * TAIL_SHARE);
}
