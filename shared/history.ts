import { type Board, emptyBoard, fold } from './board.ts';
import type { Commit, RecordedEvent } from './event.ts';
import type { Millis, Revision } from './ids.ts';
import { Keyframes, workOf } from './keyframes.ts';
import { lastRevision } from './record.ts';
import { RevisionGap } from './replica.ts';
import { reveal } from './reveal.ts';
import { Timeline } from './timeline.ts';

/** Revisions after `after`, up to `through`. */
export interface RevisionRange {
  readonly after: Revision;
  readonly through: Revision;
}

/**
 * What is known of a board's past, and the board at any instant of it. Grows at the end, commit by commit, from a board
 * at a revision: the empty one, or a snapshot. Any order of questions gives the same answers; it only remembers boards
 * to answer sooner.
 */
export class History {
  readonly timeline: Timeline;
  readonly #base: Board;
  readonly #commits: Commit[] = [];
  readonly #keyframes: Keyframes;
  /** The board at the last revision that is known. */
  #tip: Board;
  /** The board that was asked for last: the next one is often near. */
  #shown: Board;

  constructor(base: Board = emptyBoard) {
    this.#base = base;
    this.#tip = base;
    this.#shown = base;
    this.#keyframes = new Keyframes(base);
    this.timeline = new Timeline(base.revision);
  }

  /** The last revision that is known. */
  get revision(): Revision {
    return this.#tip.revision;
  }

  /** The board at the last revision that is known. */
  get tip(): Board {
    return this.#tip;
  }

  /** The parts of a range that are not known. */
  missing({ after, through }: RevisionRange): readonly RevisionRange[] {
    const parts = [
      { after, through: Math.min(through, this.#base.revision) },
      { after: Math.max(after, this.revision), through },
    ];
    return parts.filter((part) => part.after < part.through);
  }

  /**
   * Takes commits in order; what is known already is passed over.
   * @throws RevisionGap when one does not follow what is known
   */
  append(commits: readonly Commit[]): void {
    let known = this.revision;
    try {
      for (const commit of commits) {
        if (lastRevision(commit) <= known) continue;
        if (commit.after > known) throw new RevisionGap(known, commit.after);
        const news = commit.after === known ? commit : withoutFirst(commit, known - commit.after);
        this.#commits.push(news);
        this.timeline.add(news);
        known = lastRevision(news);
      }
    } finally {
      this.#advanceTip(known);
    }
  }

  /** The fold of the events up to a revision that is known. [T1] */
  boardAt(revision: Revision): Board {
    if (revision < this.#base.revision || revision > this.revision) {
      throw new RangeError(
        `Revision ${revision} is not in the history from ${this.#base.revision} to ${this.revision}.`,
      );
    }
    const start = this.#nearest(revision);
    if (start.revision < revision) {
      this.#shown = fold(start, this.eventsBetween(start.revision, revision));
    } else {
      this.#shown = start;
    }
    return this.#shown;
  }

  /** The fold of the events made up to an instant. [T2] */
  boardAtTime(at: Millis): Board {
    return this.boardAt(this.timeline.revisionAt(at));
  }

  /** The same, without a thought for what is asked for next: for a look aside. */
  glanceAt(at: Millis): Board {
    const revision = this.timeline.revisionAt(at);
    const start = this.#nearest(revision);
    return start.revision < revision ? fold(start, this.eventsBetween(start.revision, revision)) : start;
  }

  /** The board as the hands were at an instant: see `reveal`. */
  revealedAt(at: Millis): Board {
    const { timeline } = this;
    const ahead = this.#commits.slice(timeline.indexAfter(at), timeline.indexAhead(at));
    return reveal(this.boardAtTime(at), ahead, at);
  }

  /** Events after one revision, up to another. */
  *eventsBetween(after: Revision, through: Revision): Generator<RecordedEvent, void, undefined> {
    for (let i = this.timeline.indexOf(after + 1); i < this.#commits.length; i++) {
      const { events, after: before } = this.#commits[i] as Commit;
      const end = Math.min(events.length, through - before);
      for (let k = Math.max(0, after - before); k < end; k++) yield events[k] as RecordedEvent;
      if (end < events.length) return;
    }
  }

  #nearest(revision: Revision): Board {
    const keyframe = this.#keyframes.before(revision);
    let nearest = keyframe;
    for (const board of [this.#shown, this.#tip]) {
      if (board.revision <= revision && board.revision > nearest.revision) nearest = board;
    }
    return nearest;
  }

  /** Folds what is new, stopping for each keyframe on the way. */
  #advanceTip(through: Revision): void {
    let batch: RecordedEvent[] = [];
    let work = this.#keyframes.workSince;
    const flush = (): void => {
      this.#tip = fold(this.#tip, batch);
      batch = [];
    };
    for (const recorded of this.eventsBetween(this.#tip.revision, through)) {
      batch.push(recorded);
      work += workOf(recorded.event);
      if (work < this.#keyframes.spacing) continue;
      flush();
      this.#keyframes.add(this.#tip);
      work = 0;
    }
    flush();
    this.#keyframes.workSince = work;
  }
}

const withoutFirst = (commit: Commit, count: number): Commit => ({
  ...commit,
  after: commit.after + count,
  events: commit.events.slice(count),
});
