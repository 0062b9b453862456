// Whole messages against another implementation of MessagePack: it reads ours as the arrays that README.md describes,
// and the same message as it writes it is the same to us.

import fc from 'fast-check';
import { Packr, Unpackr } from 'msgpackr';
import { describe, expect, test } from 'vitest';
import type { BoardEvent } from '../event.ts';
import type { BoardId, ClientId, Epoch, ParticipantId, ShapeId } from '../ids.ts';
import { NIB_AT_ORIGIN, packSamples } from '../samples.ts';
import { anySession } from '../testing/arbitraries.ts';
import { anyClientMessage, anyServerMessage } from '../testing/wire-arbitraries.ts';
import { clientRows } from './client-rows.ts';
import {
  packClientMessage,
  packCommit,
  packServerMessage,
  unpackClientMessages,
  unpackCommits,
  unpackServerMessages,
} from './codec.ts';
import { commandRows } from './command-rows.ts';
import { eventRows } from './event-rows.ts';
import type { ClientMessage, ServerMessage } from './message.ts';
import { serverRows } from './server-rows.ts';

const writer = new Packr({ useRecords: false });
const reader = new Unpackr({ useRecords: false, int64AsType: 'number' });

const asOthersRead = (bytes: Uint8Array): unknown => reader.unpack(Buffer.from(bytes));
const asOthersWrite = (value: unknown): Uint8Array => Uint8Array.from(writer.pack(withLongIntegers(value)));

/** It writes a number beyond 32 bits as a float, unless it is told that it is whole. */
function withLongIntegers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withLongIntegers);
  return Number.isSafeInteger(value) && Math.abs(value as number) >= 2 ** 31 ? BigInt(value as number) : value;
}

const client = 'abcdefghijkl.1' as ClientId;
const shapes = [`${client}/3` as ShapeId];
const style = { color: 'blue', width: 3 } as const;
const { samples } = packSamples([{ x: 1, y: -2, pressure: 1, dt: 16 }], 3, NIB_AT_ORIGIN);
/** Zigzag varints: 8 and -16 steps of 1/8; 255 of 255, in two bytes; 16 ms. */
const run = Buffer.of(16, 31, 0xfe, 0x03, 32);

const AT = 1_795_271_460_016;

const clientMessages: readonly (readonly [ClientMessage, unknown])[] = [
  [
    { type: 'Hello', slot: 1, name: 'Ann', color: '#0000ff', after: 5, settled: 4 },
    [0, 1, 'Ann', 0x1_00_00_ff, 5, 4, null, null, null],
  ],
  [{ type: 'Ping' }, [1]],
  [{ type: 'Pointing', cursor: { x: 1.5, y: -2 }, past: true }, [2, [1.5, -2], true, null, null]],
  [{ type: 'Pointing', cursor: null, past: false, laser: true }, [2, null, false, true, null]],
  [
    { type: 'Pointing', cursor: null, past: false, sight: { minX: 0, minY: -1, maxX: 640, maxY: 360.5 } },
    [2, null, false, null, [0, -1, 640, 360.5]],
  ],
  [
    command(1, { type: 'StartStroke', number: 3, kind: 'pen', style, pointer: 'mouse', precision: 3, samples }),
    [16, 1, 3, 1, [7, 24], 0, 3, run],
  ],
  [command(300, { type: 'ExtendStroke', samples }), [17, 300, run]],
  [command(3, { type: 'EndStroke' }), [18, 3]],
  [command(4, { type: 'EraseShapes', gesture: 4, shapes }), [19, 4, 4, [`${client}/3`]]],
  [command(5, { type: 'Undo' }), [20, 5]],
  [command(6, { type: 'Redo' }), [21, 6]],
  [command(7, { type: 'ChangeAuthor', name: 'Ünal 🖊', color: 'ink' }), [22, 7, 'Ünal 🖊', 0]],
  [command(8, { type: 'RenameBoard', title: '' }), [23, 8, '']],
  [
    command(9, {
      type: 'PlaceShape',
      gesture: 5,
      number: 6,
      kind: 'note',
      style: { color: 'yellow', width: 2, size: 20.5, opacity: 0.5 },
      pointer: 'mouse',
      precision: 3,
      samples,
      settings: { text: 'Hé', z: 1.5 },
    }),
    [24, 9, 5, 6, 10, [4, 16, [4, 10, 8, 164]], 0, 3, run, [16, 1.5, 18, 'Hé']],
  ],
  [
    command(10, { type: 'ChangeShapes', gesture: 7, shapes, settings: [{ color: 'red', fill: 'tint', locked: true }] }),
    [25, 10, 7, [`${client}/3`], [[0, 2, 2, 1, 19, true]]],
  ],
  [
    command(11, { type: 'MoveShapes', gesture: 8, shapes, matrix: [1, 0, 0, 1, -2.5, 7] }),
    [26, 11, 8, [`${client}/3`], [-2.5, 7]],
  ],
  [
    command(12, {
      type: 'CutStroke',
      gesture: 9,
      shape: shapes[0] as ShapeId,
      pieces: [{ number: 10, from: 0, to: 1.25 }],
    }),
    [27, 12, 9, `${client}/3`, [[10, 0, 1.25]]],
  ],
  [command(13, { type: 'MarkMoment', moment: AT, name: 'Draft' }), [28, 13, AT, 'Draft']],
  [command(14, { type: 'UnmarkMoment', mark: 7 }), [29, 14, 7]],
];

