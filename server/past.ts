import { setImmediate } from 'node:timers/promises';
import { type Board, emptyBoard, fold } from '../shared/board.ts';
import type { BoardId, Millis, Revision } from '../shared/ids.ts';
import { unpackCommits } from '../shared/wire/codec.ts';
import { type Asker, InTurn } from './in-turn.ts';
import type { EventLog } from './log/event-log.ts';
import { type Milestones, SPACING } from './projections/milestones.ts';

/** A place in a board's history: after an event, or at a time. */
export type Moment = { readonly revision: Revision } | { readonly time: Millis };

/** Bytes of the log that are folded before others get their turn. */
const PAGE_BYTES = 64 * 1024;
/** Moments that may wait, each for a fold of all before it; of one address fewer than of all. */
const WAITING = { waiting: 512, each: 64 };
/** Boards kept to start from: whoever asks for one moment asks for the next. A board shares what it has with others. */
const KEPT = 32;

/** Earlier boards, folded from the log on demand. */
export class Past {
  readonly #log: EventLog;
  readonly #turns = new InTurn(WAITING);
  readonly #milestones: Milestones | null;
  /** Events between two boards that are kept on the way to one. */
  readonly #stride: number;
  readonly #kept: { readonly id: BoardId; readonly board: Board }[] = [];

  constructor(log: EventLog, milestones: Milestones | null = null) {
    this.#log = log;
    this.#milestones = milestones;
    this.#stride = milestones?.spacing ?? SPACING;
  }

  /**
   * One board at a time, page by page: whoever draws meanwhile has their turn between two pages. Null where too many wait,
   * or who asked has gone.
   */
  async boardAt(id: BoardId, present: Board, moment: Moment, asker: Asker): Promise<Board | null> {
    if ('revision' in moment ? moment.revision >= present.revision : moment.time >= present.at) return present;
    const fold = (): Promise<Board | null> => this.#fold(id, moment, asker.signal);
    return this.#turns.run(asker, () => this.#milestones?.hurry(fold) ?? fold());
  }

  async #fold(id: BoardId, moment: Moment, signal: AbortSignal): Promise<Board | null> {
    let board = this.#nearest(id, moment);
    // A few events are folded sooner than a milestone is read.
    board = (await this.#milestones?.before(id, moment, board.revision + this.#stride / 4)) ?? board;
    let kept = board.revision;
    for (;;) {
      await setImmediate();
      if (signal.aborted) return null;
      if (board.revision - kept >= this.#stride) {
        kept = this.#keep(id, board).revision;
        this.#milestones?.keep(id, board);
      }
      const packed = await this.#log.read(id, board.revision, PAGE_BYTES);
      if (packed.length === 0) throw new Error(`Board ${id}: nothing after revision ${board.revision} in the log.`);
      const from = board.revision;
      const events = packed
        .flatMap(({ bytes }) => unpackCommits(bytes))
        .flatMap((commit) => commit.events)
        .filter((event) => event.revision > from);
      const end = events.findIndex((event) =>
        'revision' in moment ? event.revision > moment.revision : event.at > moment.time,
      );
      board = fold(board, end < 0 ? events : events.slice(0, end));
      if (end >= 0) return this.#keep(id, board);
    }
  }

  #nearest(id: BoardId, moment: Moment): Board {
    let nearest = emptyBoard;
    for (const { id: of, board } of this.#kept) {
      const before = 'revision' in moment ? board.revision <= moment.revision : board.at <= moment.time;
      if (of === id && before && board.revision > nearest.revision) nearest = board;
    }
    return nearest;
  }

  /** The one that was wanted last is let go last; one moment takes one place. */
  #keep(id: BoardId, board: Board): Board {
    const known = this.#kept.findIndex((kept) => kept.id === id && kept.board.revision === board.revision);
    if (known >= 0) this.#kept.splice(known, 1);
    this.#kept.unshift({ id, board });
    this.#kept.length = Math.min(this.#kept.length, KEPT);
    return board;
  }
}
