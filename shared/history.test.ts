import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Board, emptyBoard, fold } from './board.ts';
import type { Commit } from './event.ts';
import { History } from './history.ts';
import { inkSamples } from './ink.ts';
import { valuesOf } from './persistent-map.ts';
import { RevisionGap } from './replica.ts';
import { sameBoard } from './testing/same-board.ts';
import { generateSession } from './testing/session-generator.ts';

const session = generateSession({ seed: 21, authors: 4, events: 6_000, idle: 0.05 });
const events = session.flatMap((commit) => commit.events);
const head = events.length;

/** All that can be seen of a board, in plain values. */
const pictureOf = ({ shapes, erased, ...rest }: Board) => ({
  ...rest,
  shapes: shapesOf(shapes),
  erased: shapesOf(erased),
});
const shapesOf = (shapes: Board['shapes']) =>
  [...valuesOf(shapes)].sort((a, b) => a.z - b.z).map(({ ink, ...shape }) => ({ ...shape, samples: inkSamples(ink) }));

/** The session in pages whose sizes are given, the last one taking the rest. */
function pagesOf(commits: readonly Commit[], sizes: readonly number[]): Commit[][] {
  const pages: Commit[][] = [];
  let start = 0;
  for (const size of [...sizes, commits.length]) {
    pages.push(commits.slice(start, start + size));
    start += size;
  }
  return pages;
}

const seeded = { seed: 4, numRuns: 25 };

describe('the board at any moment', () => {
  const history = new History();
  history.append(session);

  test('[T2] seeking is the fold, in any order of seeking', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: head }), { minLength: 1, maxLength: 6 }), (revisions) => {
        for (const revision of revisions) {
          const expected = fold(emptyBoard, events.slice(0, revision));
          expect(pictureOf(history.boardAt(revision))).toEqual(pictureOf(expected));
        }
      }),
      seeded,
    );
  });

  test('[T2] at an instant it is the fold of the events made by then', () => {
    const { from, to } = history.timeline;
    fc.assert(
      fc.property(fc.double({ min: from - 10, max: to + 10, noNaN: true }), (at) => {
        const expected = fold(
          emptyBoard,
          events.filter((event) => event.at <= at),
        );
        expect(pictureOf(history.boardAtTime(at))).toEqual(pictureOf(expected));
      }),
      seeded,
    );
  });

  test('[T3] however it was loaded, also with repeats, the past is the same', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 6 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 0, max: head }), (pageSizes, revision) => {
        const loaded = new History();
        for (const page of pagesOf(session, pageSizes)) {
          loaded.append(page);
          if (page.length > 0) loaded.boardAt(Math.floor(loaded.revision / 2));
          loaded.append(page);
        }
        expect(loaded.revision).toBe(head);
        expect(pictureOf(loaded.boardAt(revision))).toEqual(pictureOf(history.boardAt(revision)));
      }),
      { ...seeded, numRuns: 8 },
    );
  });

  test('[T3] it may begin at a snapshot, in the middle of a commit', () => {
    const base = 1_003;
    const later = new History(fold(emptyBoard, events.slice(0, base)));
    later.append(session);
    expect(pictureOf(later.boardAt(base))).toEqual(pictureOf(history.boardAt(base)));
    expect(pictureOf(later.boardAt(4_321))).toEqual(pictureOf(history.boardAt(4_321)));
    expect(later.missing({ after: 0, through: head })).toEqual([{ after: 0, through: base }]);
    expect(() => later.boardAt(base - 1)).toThrow(RangeError);
  });

  test('[T2] boards that were shown never change afterwards', () => {
    const seen = [100, 2_500, 5_000].map((revision) => history.boardAt(revision));
    const before = seen.map(pictureOf);
    for (let revision = head; revision >= 0; revision -= 611) history.boardAt(revision);
    for (let at = history.timeline.from; at < history.timeline.to; at += 997_001) history.revealedAt(at);
    expect(seen.map(pictureOf)).toEqual(before);
  });
});

describe('loading', () => {
  test('[T4] a hole is refused, and what came before it is kept', () => {
    const history = new History();
    expect(() => history.append([...session.slice(0, 10), ...session.slice(11, 12)])).toThrow(RevisionGap);
    const known = session[9]?.events.at(-1)?.revision ?? 0;
    expect(history.revision).toBe(known);
    expect(pictureOf(history.tip)).toEqual(pictureOf(fold(emptyBoard, events.slice(0, known))));
    history.append(session.slice(10));
    expect(history.revision).toBe(head);
  });

  test('[T4] it tells which part of a range is not known', () => {
    const history = new History();
    history.append(session.slice(0, 500));
    const { revision } = history;
    expect(history.missing({ after: 0, through: head })).toEqual([{ after: revision, through: head }]);
    expect(history.missing({ after: head - 5, through: head })).toEqual([{ after: head - 5, through: head }]);
    expect(history.missing({ after: 3, through: revision })).toEqual([]);
    expect(() => history.boardAt(revision + 1)).toThrow(RangeError);
  });
});

test('[T19] a look aside is the fold too, and changes nothing', () => {
  const commits = generateSession({ seed: 11, authors: 3, events: 400 });
  const history = new History();
  history.append(commits);
  const events = commits.flatMap((commit) => commit.events);
  const shown = history.boardAt(50);
  for (const revision of [1, 399, 200, 51, 50, 7]) {
    const at = events[revision - 1]?.at ?? 0;
    const expected = fold(emptyBoard, events.filter((event) => event.at <= at)); // prettier-ignore
    expect(sameBoard(history.glanceAt(at), expected)).toBe(true);
  }
  expect(history.boardAt(50)).toBe(shown);
});
