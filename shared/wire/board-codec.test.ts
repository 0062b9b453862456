import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Board, emptyBoard, fold } from '../board.ts';
import { boardDifference, sameBoard } from '../testing/same-board.ts';
import { anySession } from '../testing/arbitraries.ts';
import { generateSession } from '../testing/session-generator.ts';
import { boardOf, strokeOf } from '../testing/stroke.ts';
import { finished } from '../steps.ts';
import {
  boardFromSnapshot,
  packSnapshot,
  packingSnapshot,
  SnapshotReader,
  snapshotOf,
  unpackingSnapshot,
  unpackSnapshot,
} from './board-codec.ts';
import { unpackServerMessages } from './codec.ts';
import type { ServerMessage } from './message.ts';
import { WireError } from './wire-error.ts';

const messagesOf = (frames: readonly Uint8Array[]): readonly ServerMessage[] => frames.flatMap(unpackServerMessages);

function through(board: Board): Board {
  const [began, ...parts] = messagesOf(packSnapshot(board));
  if (began?.type !== 'SnapshotBegan') throw new Error('A snapshot begins with SnapshotBegan.');
  const reader = new SnapshotReader(began);
  for (const part of parts) {
    expect(reader.board).toBeNull();
    if (part.type === 'SnapshotPart') reader.add(part);
  }
  expect(reader.progress).toBe(1);
  return reader.board ?? emptyBoard;
}

describe('[W8] a snapshot is the board, whole', () => {
  test('of random sessions, with all that can be undone', () => {
    fc.assert(
      fc.property(anySession(60), ({ board }) => {
        expect(boardDifference(through(board), board)).toBeNull();
      }),
      { seed: 1 },
    );
  });

  test('of a long session, in several parts', () => {
    const board = fold(
      emptyBoard,
      generateSession({ seed: 3, authors: 12, events: 60_000 }).flatMap((commit) => commit.events),
    );
    const frames = packSnapshot(board);
    expect(frames.length).toBeGreaterThan(2);
    for (const frame of frames) expect(frame.length).toBeLessThanOrEqual(256 * 1024);
    expect(boardDifference(through(board), board)).toBeNull();
    const bytes = Uint8Array.from(Buffer.concat(frames));
    expect(boardDifference(unpackSnapshot(bytes), board)).toBeNull();
  });

  test('of an empty board', () => {
    expect(sameBoard(through(emptyBoard), emptyBoard)).toBe(true);
  });

  test('the shapes come from the back to the front', () => {
    const { board } = fc.sample(anySession(60), { seed: 5, numRuns: 1 })[0] ?? { board: emptyBoard };
    const [, ...parts] = snapshotOf(board);
    const order = parts.flatMap((part) => part.shapes).map((shape) => shape.z);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order.length).toBe(board.shapes.size);
  });

  test('with a part too few it is an error, never a smaller board', () => {
    const [began, ...parts] = snapshotOf(boardOf([strokeOf({ points: [[1, 1]] })]));
    expect(() => boardFromSnapshot(began, parts.slice(1))).toThrow(WireError);
    const [, first] = packSnapshot(boardOf([strokeOf({ points: [[1, 1]] })]));
    expect(() => unpackSnapshot(first ?? new Uint8Array())).toThrow(/begin with SnapshotBegan/);
  });

  test('repeated parts, and those of another snapshot, are left out', () => {
    const board = fold(
      emptyBoard,
      generateSession({ seed: 4, authors: 3, events: 2000 }).flatMap((commit) => commit.events),
    );
    const [began, ...parts] = snapshotOf(board);
    const reader = new SnapshotReader(began);
    for (const part of parts) {
      reader.add({ ...part, revision: 7 });
      reader.add(part);
      reader.add(part);
    }
    expect(sameBoard(reader.board ?? emptyBoard, board)).toBe(true);
    expect(() => boardFromSnapshot(began, parts.toReversed())).toThrow(/its own parts, in their order/);
  });

  test('of our own making, whose ink stays packed until it is wanted, and can go on', () => {
    const commits = generateSession({ seed: 6, authors: 5, events: 6000 });
    const cut = commits.length >> 1;
    const events = (some: typeof commits) => some.flatMap((commit) => commit.events);
    const half = fold(emptyBoard, events(commits.slice(0, cut)));
    const read = finished(unpackingSnapshot(packSnapshot(half)));
    expect(Buffer.concat(packSnapshot(read)).equals(Buffer.concat(packSnapshot(half)))).toBe(true);
    const rest = events(commits.slice(cut));
    expect(boardDifference(fold(read, rest), fold(half, rest))).toBeNull();
    expect(boardDifference(read, half)).toBeNull();
    // Looked at or not, it is packed as it came.
    expect(Buffer.concat(packSnapshot(read)).equals(Buffer.concat(packSnapshot(half)))).toBe(true);
  });

  test('of our own making, where something is missing, twice or in another order', () => {
    const frames = packSnapshot(
      fold(
        emptyBoard,
        generateSession({ seed: 7, authors: 9, events: 30_000 }).flatMap((c) => c.events),
      ),
    );
    const [began = new Uint8Array(), first = began, second = began] = frames;
    const read = (some: readonly Uint8Array[]) => () => finished(unpackingSnapshot(some));
    expect(read(frames)().shapes.size).toBeGreaterThan(0);
    for (const wrong of [[], frames.slice(1), frames.slice(0, -1), [began, second, first], [began, ...frames]]) {
      expect(read(wrong)).toThrow(WireError);
    }
  });

  test('in small steps, between which others can come', () => {
    const board = fold(
      emptyBoard,
      generateSession({ seed: 3, authors: 12, events: 60_000 }).flatMap((c) => c.events),
    );
    const frames = packSnapshot(board);
    for (const frame of frames) expect(frame.length).toBeLessThanOrEqual(64 * 1024);
    expect([...packingSnapshot(board)].length).toBeGreaterThanOrEqual(frames.length - 1);
    expect([...unpackingSnapshot(frames)].length).toBe(frames.length);
  });
});
