import { type Board, fold } from './board.ts';
import type { Commit, RecordedEvent } from './event.ts';
import type { AuthorNumber, Millis } from './ids.ts';
import { durationOf, samplesOf, samplesWithin } from './sample-time.ts';
import { LOOK_AHEAD, runsOf } from './timeline.ts';

/**
 * The board as the hands were at an instant. Samples are drawn before the commit that brings them, so some of the
 * commits just `ahead` show already: each author's runs in a commit end when it was made, and their dt say the rest.
 * Of everything else the board is that of the commits made by then, and so are its revision and time. [T5]
 */
export function reveal(board: Board, ahead: Iterable<Commit>, at: Millis): Board {
  const joined: RecordedEvent[] = [];
  const shown: RecordedEvent[] = [];
  /** Authors of whom a sample was held back: nothing that they drew later may show. */
  const held = new Set<AuthorNumber>();
  let past = board;
  for (const commit of ahead) {
    if (commit.at <= at) {
      past = fold(past, commit.events);
      continue;
    }
    if (commit.at > at + LOOK_AHEAD) break;
    const left = runsOf(commit);
    for (const recorded of commit.events) {
      const { by, event } = recorded;
      // Authors have their numbers by the order in which they joined, so each needs all those before.
      if (event.type === 'AuthorJoined') joined.push(recorded);
      const samples = samplesOf(event);
      if (!samples) continue;
      const run = left.get(by) ?? 0;
      left.set(by, run - durationOf(samples));
      if (held.has(by)) continue;
      const drawn = samplesWithin(samples, at - (commit.at - run));
      if (drawn.length < samples.length) held.add(by);
      if (drawn.length > 0) shown.push({ ...recorded, event: { ...event, samples: drawn } as RecordedEvent['event'] });
    }
  }
  if (shown.length === 0) return past;
  const pictured = fold(past, [...joined, ...shown]);
  return { ...pictured, revision: past.revision, at: past.at };
}
