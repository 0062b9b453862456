import type { Revision } from '../shared/ids.ts';
import type { BoardHost } from './board-host.ts';
import type { EventLog, PackedCommit } from './log/event-log.ts';
import type { Published } from './published.ts';
import type { Reader } from './readers.ts';

/** Where a subscription's commits go: one socket. */
export interface Sink {
  /** False: it has taken this, and wants no more before `ready`. */
  live(published: Published): boolean;
  replay(commits: readonly PackedCommit[]): void;
  /** Resolves when it can take more, at once if it can now; never once it is closed. */
  ready(): Promise<void>;
  writable(writable: boolean): void;
  failed(error: unknown): void;
  ended(): void;
}

/** Bytes read from the log at a time for one reader: the most that catching up holds in memory. */
const PAGE_BYTES = 256 * 1024;

/**
 * A reader of one board: catches up from the log, then is live; when its sink is full it falls back to the log. So it
 * needs no buffer: its checkpoint is all it remembers. Rules S7 to S9 of SPEC.md.
 */
export class Subscription implements Reader {
  readonly #host: BoardHost;
  readonly #log: EventLog;
  readonly #sink: Sink;
  #checkpoint: Revision;
  #live = false;
  #stopped = false;

  constructor(host: BoardHost, log: EventLog, after: Revision, sink: Sink) {
    this.#host = host;
    this.#log = log;
    this.#sink = sink;
    this.#checkpoint = after;
    host.readers.add(this);
    void this.#catchUp();
  }

  get checkpoint(): Revision {
    return this.#checkpoint;
  }

  stop(): void {
    this.#stopped = true;
    this.#host.readers.remove(this);
  }

  writable(writable: boolean): void {
    this.#sink.writable(writable);
  }

  failed(error: unknown): void {
    if (this.#stopped) return;
    this.stop();
    this.#sink.failed(error);
  }

  ended(): void {
    if (this.#stopped) return;
    this.stop();
    this.#sink.ended();
  }

  published(published: Published): void {
    if (!this.#live || published.last <= this.#checkpoint) return;
    if (published.after === this.#checkpoint) {
      this.#checkpoint = published.last;
      if (this.#sink.live(published)) return;
    }
    void this.#catchUp();
  }

  /** Reads until it is where the host is. The last look at the host and going live happen in one tick: no gap. */
  async #catchUp(): Promise<void> {
    this.#live = false;
    try {
      for (;;) {
        await this.#sink.ready();
        if (this.#stopped) return;
        if (this.#checkpoint >= this.#host.board.revision) break;
        const commits = await this.#log.read(this.#host.id, this.#checkpoint, PAGE_BYTES);
        if (this.#stopped) return;
        const last = commits.at(-1);
        if (!last) throw new Error(`Board ${this.#host.id}: nothing after revision ${this.#checkpoint} in the log.`);
        this.#checkpoint = last.last;
        this.#sink.replay(commits);
      }
      this.#live = true;
    } catch (error) {
      this.failed(error);
    }
  }
}