function command(number: number, value: Extract<ClientMessage, { type: 'Command' }>['command']): ClientMessage {
  return { type: 'Command', number, command: value };
}

const serverMessages: readonly (readonly [ServerMessage, unknown])[] = [
  [
    {
      type: 'Joined',
      epoch: 'kXq3ZrT9' as Epoch,
      participant: 'abcdefghijkl' as ParticipantId,
      client,
      connection: 2,
      role: 'editor',
      at: AT,
      head: 70_000,
      settled: 12,
    },
    [1, 'kXq3ZrT9', 'abcdefghijkl', client, 2, 1, AT, 70_000, 12],
  ],
  [
    {
      type: 'SnapshotBegan',
      board: {
        revision: 9,
        createdAt: AT,
        at: AT,
        title: 'Plans',
        access: 'view',
        editKeyHash: null,
        viewKeyHash: null,
        origin: { board: 'AAAAAAAAAAAAAAAA' as BoardId, revision: 3 },
        marks: [{ revision: 5, at: AT, name: 'Start', by: 1 }],
        unknownEvents: 2,
      },
      parts: 1,
    },
    [2, [9, AT, AT, 'Plans', 1, null, null, ['AAAAAAAAAAAAAAAA', 3], [[5, AT, 'Start', 1]], 2], 1],
  ],
  [
    { type: 'SnapshotPart', revision: 9, part: 1, authors: [], shapes: [], erased: [] },
    [3, 9, 1, [], [[], []], [[], []]],
  ],
  [{ type: 'Settled', through: 5, at: 9 }, [4, 5, 9]],
  [{ type: 'Rejected', number: 6, code: 'NoOpenStroke', message: 'No.' }, [5, 6, 1, 'No.']],
  [
    { type: 'PresenceChanged', everyone: false, changes: [{ connection: 2, cursor: null }], left: [3] },
    [6, false, [[2, false]], [3]],
  ],
  [{ type: 'LogState', writable: false }, [7, false]],
  [{ type: 'Pong', at: AT }, [8, AT]],
];

