import { type Board, emptyBoard } from '../../shared/board.ts';
import type { BoardId, Revision } from '../../shared/ids.ts';
import { packingSnapshot } from '../../shared/wire/board-codec.ts';
import type { BoardHost } from '../board-host.ts';
import { foldingLog } from '../fold-log.ts';
import { type EventLog, LogUnavailable } from '../log/event-log.ts';
import type { Moment } from '../past.ts';
import { eventDigest } from './event-digest.ts';
import { GivenUp, type Haste, inSlices, type Slicing } from './in-slices.ts';
import type { Milestone, MilestoneStore } from './milestone-store.ts';
import { boardOf } from './stored-board.ts';

/** Events between two milestones, to begin with: folding half as many takes some 50 ms. */
export const SPACING = 32_768;
/** A board with more than this many has twice the spacing: what is kept stays a few times what the board takes itself. */
const MOST = 32;

/** Boards that may wait to be kept; more are met again. */
const MOST_KEEPS = 2 * MOST;

export interface MilestonesOptions extends Slicing {
  readonly log: EventLog;
  readonly store: MilestoneStore;
  /** Told when milestones begin to fail. The past is none the worse for it, and comes later. */
  readonly failed: (error: unknown) => void;
  /** Events between two, to begin with, if not the usual. */
  readonly spacing?: number;
}

/**
 * Snapshots along the past of long boards, from which any moment of it is not far: a projection that anybody may delete
 * at any time. They are made while nobody waits for them: as a board grows, and of what it has behind it when it is
 * opened. Rule J12 of SPEC.md.
 */
export class Milestones {
  /** Events between two, to begin with. */
  readonly spacing: number;
  readonly #options: MilestonesOptions;
  #turn: Promise<void> = Promise.resolve();
  readonly #hurries = new Set<Promise<unknown>>();
  /** Boards that wait to be kept. */
  #keeps = 0;
  #failing = false;
  #closed = false;
  #letGo = (): void => {};
  readonly #gone = new Promise<void>((resolve) => (this.#letGo = resolve));

  constructor(options: MilestonesOptions) {
    this.#options = options;
    this.spacing = options.spacing ?? SPACING;
  }

  /** The last one at or before a moment and after a revision; null where there is none. @throws LogUnavailable */
  async before(id: BoardId, moment: Moment, after: Revision): Promise<Board | null> {
    const { store } = this.#options;
    try {
      const all = (await store.list(id)).filter((one) => one.revision > after && isBy(one, moment));
      for (const milestone of all.toReversed()) {
        const board = await this.#load(id, milestone);
        if (board) return board;
        await store.remove(id, milestone);
      }
    } catch (error) {
      if (error instanceof LogUnavailable) throw error;
      this.#report(error);
    }
    return null;
  }

  /** From now on keeps the board as it grows; what it has behind it is filled in. */
  follow(host: BoardHost): void {
    const { id } = host;
    host.published$.subscribe({
      next: ({ after, board }) => {
        const isPassed = Math.floor(board.revision / this.spacing) > Math.floor(after / this.spacing);
        if (isPassed) this.keep(id, board);
      },
      error: () => {},
    });
    void this.fill(id, host.board.revision);
  }

