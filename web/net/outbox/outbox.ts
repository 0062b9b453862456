import { BehaviorSubject, distinctUntilChanged, type Observable } from 'rxjs';
import type { NumberedCommand } from '../../../shared/command.ts';
import type { BoardId, ClientId } from '../../../shared/ids.ts';
import { EVERYTHING, type OutboxStore } from './outbox-store.ts';

/** Longest that a command waits for others to be written with it, in ms. What is settled sooner is never written. */
const GATHER = 50;
/** Longest that a settled command stays in the store, in ms: nobody is waiting for it to go. */
const TIDY_AFTER = 1000;
/** Between two tries to write to a store that refuses, in ms. */
const RETRY_AFTER = 5000;

/** Where an outbox goes on: what the store has of its client, and what of that is still to be sent. */
export interface Kept {
  /** False: the store could not be read, so it may well refuse to be written too. */
  readonly readable: boolean;
  readonly stored: readonly NumberedCommand[];
  readonly pending: readonly NumberedCommand[];
}

/**
 * What of a stored outbox is still to be sent, numbered without a hole from the command after `settled`.
 * A hole means that a command was never stored: what came after it was never sent, so another number does no harm.
 */
export const pendingOf = (stored: readonly NumberedCommand[], settled: number): readonly NumberedCommand[] =>
  stored
    .filter(({ number }) => number > settled)
    .map(({ number, command }, i) => ({ number: Math.min(number, settled + 1 + i), command }));

/**
 * One replica's outbox: keeps its commands in the store until they are settled. A store that refuses loses nothing
 * while the page lives: the commands stay here, and are written when it takes them again.
 */
export class Outbox {
  readonly #store: OutboxStore;
  readonly #board: BoardId;
  readonly #client: ClientId;
  readonly #stored$: BehaviorSubject<boolean>;
  /** Not in the store yet, in order. */
  #unwritten: NumberedCommand[];
  /** What the store has is not what it should have: everything in it goes with the next write. */
  #renumbered: boolean;
  /** The highest number in the store. */
  #highest: number;
  /** Commands up to this number are done with, */
  #settled = 0;
  /** and up to this one they are out of the store. */
  #dropped = 0;
  #writing: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #due = Infinity;
  #closed = false;

  constructor(store: OutboxStore, board: BoardId, client: ClientId, { readable, stored, pending }: Kept) {
    this.#store = store;
    this.#board = board;
    this.#client = client;
    this.#stored$ = new BehaviorSubject(readable);
    this.#renumbered = pending.some(({ number }) => !stored.some((other) => other.number === number));
    this.#unwritten = this.#renumbered ? [...pending] : [];
    this.#highest = stored.at(-1)?.number ?? 0;
    if (stored.length > pending.length) this.settle((pending[0]?.number ?? this.#highest + 1) - 1);
    if (this.#renumbered) this.#writeWithin(GATHER);
  }

  /** False: the browser refuses to keep what is drawn, and closing the page would lose what waits. */
  get stored(): boolean {
    return this.#stored$.value;
  }

  get stored$(): Observable<boolean> {
    return this.#stored$.pipe(distinctUntilChanged());
  }

  /** A command with the number of the last one takes its place. */
  add(command: NumberedCommand): void {
    if (this.#unwritten.at(-1)?.number === command.number) this.#unwritten.pop();
    this.#unwritten.push(command);
    this.#writeWithin(GATHER);
  }

  settle(through: number): void {
    if (through <= this.#settled) return;
    this.#settled = through;
    const first = this.#unwritten[0];
    if (first && first.number <= through) this.#unwritten = this.#unwritten.filter(({ number }) => number > through);
    if (this.#isDue()) this.#writeWithin(TIDY_AFTER);
  }

  /** Writes what is not written, now. Resolves also where the store refuses. */
  async flush(): Promise<void> {
    // What is being written at this moment may lack the latest: another round has it.
    await this.#writing;
    await this.#write();
  }

  /** Writes what is not written. Nothing may be added after that. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.flush();
    this.#cancel();
    this.#stored$.complete();
  }

  #isDue(): boolean {
    return this.#unwritten.length > 0 || this.#renumbered || this.#dropped < Math.min(this.#settled, this.#highest);
  }

  #writeWithin(ms: number): void {
    const wait = this.stored ? ms : RETRY_AFTER;
    const due = Date.now() + wait;
    if (this.#closed || due >= this.#due) return;
    this.#cancel();
    this.#due = due;
    this.#timer = setTimeout(() => void this.#write(), wait);
  }

  #cancel(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#due = Infinity;
  }

  /** One transaction at a time, so that numbers reach the store in order and without a hole. */
  #write(): Promise<void> {
    this.#cancel();
    this.#writing ??= this.#writeOnce().then((written) => {
      this.#writing = null;
      this.#stored$.next(written);
      if (this.#isDue()) this.#writeWithin(this.#unwritten.length > 0 ? GATHER : TIDY_AFTER);
    });
    return this.#writing;
  }

  /** False where the store refused. */
  async #writeOnce(): Promise<boolean> {
    if (!this.#isDue()) return this.stored;
    const put = this.#unwritten.slice();
    const settled = this.#settled;
    const last = put.at(-1)?.number ?? 0;
    try {
      await this.#store.write(this.#board, this.#client, { drop: this.#renumbered ? EVERYTHING : settled, put });
    } catch {
      return false;
    }
    // By identity: what took the place of a command meanwhile is not written yet.
    const written = new Set(put);
    this.#unwritten = this.#unwritten.filter((command) => !written.has(command));
    this.#highest = this.#renumbered ? last : Math.max(this.#highest, last);
    this.#dropped = settled;
    this.#renumbered = false;
    return true;
  }
}
