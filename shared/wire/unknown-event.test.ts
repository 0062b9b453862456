import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { authorOf, emptyBoard, fold } from '../board.ts';
import type { BoardEvent, Commit, RecordedEvent } from '../event.ts';
import { valuesOf } from '../persistent-map.ts';
import { createReplica, receive } from '../replica.ts';
import { anyCount, anySession } from '../testing/arbitraries.ts';
import {
  commitOf,
  joined,
  samplesAfter,
  strokeEnded,
  strokeExtended,
  strokeStarted,
  testClient,
} from '../testing/commits.ts';
import { withEvents } from '../testing/newer-events.ts';
import { bytesOf, type Part, type Tuple } from '../testing/tuples.ts';
import { packCommit, unpackCommits } from './codec.ts';
import { CommitCodec } from './commit-codec.ts';
import { commitToJson } from './json.ts';
import { list } from './field.ts';
import { count, openingSamples, title } from './fields.ts';
import { packSegment, unpackSegment } from './segment-codec.ts';
import { WireError } from './wire-error.ts';

type Newer = { type: 'StickerPut'; place: readonly number[]; words?: string; drawn: Uint8Array };

/** As a newer version packs and reads. */
const newer = new CommitCodec(
  withEvents<Newer>({ StickerPut: [1000, { place: list(count, 100), words: title, drawn: openingSamples }] }),
);
const sticker: Newer = { type: 'StickerPut', place: [1, 70_000, 3], words: 'Hello', drawn: samplesAfter(0, 8) };

/** Some of the events are of the newer version, whoever made them and whatever they settle; authors join as ever. */
const withStickers = ({ events, ...commit }: Commit, every: number): Commit => ({
  ...commit,
  events: events.map((recorded) =>
    recorded.revision % every === 0 && recorded.event.type !== 'AuthorJoined'
      ? { ...recorded, event: sticker as unknown as BoardEvent }
      : recorded,
  ),
});

const anyMixed = fc
  .tuple(anySession(), fc.integer({ min: 1, max: 5 }))
  .map(([{ commits }, every]) => commits.map((commit) => withStickers(commit, every)));