  /** Keeps a board that was met on the way, where none is kept near it. Nobody waits for it. */
  keep(id: BoardId, board: Board): void {
    // Each holds a board in memory until its turn.
    if (this.#keeps >= MOST_KEEPS) return;
    this.#keeps++;
    void this.#inTurn(() => this.#keep(id, board)).then(() => this.#keeps--);
  }

  /** Does what somebody waits for. Until it is done nothing is filled in: both would unpack the log, at two places by turns. */
  async hurry<T>(work: () => Promise<T>): Promise<T> {
    const hurry = work();
    this.#hurries.add(hurry);
    try {
      return await hurry;
    } finally {
      this.#hurries.delete(hurry);
    }
  }

  /** Makes those that are missing behind the last one of a board. Resolves when it is done, or given up. */
  fill(id: BoardId, present: Revision): Promise<void> {
    if (present < 2 * this.spacing) return Promise.resolve();
    return this.#inTurn(async () => {
      const spacing = this.#spacingOf(present);
      const last = await this.#last(id);
      if (present - (last?.revision ?? 0) < 2 * spacing) return;
      await this.#calm();
      const from = (last && (await this.#load(id, last))) ?? emptyBoard;
      let kept = from.revision;
      for await (const { board } of foldingLog(this.#options.log, id, from, this.#options, this.#haste)) {
        if (board.revision >= present) return;
        if (board.revision - kept >= spacing) {
          kept = board.revision;
          await this.#keep(id, board);
        }
        await this.#calm();
      }
    });
  }

  /** Until nobody waits for anything, or all is given up. */
  async #calm(): Promise<void> {
    while (this.#hurries.size > 0 && !this.#closed) await Promise.race([Promise.allSettled(this.#hurries), this.#gone]);
  }

  /** What is being made is given up. */
  close(): Promise<void> {
    this.#closed = true;
    this.#letGo();
    return this.#turn;
  }

  readonly #haste = (): Haste => (this.#closed ? 'give up' : 'idle');

  #spacingOf(revision: Revision): number {
    let { spacing } = this;
    while (revision > spacing * MOST) spacing *= 2;
    return spacing;
  }

  /** The last one that is of this log and version; those behind it that are not keep no place. */
  async #last(id: BoardId): Promise<Milestone | null> {
    const { log, store } = this.#options;
    for (const milestone of (await store.list(id)).toReversed()) {
      if ((await store.load(id, milestone))?.epoch === log.epoch) return milestone;
      await store.remove(id, milestone);
    }
    return null;
  }

  async #load(id: BoardId, milestone: Milestone): Promise<Board | null> {
    const { log, store } = this.#options;
    const snapshot = await store.load(id, milestone);
    const board = snapshot && (await boardOf(id, snapshot, log, this.#options));
    return board && board.revision === milestone.revision && board.at === milestone.at ? board : null;
  }

  async #keep(id: BoardId, board: Board): Promise<void> {
    const { log, store } = this.#options;
    const { revision, at } = board;
    // A version that knows more of the log must not begin with what this one makes of it.
    if (board.unknownEvents > 0 || revision < this.spacing) return;
    const all = await store.list(id);
    const spacing = this.#spacingOf(Math.max(revision, all.at(-1)?.revision ?? 0));
    if (all.some((one) => Math.abs(one.revision - revision) < spacing / 2)) return;
    const frames = await inSlices(packingSnapshot(board), this.#options, this.#haste);
    const event = await eventDigest(log, id, revision);
    if (event === null) throw new Error(`Board ${id}: the log has no revision ${revision}.`);
    await store.save(id, { revision, at }, { epoch: log.epoch, revision, event, frames });
    await this.#thin(id, all, spacing);
    this.#failing = false;
  }

  /** Lets go of those that are nearer to the one before than they have to be by now. */
  async #thin(id: BoardId, all: readonly Milestone[], spacing: number): Promise<void> {
    let kept = 0;
    for (const milestone of all) {
      if (milestone.revision - kept < spacing / 2) await this.#options.store.remove(id, milestone);
      else kept = milestone.revision;
    }
  }

  /** One thing at a time. Never fails. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(async () => {
      try {
        if (!this.#closed) await work();
      } catch (error) {
        this.#report(error);
      }
    });
    return this.#turn;
  }

  /** Says it once, however often it goes the same way. */
  #report(error: unknown): void {
    if (error instanceof GivenUp) return;
    if (!this.#failing) this.#options.failed(error);
    this.#failing = true;
  }
}

const isBy = ({ revision, at }: Milestone, moment: Moment): boolean =>
  'revision' in moment ? revision <= moment.revision : at <= moment.time;
