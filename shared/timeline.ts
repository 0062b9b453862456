import { Activity } from './activity.ts';
import { type Chapter, Chapters } from './chapters.ts';
import { countUpToNumber } from './binary-search.ts';
import type { Commit } from './event.ts';
import type { AuthorNumber, Millis, Revision } from './ids.ts';
import { clockPace, FoldedPace, IDLE_AFTER, type Idle, type Pace } from './pace.ts';
import { lastRevision } from './record.ts';
import { durationOf, samplesOf } from './sample-time.ts';
import { type Direction, Finishes, nextOf, type Stride } from './stride.ts';

/** Furthest before its commit that a sample is shown while playing, in ms. */
export const LOOK_AHEAD = 2_000;

/**
 * The history of a board as time: which revision was when, how much was done, where nothing was.
 * An index beside the commits, which it never changes; adding one costs O(its events).
 */
export class Timeline {
  readonly #base: Revision;
  /** Of commit i: its time, its last revision, and when the first of its samples was drawn. */
  readonly #ats: Millis[] = [];
  readonly #lasts: Revision[] = [];
  readonly #begins: Millis[] = [];
  readonly #finishes = new Finishes();
  readonly #chapters = new Chapters();
  #folded = new FoldedPace(0);
  /** Events by clock time and by folded time. */
  readonly #clockActivity = new Activity();
  readonly #foldedActivity = new Activity();

  /** `base`: the revision that the first commit follows. */
  constructor(base: Revision) {
    this.#base = base;
  }

  /** Commits in it. */
  get length(): number {
    return this.#ats.length;
  }

  /** Time of the first and of the last commit; 0 when there is none. */
  get from(): Millis {
    return this.#ats[0] ?? 0;
  }
  get to(): Millis {
    return this.#ats.at(-1) ?? 0;
  }

  get idles(): readonly Idle[] {
    return this.#folded.idles;
  }

  get chapters(): readonly Chapter[] {
    return this.#chapters.list;
  }

  pace(skipIdle: boolean): Pace {
    return skipIdle ? this.#folded : clockPace(this.from);
  }

  activity(skipIdle: boolean): Activity {
    return skipIdle ? this.#foldedActivity : this.#clockActivity;
  }

  /** Takes the commit that follows the last one. */
  add(commit: Commit): void {
    const { at } = commit;
    const began = at - Math.min(LOOK_AHEAD, longestRun(commit));
    if (this.length === 0) this.#folded = new FoldedPace(at);
    else if (began - this.to > IDLE_AFTER) this.#folded.fold({ from: this.to, to: began });
    this.#ats.push(at);
    this.#lasts.push(lastRevision(commit));
    this.#begins.push(began);
    this.#finishes.add(commit);
    this.#chapters.add(commit, began);
    for (const [author, amount] of countByAuthor(commit)) {
      this.#clockActivity.add(at - this.from, author, amount);
      this.#foldedActivity.add(this.#folded.offsetOf(at), author, amount);
    }
  }

  /** The last revision at or before an instant. [T1] */
  revisionAt(at: Millis): Revision {
    return this.#lasts[this.indexAfter(at) - 1] ?? this.#base;
  }

  /** The time of the commit that holds a revision. */
  timeOf(revision: Revision): Millis {
    return this.#ats[this.indexOf(revision)] ?? this.to;
  }

  /** The commit that holds a revision, or the number of commits when that is not here yet. */
  indexOf(revision: Revision): number {
    return countUpToNumber(this.#lasts, revision - 1);
  }

  /** The first commit after an instant. */
  indexAfter(at: Millis): number {
    return countUpToNumber(this.#ats, at);
  }

  /** Behind the last commit after an instant that has samples drawn before it. Looks no further than `LOOK_AHEAD`. */
  indexAhead(at: Millis): number {
    const first = this.indexAfter(at);
    let index = this.indexAfter(at + LOOK_AHEAD);
    while (index > first && (this.#begins[index - 1] as Millis) > at) index--;
    return index;
  }

  /** Where a step from an instant leads; null where nothing is known that way. [T14] */
  stepFrom(at: Millis, direction: Direction, stride: Stride): Millis | null {
    return nextOf(stride === 'Commit' ? this.#ats : this.#finishes.ats, at, direction);
  }

  /** Where a playhead is after moving by `ms` of playing time; past the end it is as far past it. */
  advance(at: Millis, ms: number, skipIdle: boolean): Millis {
    const pace = this.pace(skipIdle);
    return pace.timeAt(pace.offsetOf(at) + ms);
  }
}

/** How long before a commit its first sample was drawn, in ms: each author drew their runs one after the other. */
function longestRun(commit: Commit): number {
  return Math.max(0, ...runsOf(commit).values());
}

/** For each author the ms of drawing that a commit holds. */
export function runsOf(commit: Commit): Map<AuthorNumber, number> {
  const runs = new Map<AuthorNumber, number>();
  for (const { by, event } of commit.events) {
    const samples = samplesOf(event);
    if (samples) runs.set(by, (runs.get(by) ?? 0) + durationOf(samples));
  }
  return runs;
}

function countByAuthor(commit: Commit): Map<AuthorNumber, number> {
  const counts = new Map<AuthorNumber, number>();
  for (const { by } of commit.events) counts.set(by, (counts.get(by) ?? 0) + 1);
  return counts;
}
