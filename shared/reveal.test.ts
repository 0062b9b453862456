import { describe, expect, test } from 'vitest';
import { type Board, emptyBoard, fold } from './board.ts';
import type { Commit } from './event.ts';
import { History } from './history.ts';
import { inkSamples } from './ink.ts';
import { getFrom, valuesOf } from './persistent-map.ts';
import { reveal } from './reveal.ts';
import { commitOf, joined, samplesAfter, strokeEnded, strokeExtended, strokeStarted } from './testing/commits.ts';
import { seededRandom } from './testing/random.ts';
import { generateSession } from './testing/session-generator.ts';

/** How many samples the only stroke shows at each instant. */
const countsAt = (commits: readonly Commit[], instants: readonly number[]): number[] =>
  instants.map((at) => {
    const [shape] = [...valuesOf(reveal(emptyBoard, commits, at).shapes)];
    return shape?.ink.count ?? 0;
  });

describe('the pace of the hand', () => {
  const started = commitOf(0, 1_000, [1, joined(1)], [1, strokeStarted(1, samplesAfter(0, 10, 30))]);

  test('[T5] a sample shows when it was drawn, not when its commit was made', () => {
    expect(countsAt([started], [959, 960, 969, 970, 999, 1_000, 5_000])).toEqual([0, 1, 1, 2, 2, 3, 3]);
  });

  test('[T5] the runs that one commit brings follow each other', () => {
    const flushed = commitOf(
      0,
      1_000,
      [1, joined(1)],
      [1, strokeStarted(1, samplesAfter(0))],
      [1, strokeExtended(samplesAfter(100, 100))],
      [1, strokeExtended(samplesAfter(50))],
      [1, strokeEnded],
    );
    expect(countsAt([flushed], [749, 750, 849, 850, 950, 999, 1_000])).toEqual([0, 1, 1, 2, 3, 3, 4]);
  });

  test('[T5] nothing shows before what its author drew earlier', () => {
    const late = commitOf(2, 1_005, [1, strokeExtended(samplesAfter(200, 5))]);
    expect(countsAt([started, late], [800, 961, 999, 1_000, 1_005])).toEqual([0, 1, 2, 4, 5]);
  });

  test('[T5] it looks no further ahead than two seconds', () => {
    const slow = commitOf(0, 10_000, [1, joined(1)], [1, strokeStarted(1, samplesAfter(0, 4_000, 4_000))]);
    expect(countsAt([slow], [7_999, 8_000, 9_999, 10_000])).toEqual([0, 2, 2, 3]);
  });

  test('[T5] authors who join in the same moment keep their numbers', () => {
    const crowd = commitOf(
      0,
      1_000,
      [1, joined(1)],
      [1, strokeStarted(1, samplesAfter(0))],
      [2, joined(2)],
      [2, strokeStarted(1, samplesAfter(0, 10, 10))],
    );
    const board = reveal(emptyBoard, [crowd], 990);
    expect([...valuesOf(board.shapes)].map((shape) => [shape.author, shape.ink.count])).toEqual([[2, 2]]);
  });

  test('[T5] the board stays in its moment but for the ink', () => {
    const before = fold(emptyBoard, commitOf(0, 500, [1, joined(1)]).events);
    const board = reveal(before, [commitOf(1, 1_000, [1, strokeStarted(1, samplesAfter(0, 20))])], 990);
    expect(board).toMatchObject({ revision: 1, at: 500 });
    expect(reveal(before, [], 990)).toBe(before);
  });
});

describe('in a whole session', () => {
  const session = generateSession({ seed: 9, authors: 5, events: 3_000, idle: 0 });
  const history = new History();
  history.append(session);
  const { from, to } = history.timeline;

  test('[T5] when all is past, what shows is the fold', () => {
    const end = reveal(emptyBoard, session, to);
    const expected = fold(
      emptyBoard,
      session.flatMap((commit) => commit.events),
    );
    expect(end.revision).toBe(expected.revision);
    expect(end.shapes.size).toBe(expected.shapes.size);
    for (const shape of valuesOf(expected.shapes)) {
      const shown = getFrom(end.shapes, shape.id);
      expect(shown && { ...shown, ink: inkSamples(shown.ink) }).toEqual({ ...shape, ink: inkSamples(shape.ink) });
    }
  });

  test('[T5] it never takes ink back, and never lags behind the log', () => {
    const random = seededRandom(17);
    let before: Board = emptyBoard;
    for (let at = from; at < to; at += random() * 40) {
      const board = history.revealedAt(at);
      const past = history.boardAtTime(at);
      expect(board.revision).toBe(past.revision);
      for (const shape of valuesOf(past.shapes)) {
        expect(getFrom(board.shapes, shape.id)?.ink.count).toBeGreaterThanOrEqual(shape.ink.count);
      }
      for (const shape of valuesOf(before.shapes)) {
        const now = getFrom(board.shapes, shape.id) ?? getFrom(past.erased, shape.id);
        if (now) expect(now.ink.count).toBeGreaterThanOrEqual(shape.ink.count);
      }
      before = board;
    }
  });

  test('[T5] the window it takes ahead is all that can show', () => {
    for (let at = from; at < to; at += 331) {
      const expected = reveal(emptyBoard, session, at);
      const board = history.revealedAt(at);
      expect(new Map([...valuesOf(board.shapes)].map(({ id, ink }) => [id, ink.count]))).toEqual(
        new Map([...valuesOf(expected.shapes)].map(({ id, ink }) => [id, ink.count])),
      );
    }
  });
});
