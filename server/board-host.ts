import { Subject, type Subscription } from 'rxjs';
import { type Board, fold } from '../shared/board.ts';
import type { Commit, RecordedEvent } from '../shared/event.ts';
import type { BoardId, ClientId, Millis, Revision } from '../shared/ids.ts';
import { unpackCommits } from '../shared/wire/codec.ts';
import { batchWhileBusy } from './batch-while-busy.ts';
import type { Scheduler } from './scheduler.ts';
import { type EventLog, LogUnavailable, WrongRevision } from './log/event-log.ts';
import { Pacer } from './pacing.ts';
import { type Plan, planOf, settledOn, type Standing, type Submission } from './plan.ts';
import { type Published, published } from './published.ts';
import { Readers } from './readers.ts';
import { TurnLimit } from './turn-limit.ts';

export interface HostOptions {
  readonly now: () => Millis;
  /** Milliseconds that never go back, for measuring. */
  readonly elapsed: () => number;
  readonly scheduler: Scheduler;
  /** Ms to gather after a batch of `commands` that ended at `now` and took `busy` ms of this thread. */
  readonly rest?: (commands: number, busy: number, now: number) => number;
  /** Told of each commit: its events and the ms that the log took. */
  readonly committed?: (events: number, ms: number) => void;
  /** Told when the log takes no events any more, once until it does again. */
  readonly unsaved?: (error: LogUnavailable) => void;
}

/** Commands waiting on one board, past which the board takes no more. */
const MAX_WAITING = 20_000;
/** Between two tries to write to a log that could not, in ms. */
const RETRY_AFTER = 500;

/** The single writer of one board: commands in, commits out. Rules S1 to S6 of SPEC.md. */
export class BoardHost {
  readonly id: BoardId;
  /** What became durable, in order. Ends when the host is closed; fails when the log cannot be read. */
  readonly published$ = new Subject<Published>();
  /** Whether the log takes events just now; each change once. */
  readonly writable$ = new Subject<boolean>();
  /** Those who are told of both. */
  readonly readers = new Readers(this.published$, this.writable$);

  readonly #log: EventLog;
  readonly #options: HostOptions;
  readonly #input$ = new Subject<Submission | typeof LOG_MOVED>();
  readonly #work: Subscription;
  readonly #unwatch: () => void;
  /** Last numbers of commands that came to nothing: the log does not know of them. */
  readonly #skipped = new Map<ClientId, number>();
  readonly #turns = new TurnLimit();
  readonly #rest: (commands: number, busy: number, now: number) => number;
  #board: Board;
  #writable: boolean;
  #waiting = 0;
  #closing = false;
  #finished: () => void = () => {};
  /** Where the stream will end with the append that is under way. */
  #appending: Revision = 0;
  #attempt: Promise<number> = Promise.resolve(0);
  /** The last entry of each client. */
  readonly #entries = new Map<ClientId, symbol>();

