import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Board, authorNumberOf, authorOf, emptyBoard, evolve, fold } from './board.ts';
import type { Rejection } from './command.ts';
import { decide } from './decide.ts';
import type { RecordedEvent } from './event.ts';
import { MAX_AUTHORS, MAX_SHAPES } from './limits.ts';
import { valuesOf } from './persistent-map.ts';
import { sameBoard } from './testing/same-board.ts';
import { author, startStroke } from './testing/peers.ts';
import { generateSession } from './testing/session-generator.ts';

const sessions = [1, 2, 3].map((seed) =>
  generateSession({ seed, authors: 4, events: 1500 }).flatMap((commit) => commit.events),
);
const session = fc.constantFrom(...sessions);

/** The events in runs of the given sizes, the last run holding the rest. */
function cut(events: readonly RecordedEvent[], sizes: readonly number[]): RecordedEvent[][] {
  let start = 0;
  const runs = sizes.map((size) => events.slice(start, (start += size)));
  return [...runs, events.slice(start)];
}

/** All that a board says, in a form that shares nothing with it. */
const written = (board: Board): string =>
  JSON.stringify({
    ...board,
    shapes: [...valuesOf(board.shapes)].map((shape) => ({ ...shape, ink: { ...shape.ink, backing: null } })),
    erased: [...valuesOf(board.erased)].map((shape) => shape.id),
  });

describe('folding', () => {
  test('[F1] the same events give the same board', () => {
    for (const events of sessions) expect(sameBoard(fold(emptyBoard, events), fold(emptyBoard, events))).toBe(true);
    expect(sameBoard(fold(emptyBoard, sessions[0]!), fold(emptyBoard, sessions[1]!))).toBe(false);
  });

  test('[F2] in any batches is evolving one by one', () => {
    for (const events of sessions) {
      const whole = fold(emptyBoard, events);
      expect(sameBoard(events.reduce(evolve, emptyBoard), whole)).toBe(true);
    }
    fc.assert(
      fc.property(session, fc.array(fc.nat(200), { maxLength: 12 }), (events, sizes) => {
        const batched = cut(events, sizes).reduce((board, run) => fold(board, run), emptyBoard);
        expect(sameBoard(batched, fold(emptyBoard, events))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  test('[F3] changes no board that it was given, however often it goes on from it', () => {
    fc.assert(
      fc.property(session, fc.nat(1400), (events, at) => {
        const board = fold(emptyBoard, events.slice(0, at));
        const before = written(board);
        fold(board, events.slice(at));
        fold(board, events.slice(at, at + 30));
        for (const event of events.slice(at, at + 5)) evolve(board, event);
        expect(written(board)).toBe(before);
      }),
      { numRuns: 20 },
    );
  });

  test('finds every author by its client', () => {
    for (const events of sessions) {
      const board = fold(emptyBoard, events);
      expect(board.authors.map(({ client }) => authorNumberOf(board, client))).toEqual(
        board.authors.map((_, i) => i + 1),
      );
    }
  });

  test('[F6] adds what each event settles to its author', () => {
    for (const events of sessions) {
      const board = fold(emptyBoard, events);
      const sums = new Map<number, number>();
      for (const { by, settles } of events) sums.set(by, (sums.get(by) ?? 0) + settles);
      board.authors.forEach((_, i) => expect(authorOf(board, i + 1)?.settled).toBe(sums.get(i + 1)));
    }
  });
});

test('[D10] a board that is full takes no more shapes, and no more authors', () => {
  const crowded = { ...emptyBoard, shapes: { ...emptyBoard.shapes, size: MAX_SHAPES } };
  const { rejection } = decide(crowded, startStroke(1), author('Ada')) as { rejection: Rejection };
  expect(rejection.code).toBe('BoardFull');
  // It says how many that are so that they can be read, and what to do.
  expect(rejection.message).toMatch(/at most 1\s000\s000 shapes: erase some/);
  const busy = {
    ...emptyBoard,
    authors: Array.from({ length: MAX_AUTHORS }, () => ({ client: '' })),
  } as unknown as Board;
  expect(decide(busy, startStroke(1), author('Ada'))).toHaveProperty('rejection.code', 'BoardFull');
});