const events: readonly (readonly [BoardEvent, readonly unknown[]])[] = [
  [{ type: 'BoardCreated', title: 'Plans', access: 'edit' }, [0, 1, 'Plans', 2, null, null]],
  [{ type: 'BoardRenamed', title: 'Plan' }, [1, 1, 'Plan']],
  [{ type: 'AuthorJoined', client, name: 'Ann', color: 'red' }, [2, 1, client, 'Ann', 2]],
  [{ type: 'AuthorChanged', name: 'Anne', color: 'pink' }, [3, 1, 'Anne', 9]],
  [
    { type: 'StrokeStarted', number: 3, kind: 'pen', style, pointer: 'pen', precision: 3, samples },
    [4, 1, 3, 1, [7, 24], 1, 3, run],
  ],
  [{ type: 'StrokeExtended', samples }, [5, 1, run]],
  [{ type: 'StrokeEnded' }, [6, 1]],
  [{ type: 'ShapesErased', gesture: 3, step: 'undo', shapes }, [7, 1, 3, 1, [`${client}/3`]]],
  [{ type: 'ShapesRestored', gesture: 3, step: 'redo', shapes }, [8, 1, 3, 2, [`${client}/3`]]],
  [
    {
      type: 'ShapePlaced',
      gesture: 5,
      number: 6,
      kind: 'text',
      style,
      pointer: 'mouse',
      precision: 3,
      samples,
      settings: { text: 'Hi', group: '' },
    },
    [9, 1, 5, 6, 9, [7, 24], 0, 3, run, [18, 'Hi', 20, '']],
  ],
  [
    { type: 'ShapesChanged', gesture: 3, step: 'undo', shapes, settings: [{ transform: [0, 1, -1, 0, 0.5, 3] }] },
    [10, 1, 3, 1, [`${client}/3`], [[17, [0, 1, -1, 0, 0.5, 3]]]],
  ],
  [
    { type: 'ShapesMoved', gesture: 3, shapes, matrix: [2, 0, 0, 2, 0, 0] },
    [11, 1, 3, [`${client}/3`], [2, 0, 0, 2, 0, 0]],
  ],
  [
    { type: 'StrokeCut', gesture: 3, shape: shapes[0] as ShapeId, pieces: [{ number: 4, from: 0.5, to: 2 }] },
    [12, 1, 3, `${client}/3`, [[4, 0.5, 2]]],
  ],
  [
    { type: 'BoardBranched', from: 'AAAAAAAAAAAAAAAA' as BoardId, fromRevision: 9, title: 'Other' },
    [13, 1, 'AAAAAAAAAAAAAAAA', 9, 'Other'],
  ],
  [{ type: 'MomentMarked', moment: AT, name: 'Draft' }, [14, 1, AT, 'Draft']],
  [{ type: 'MomentUnmarked', mark: 7 }, [15, 1, 7]],
];

const named = <Named extends { type: string }, Arrays>(
  rows: readonly (readonly [Named, Arrays])[],
): (readonly [name: string, message: Named, arrays: Arrays])[] =>
  rows.map(([message, arrays]) => [
    'command' in message ? (message.command as { type: string }).type : message.type,
    message,
    arrays,
  ]);

describe('[W16] other programs read and write what we do', () => {
  test('there is an example of each message', () => {
    const ofClients = [...Object.keys(clientRows.byType), ...Object.keys(commandRows.byType)];
    expect(new Set(named(clientMessages).map(([name]) => name))).toEqual(new Set(ofClients));
    expect(named(serverMessages).map(([name]) => name)).toEqual(Object.keys(serverRows.byType));
    expect(named(events).map(([name]) => name)).toEqual(Object.keys(eventRows.byType));
  });

  test.each(named(clientMessages))('%s', (_, message, arrays) => {
    expect(asOthersRead(packClientMessage(message))).toEqual(arrays);
    expect(unpackClientMessages(asOthersWrite(arrays))).toEqual([message]);
  });

  test.each(named(serverMessages))('%s', (_, message, arrays) => {
    expect(asOthersRead(packServerMessage(message))).toEqual(arrays);
    expect(unpackServerMessages(asOthersWrite(arrays))).toEqual([message]);
  });

  test.each(named(events))('Commit of %s', (_, event, arrays) => {
    for (const settles of [0, 1, 2]) {
      const commit = { after: 4, at: AT, events: [{ revision: 5, at: AT, by: 1, settles, event }] };
      const [tag, by, ...fields] = arrays;
      const expected = [0, 4, AT, [settles === 1 ? arrays : [tag, [by, settles], ...fields]]];
      expect(asOthersRead(packCommit(commit))).toEqual(expected);
      expect(unpackCommits(asOthersWrite(expected))).toEqual([commit]);
    }
  });
});

describe('[W16] whatever the message, another implementation passes it on unharmed', () => {
  const passedOn = (bytes: Uint8Array): Uint8Array => asOthersWrite(asOthersRead(bytes));

  test('from clients', () => {
    fc.assert(
      fc.property(anyClientMessage, (message) => {
        expect(unpackClientMessages(passedOn(packClientMessage(message)))).toEqual([message]);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test('from the server', () => {
    fc.assert(
      fc.property(anyServerMessage, (message) => {
        const packed = packServerMessage(message);
        expect(unpackServerMessages(passedOn(packed)).map(packServerMessage)).toEqual([packed]);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test('a session of many commits', () => {
    fc.assert(
      fc.property(anySession(), ({ commits }) => {
        expect(commits.flatMap((commit) => unpackCommits(passedOn(packCommit(commit))))).toEqual(commits);
      }),
      { seed: 1 },
    );
  });
});