  constructor(id: BoardId, board: Board, log: EventLog, options: HostOptions) {
    this.id = id;
    this.#board = board;
    this.#writable = board.unknownEvents === 0;
    this.#log = log;
    this.#options = options;
    const pacer = new Pacer();
    this.#rest = options.rest ?? ((commands, busy, now) => pacer.rest(commands, busy, now));
    this.#work = this.#input$.pipe(batchWhileBusy((batch) => this.#commit(batch), options.scheduler)).subscribe({
      error: (error: unknown) => this.#fail(error),
      complete: () => this.#finished(),
    });
    this.#unwatch = log.watch(id, (head) => {
      if (head > Math.max(this.#board.revision, this.#appending)) this.#input$.next(LOG_MOVED);
    });
  }

  /** The board as far as it is durable. */
  get board(): Board {
    return this.#board;
  }

  get writable(): boolean {
    return this.#writable;
  }

  /** The number of the client's last command that is done with. */
  settledBy(client: ClientId): number {
    return settledOn(this.#board, client, this.#skipped);
  }

  /**
   * A client begins anew: its commands up to `settled` are done with, also those that left no trace in the log, and
   * what it sent before and is not in the log by now is withdrawn, for it will be sent again. Submissions give the
   * returned entry.
   */
  async enter(client: ClientId, settled: number): Promise<symbol> {
    const entry = Symbol(client);
    this.#entries.set(client, entry);
    // What is being appended may be in the log or not: `settledBy` is to know.
    await this.#attempt.catch(() => {});
    if (settled > this.settledBy(client)) this.#skipped.set(client, settled);
    return entry;
  }

  /** The client is gone. What it sent last still goes in, unless it begins anew. */
  leave(client: ClientId, entry: symbol): void {
    if (this.#entries.get(client) === entry) this.#entries.delete(client);
  }

  /** False when too much is waiting: nothing was taken. */
  submit(submission: Submission): boolean {
    if (this.#closing || this.#waiting >= MAX_WAITING) return false;
    this.#waiting++;
    this.#input$.next(submission);
    return true;
  }

  /** Commits what is waiting, then ends. */
  async close(): Promise<void> {
    if (this.#closing) return;
    this.#closing = true;
    this.#unwatch();
    await new Promise<void>((resolve) => {
      this.#finished = resolve;
      this.#input$.complete();
      if (this.#work.closed) resolve();
    });
    this.published$.complete();
  }

  async #commit(batch: readonly (Submission | typeof LOG_MOVED)[]): Promise<{ rest: number }> {
    const submissions = batch.filter((input) => input !== LOG_MOVED);
    if (submissions.length < batch.length) await this.#catchUp();
    let busy = 0;
    for (;;) {
      const began = this.#options.elapsed();
      const plan = planOf(submissions, this.#standing());
      busy += this.#options.elapsed() - began;
      try {
        this.#attempt = this.#carryOut(plan);
        busy += await this.#attempt;
        this.#waiting -= submissions.length;
        return { rest: this.#rest(submissions.length, busy, this.#options.elapsed()) };
      } catch (error) {
        if (error instanceof WrongRevision) await this.#catchUp();
        else if (error instanceof LogUnavailable && !this.#closing) await this.#waitForLog(error);
        else throw error;
      }
    }
  }

  /** Makes a plan durable and tells of it, or throws as the log does. Gives the ms it kept the thread busy. */
  async #carryOut(plan: Plan): Promise<number> {
    const began = this.#options.elapsed();
    if (plan.packed.length > 0) await this.#append(plan);
    const appended = this.#options.elapsed();
    if (plan.packed.length > 0) this.#options.committed?.(plan.events, appended - began);
    this.#conclude(plan);
    return this.#options.elapsed() - appended;
  }

  async #append(plan: Plan): Promise<void> {
    // Whoever does not know all that happened cannot decide what follows: that is for the version that wrote it. [S19]
    if (this.#board.unknownEvents > 0) throw new LogUnavailable(`Board ${this.id} has events of a newer version.`);
    this.#appending = plan.board.revision;
    try {
      await this.#log.append(this.id, this.#board.revision, plan.packed);
    } finally {
      this.#appending = 0;
    }
    this.#setWritable(true);
  }

  /** What a plan is made from. */
  #standing(): Standing {
    return {
      board: this.#board,
      at: Math.max(this.#board.at, this.#options.now()),
      skipped: this.#skipped,
      entries: this.#entries,
      turns: this.#turns.tally(this.#options.elapsed()),
    };
  }

  #conclude(plan: Plan): void {
    const before = this.#board;
    for (const [client, number] of plan.skipped) this.#skipped.set(client, number);
    plan.turns.settle();
    if (plan.commits.length > 0) {
      this.#board = plan.board;
      this.published$.next(published(before, plan.board, plan.commits, plan.packed));
    }
    for (const { submission, outcome } of plan.answers) submission.from.answer(submission.number, outcome);
  }

  /** Takes in what others appended. */
  async #catchUp(): Promise<void> {
    for (;;) {
      const packed = await this.#log.read(this.id, this.#board.revision, CATCH_UP_BYTES);
      if (packed.length === 0) return;
      const before = this.#board;
      const commits = packed.flatMap(({ bytes }) => unpackCommits(bytes));
      this.#board = commits.reduce((board, commit) => fold(board, newEvents(commit, board.revision)), before);
      this.published$.next(published(before, this.#board, commits, packed));
    }
  }

  async #waitForLog(error: LogUnavailable): Promise<void> {
    if (this.#writable) this.#options.unsaved?.(error);
    this.#setWritable(false);
    await new Promise<void>((resolve) => this.#options.scheduler.after(RETRY_AFTER, resolve));
  }

  #setWritable(writable: boolean): void {
    if (writable === this.#writable) return;
    this.#writable = writable;
    this.writable$.next(writable);
  }

  #fail(error: unknown): void {
    this.#closing = true;
    this.#unwatch();
    this.#finished();
    this.published$.error(error);
  }
}

const CATCH_UP_BYTES = 1024 * 1024;

/** Input that asks for nothing but a look at the log. */
const LOG_MOVED = Symbol('the log has moved');

const newEvents = (commit: Commit, revision: Revision): readonly RecordedEvent[] =>
  commit.events.slice(Math.max(0, revision - commit.after));