describe('[W17] an event that is not known', () => {
  test('is read past, with whose it is and what it settles, and written again to the byte', () => {
    fc.assert(
      fc.property(anyMixed, (commits) => {
        for (const commit of commits) {
          const bytes = newer.pack(commit);
          const [read, ...more] = unpackCommits(bytes);
          expect(more).toEqual([]);
          expect(read?.events.map(placeOf)).toEqual(commit.events.map(placeOf));
          expect(packCommit(read as Commit)).toEqual(bytes);
          expect(newer.unpack(packCommit(read as Commit))).toEqual([commit]);
        }
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  test('goes into a segment and out of it to the byte', () => {
    fc.assert(
      fc.property(anyMixed, (commits) => {
        const stored = commits.map((commit) => {
          const { after, at, events } = commit;
          return { after, last: after + events.length, at, bytes: newer.pack(commit) };
        });
        expect(unpackSegment(packSegment(stored))).toEqual(stored);
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  test('shares no memory with the bytes it came in', () => {
    const bytes = newer.pack(withStickers(commitOf(0, 5, [1, strokeEnded]), 1));
    const frame = Buffer.from(bytes);
    const [commit] = unpackCommits(frame);
    frame.fill(0xff);
    expect(packCommit(commit as Commit)).toEqual(bytes);
  });

  test('may have fields of any form that the protocol knows, however deep', () => {
    const float = { raw: [0xcb, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0] };
    const fields: Tuple = [
      null,
      true,
      -5,
      -40_000,
      2 ** 40,
      float,
      'x'.repeat(300),
      new Uint8Array(70_000),
      [[[1], []]],
    ];
    const bytes = bytesOf([0, 3, 5, [[400, 2, ...fields]]]);
    expect(unpackCommits(bytes)[0]?.events[0]?.event).toMatchObject({ type: 'Unknown', tag: 400, count: 9 });
    expect(packCommit(unpackCommits(bytes)[0] as Commit)).toEqual(bytes);
  });

  const run: Part = samplesAfter(0, 8);
  test.each<[string, Tuple]>([
    ['a kind of shape', [4, 1, 7, 77, [0, 24], 1, 3, run]],
    ['a colour of the palette', [4, 1, 7, 1, [99, 24], 1, 3, run]],
    ['a part of its style', [4, 1, 7, 1, [0, 24, [2, 1, 99, 5]], 1, 3, run]],
    ['a word', [7, [1, 0], 7, 9, ['AbCdEfGhIjKl.1/1']]],
    ['a setting', [10, 1, 7, 0, ['AbCdEfGhIjKl.1/1'], [[17, [1, 2], 500, 'new']]]],
    ['an access', [0, [0, 0], 'Plans', 3, null, null]],
  ])('is also one of a known type with %s that is not', (_, event) => {
    const bytes = bytesOf([0, 3, 5, [[6, 1], event, [6, 2]]]);
    const [commit] = unpackCommits(bytes);
    expect(commit?.events.map(({ event: { type } }) => type)).toEqual(['StrokeEnded', 'Unknown', 'StrokeEnded']);
    expect(packCommit(commit as Commit)).toEqual(bytes);
  });

  test.each<[string, Tuple]>([
    ['a map in it', [400, 1, { raw: [0x81, 1, 1] }]],
    ['an extension in it', [400, 1, [{ raw: [0xd4, 1, 0] }]]],
    ['a byte that MessagePack never uses', [400, 1, { raw: [0xc1] }]],
    ['an array that promises more than there is', [400, 1, { raw: [0xdd, 0xff, 0xff, 0xff, 0xff] }]],
    ['no author', [400]],
    ['a tag below 0', [-1, 1]],
    ['a code below 0', [7, 1, 7, -1, []]],
    ['a setting of a code below the one before', [10, 1, 7, 0, [], [[17, [1, 2], 16, 3]]]],
    ['more elements than any event has', [400, 1, ...Array<number>(63).fill(0)]],
  ])('is malformed with %s', (_, event) => {
    expect(() => unpackCommits(bytesOf([0, 3, 5, [event]]))).toThrow(WireError);
  });

  test('is said in JSON by its tag', () => {
    const [commit] = unpackCommits(newer.pack(withStickers(commitOf(0, 5, [1, strokeEnded]), 1)));
    const { events } = commitToJson(emptyBoard, commit as Commit);
    expect(events).toEqual([{ revision: 1, at: 5, by: 1, author: null, settles: 0, type: 'Unknown', tag: 1000 }]);
  });
});

const placeOf = ({ revision, at, by, settles }: RecordedEvent): unknown => ({ revision, at, by, settles });

describe('[F12] a board of which some events are not known', () => {
  test('counts them, their revisions and what they settle, and goes on behind them', () => {
    fc.assert(
      fc.property(anyMixed, anyCount, (commits, slot) => {
        const read = commits.flatMap((commit) => unpackCommits(newer.pack(commit)));
        const events = read.flatMap((commit) => commit.events);
        const board = fold(emptyBoard, events);
        expect(board.revision).toBe(commits.at(-1)?.events.at(-1)?.revision);
        expect(board.unknownEvents).toBe(events.filter(({ event }) => event.type === 'Unknown').length);
        for (const [i, author] of board.authors.entries()) {
          const since = events.findIndex(
            ({ event }) => event.type === 'AuthorJoined' && event.client === author.client,
          );
          const settled = events.slice(since).filter(({ by }) => by === i + 1);
          expect(author.settled).toBe(settled.reduce((sum, { settles }) => sum + settles, 0));
        }
        const client = `${testClient(1)}${slot % 10}` as ReturnType<typeof testClient>;
        const replica = createReplica({ client, name: 'Ann', color: 'red', role: 'editor' });
        expect(receive(replica, read).confirmed.revision).toBe(board.revision);
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  test('does not draw what follows one as a part of the stroke before it', () => {
    const [run, further] = [samplesAfter(0, 8), samplesAfter(8, 8)];
    const commits = [
      commitOf(0, 5, [1, joined(1)], [1, strokeStarted(1, run)]),
      withStickers(commitOf(2, 6, [1, strokeExtended(run)]), 1),
      commitOf(3, 7, [1, strokeExtended(further)]),
    ];
    const board = fold(
      emptyBoard,
      commits.flatMap((commit) => unpackCommits(newer.pack(commit))).flatMap(({ events }) => events),
    );
    expect([...valuesOf(board.shapes)].map(({ open, ink }) => [open, ink.count])).toEqual([[false, 2]]);
    expect(authorOf(board, 1)?.stroke).toBeNull();
  });
});
