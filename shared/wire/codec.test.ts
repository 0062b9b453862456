import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyBoard, fold } from '../board.ts';
import type { BoardEvent, Commit } from '../event.ts';
import { NIB_AT_ORIGIN, packSamples, type Samples } from '../samples.ts';
import { boardDifference } from '../testing/same-board.ts';
import { anySession } from '../testing/arbitraries.ts';
import { anyClientMessage, anyServerMessage } from '../testing/wire-arbitraries.ts';
import {
  packClientMessage,
  packCommit,
  packServerMessage,
  unpackClientMessages,
  unpackCommits,
  unpackServerMessages,
} from './codec.ts';

const concat = (parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));

/** Two samples as a pen gives them between two frames: 8 bytes. */
const twoSamples: Samples = packSamples(
  [
    { x: 3, y: 4, pressure: 0.5, dt: 8 },
    { x: 5.5, y: 6, pressure: 0.52, dt: 9 },
  ],
  3,
  packSamples([{ x: 2, y: 2, pressure: 0.5, dt: 0 }], 3, NIB_AT_ORIGIN).nib,
).samples;

const AT = Date.UTC(2026, 10, 21);
const commitOf = (count: number, event: BoardEvent, settles = 1, after = 50_000): Commit => ({
  after,
  at: AT,
  events: Array.from({ length: count }, (_, i) => ({ revision: after + 1 + i, at: AT, by: i + 1, settles, event })),
});

describe('[W1] what is packed comes back the same', () => {
  test('commits, one behind the other', () => {
    fc.assert(
      fc.property(anySession(), ({ commits, board }) => {
        const read = unpackCommits(concat(commits.map(packCommit)));
        expect(read).toEqual(commits);
        const events = read.flatMap((commit) => commit.events);
        expect(boardDifference(fold(emptyBoard, events), board)).toBeNull();
      }),
      { seed: 1 },
    );
  });

  test('messages of clients, several in a frame', () => {
    fc.assert(
      fc.property(fc.array(anyClientMessage, { minLength: 1, maxLength: 5 }), (messages) => {
        expect(unpackClientMessages(concat(messages.map(packClientMessage)))).toEqual(messages);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test('messages of the server, several in a frame', () => {
    fc.assert(
      fc.property(fc.array(anyServerMessage, { minLength: 1, maxLength: 5 }), (messages) => {
        const read = unpackServerMessages(concat(messages.map(packServerMessage)));
        // Ink compares by value: how much room its backing array has is nobody's business.
        expect(read.map(packServerMessage)).toEqual(messages.map(packServerMessage));
        expect(withoutInk(read)).toEqual(withoutInk(messages));
      }),
      { seed: 1 },
    );
  });

  const withoutInk = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value, (key, part: unknown) => (key === 'ink' ? undefined : part)));
});

test('[W2] a Commit message is the bytes that the log has', () => {
  const commit = commitOf(3, { type: 'StrokeEnded' });
  expect(packServerMessage({ type: 'Commit', ...commit })).toEqual(packCommit(commit));
});

describe('[W3] bytes on the wire', () => {
  test('a live event of two samples takes 13, and 14 from author 128 on', () => {
    expect(twoSamples.length).toBe(8);
    const extended: BoardEvent = { type: 'StrokeExtended', samples: twoSamples };
    const growth = packCommit(commitOf(11, extended)).length - packCommit(commitOf(10, extended)).length;
    expect(growth).toBe(13);
    const crowded = packCommit(commitOf(241, extended)).length - packCommit(commitOf(240, extended)).length;
    expect(crowded).toBe(14);
  });

  test('around its events a commit takes 15, and 17 from revision 65 536 on', () => {
    const ended: BoardEvent = { type: 'StrokeEnded' };
    expect(packCommit(commitOf(1, ended)).length - 3).toBe(15);
    expect(packCommit(commitOf(1, ended, 1, 1_000_000)).length - 3).toBe(17);
  });

  test('a command of two samples takes at most 17', () => {
    const extend = (number: number) =>
      packClientMessage({ type: 'Command', number, command: { type: 'ExtendStroke', samples: twoSamples } });
    expect(extend(100).length).toBe(13);
    expect(extend(1_000_000).length).toBe(17);
  });

  test('a cursor that moved takes 13, its place among others included', () => {
    const moved = (count: number) =>
      packServerMessage({
        type: 'PresenceChanged',
        everyone: false,
        changes: Array.from({ length: count }, (_, i) => ({ connection: i, cursor: { x: 100.5, y: -2.25 } })),
        left: [],
      }).length;
    expect(moved(2) - moved(1)).toBe(13);
  });
});

test('[W4] what was read shares no memory with the frame, whose owner takes it back', () => {
  const frame = packClientMessage({
    type: 'Command',
    number: 1,
    command: { type: 'ExtendStroke', samples: twoSamples },
  });
  const [message] = unpackClientMessages(Buffer.from(frame.buffer, frame.byteOffset, frame.length));
  frame.fill(0xff);
  expect(message).toMatchObject({ command: { samples: twoSamples } });
});

test('[W1] no commits are no bytes', () => {
  expect(unpackCommits(new Uint8Array())).toEqual([]);
});
