import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyBoard, fold } from '../board.ts';
import { type ClientId, clientId, type ParticipantId } from '../ids.ts';
import { MAX_FRAME_BYTES, MAX_SAMPLES_PER_STROKE } from '../limits.ts';
import { record, recordCreation } from '../record.ts';
import { decide } from '../decide.ts';
import { NIB_AT_ORIGIN, packSamples, unpackSamples } from '../samples.ts';
import { boardDifference } from '../testing/same-board.ts';
import { anySession } from '../testing/arbitraries.ts';
import { anyClientMessage } from '../testing/wire-arbitraries.ts';
import { eventRows } from './event-rows.ts';
import { boardFromSnapshot, type SnapshotBegan, type SnapshotPart, snapshotOf } from './board-codec.ts';
import { clientMessageToJson, commitToJson, readClientJson, serverMessageToJson } from './json.ts';
import { type JsonPen, penOf } from './json-command.ts';
import type { ClientMessage } from './message.ts';
import { rowFromJson } from './rows.ts';
import { serverRows } from './server-rows.ts';

const client: ClientId = clientId('AbCdEfGhIjKl' as ParticipantId, 1);
const newPen: JsonPen = penOf(emptyBoard, client);
const read = (json: unknown, pen = newPen) => readClientJson(JSON.stringify(json), pen);
const command = (json: unknown, pen = newPen) => {
  const { message, pen: next } = read({ type: 'Command', number: 1, command: json }, pen);
  return { command: (message as ClientMessage & { type: 'Command' }).command, pen: next };
};

describe('[W10] the same messages as JSON', () => {
  test('from a client, where the pen is wherever it is', () => {
    fc.assert(
      fc.property(fc.array(anyClientMessage, { minLength: 1, maxLength: 6 }), (messages) => {
        let writing = newPen;
        let reading = newPen;
        for (const message of messages) {
          if (leavesTheBoard(message, writing)) continue;
          const written = clientMessageToJson(message, writing);
          const back = readClientJson(JSON.stringify(written.json), reading);
          expect(back.message).toEqual(message);
          [writing, reading] = [written.pen, back.pen];
          expect(reading).toEqual(writing);
        }
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  /** Runs that were made for another place may lead too far, or to a pressure that there is not. */
  function leavesTheBoard(message: ClientMessage, pen: JsonPen): boolean {
    if (message.type !== 'Command' || message.command.type !== 'ExtendStroke') return false;
    return unpackSamples(message.command.samples, pen.precision, pen.nib).some(
      ({ x, y, pressure }) => Math.abs(x) > 1e7 || Math.abs(y) > 1e7 || pressure < 0 || pressure > 1,
    );
  }

  test('a snapshot comes back as the same board', () => {
    fc.assert(
      fc.property(anySession(), ({ board }) => {
        const [began, ...parts] = snapshotOf(board).map((message) => {
          const json = JSON.parse(JSON.stringify(serverMessageToJson(message))) as Record<string, unknown>;
          return rowFromJson(serverRows.byType[message.type], json);
        });
        const back = boardFromSnapshot(began as SnapshotBegan, parts as SnapshotPart[]);
        expect(boardDifference(back, board)).toBeNull();
      }),
      { seed: 1 },
    );
  });

  test('the points of commits are those of the shapes that they draw', () => {
    fc.assert(
      fc.property(anySession(), ({ commits }) => {
        let board = emptyBoard;
        const points = new Map<unknown, unknown[]>();
        /** Pieces have their points from the stroke that they were cut from. */
        const cut = new Set<string>();
        for (const commit of commits) {
          for (const event of commitToJson(board, commit)['events'] as Record<string, unknown>[]) {
            for (const piece of (event['pieces'] ?? []) as { number: number }[])
              cut.add(`${event['author']}/${piece.number}`);
            if (!event['points']) continue;
            expect(event['shape']).toEqual(expect.any(String));
            points.set(event['shape'], [...(points.get(event['shape']) ?? []), ...(event['points'] as unknown[])]);
          }
          board = fold(board, commit.events);
        }
        for (const part of snapshotOf(board).slice(1)) {
          const { shapes } = serverMessageToJson(part) as { shapes: { id: string; points: unknown[] }[] };
          for (const shape of shapes) if (!cut.has(shape.id)) expect(points.get(shape.id)).toEqual(shape.points);
        }
      }),
      { seed: 1 },
    );
  });
});

test('[W10] no event has a field that stands for something else beside it', () => {
  const taken = new Set(['type', 'revision', 'at', 'by', 'author', 'settles', 'points']);
  const keys = Object.values(eventRows.byType).flatMap(({ type, parts }) => parts.map(({ key }) => `${type} ${key}`));
  expect(keys.filter((key) => taken.has(key.split(' ')[1] as string))).toEqual([]);
});

describe('[W11] what a person need not say', () => {
  const points = [[10, 20, 0.5, 0]];

  test('StartStroke has usual values for all but its points', () => {
    const start = command({ type: 'StartStroke', points });
    expect(start.command).toEqual({
      type: 'StartStroke',
      number: 1,
      kind: 'pen',
      style: { color: 'ink', width: 3 },
      pointer: 'mouse',
      precision: 3,
      samples: packSamples([{ x: 10, y: 20, pressure: 0.5, dt: 0 }], 3, NIB_AT_ORIGIN).samples,
    });
    expect(command({ type: 'StartStroke', style: { color: '#ff0000' }, points }, start.pen).command).toMatchObject({
      number: 2,
      style: { color: '#ff0000', width: 3 },
    });
  });

  test('the next number follows from the board for somebody who comes back', () => {
    const creation = recordCreation({ type: 'BoardCreated', title: '', access: 'edit' }, 1);
    let board = fold(emptyBoard, creation.events);
    const author = { client, name: 'Ann', color: 'red', role: 'editor' } as const;
    const start = command({ type: 'StartStroke', number: 7, points }).command;
    const decision = decide(board, start, author);
    if ('rejection' in decision) throw new Error(decision.rejection.message);
    board = fold(board, record(board, client, 1, decision.events, 2));
    const pen = penOf(board, client);
    const nib = { x: 80, y: 160, pressure: 128, tilt: { x: 0, y: 0 } };
    expect(pen).toEqual({ precision: 3, nib, count: 1, gesture: 7 });
    expect(command({ type: 'EraseShapes', shapes: [] }, pen).command).toMatchObject({ gesture: 8 });
    const extend = command({ type: 'ExtendStroke', points: [[11, 20, 0.5, 8]] }, pen).command;
    expect(extend).toEqual({ type: 'ExtendStroke', samples: Uint8Array.of(16, 0, 0, 16) });
  });

  test('what will be refused does not move the pen', () => {
    const drawing = command({ type: 'StartStroke', number: 5, points }).pen;
    expect(command({ type: 'StartStroke', number: 5, precision: 0, points: [[0, 0, 0, 0]] }, drawing).pen).toBe(
      drawing,
    );
    const full = { ...drawing, count: MAX_SAMPLES_PER_STROKE };
    expect(command({ type: 'ExtendStroke', points: [[0, 0, 0, 0]] }, full).pen).toBe(full);
  });
});

describe('[W12] what JSON may not say', () => {
  const stroke = (change: object) => ({ type: 'StartStroke', points: [[1, 2, 0.5, 0]], ...change });

  test.each<[string, unknown, RegExp]>([
    ['a property that there is not', { type: 'Ping', pong: 1 }, /^Ping has no property "pong"/],
    ['__proto__', JSON.parse('{"type":"Ping","__proto__":1}'), /Ping has no property "__proto__"/],
    ['a type that there is not', { type: 'toString' }, /message must be one of Hello, Ping, Pointing, Command/],
    ['no type', {}, /type of a message must be one of/],
    ['a list', [], /A message must be an object/],
    ['a missing field', { type: 'Hello', slot: 1, name: 'Ann', color: 'red', after: 0 }, /Hello\.settled must be/],
    [
      'an empty name',
      { type: 'Hello', slot: 1, name: ' ', color: 'red', after: 0, settled: 0 },
      /name must not be empty/,
    ],
    ['an event', { type: 'Commit', after: 0, at: 0, events: [] }, /must be one of/],
    ['a command without a number', { type: 'Command', command: { type: 'Undo' } }, /Command\.number must be a whole/],
    [
      'a command that is none',
      { type: 'Command', number: 1, command: { type: 'Explode' } },
      /type of a command must be/,
    ],
    ['a cursor as text', { type: 'Pointing', cursor: 'here', past: false }, /Pointing\.cursor must be an object/],
  ])('%s', (_, json, message) => {
    expect(() => read(json)).toThrow(message);
  });

  test.each<[string, unknown, RegExp]>([
    ['packed samples', stroke({ samples: [1] }), /StartStroke has no property "samples"; it has type, points, number/],
    ['a misspelt colour', stroke({ style: { colour: 'red' } }), /StartStroke\.style has no property "colour"/],
    ['a width that is no eighth', stroke({ style: { width: 0.3 } }), /style\.width must be a multiple of 0\.125/],
    ['an unknown kind', stroke({ kind: 'toString' }), /StartStroke\.kind must be one of pen/],
    ['no points', { type: 'StartStroke' }, /StartStroke\.points must be an array/],
    ['points of two numbers', stroke({ points: [[1, 2]] }), /StartStroke\.points\[0\] must be \[x, y, pressure, dt\]/],
    ['a point far away', stroke({ points: [[1e9, 0, 0, 0]] }), /points\[0\]: x must be a number from -10000000/],
    ['pressure 2', stroke({ points: [[0, 0, 2, 0]] }), /points\[0\]: pressure must be a number from 0 to 1/],
    ['a gap back in time', stroke({ points: [[0, 0, 0, -1]] }), /points\[0\]: dt must be a number from 0 to 60000/],
    ['null for a number', stroke({ points: [[null, 0, 0, 0]] }), /points\[0\]: x must be a number/],
    [
      '513 points',
      stroke({ points: Array.from({ length: 513 }, () => [0, 0, 0, 0]) }),
      /must have 1 to 512 points, not 513/,
    ],
  ])('%s', (_, json, message) => {
    expect(() => command(json)).toThrow(message);
  });

  test('what is no JSON, or too long to be looked at', () => {
    expect(() => readClientJson('{"type":', newPen)).toThrow(/^A frame must be one JSON object/);
    expect(() => readClientJson('{"type":"Ping"}{"type":"Ping"}', newPen)).toThrow(/one JSON object/);
    expect(() => readClientJson(`"${'x'.repeat(MAX_FRAME_BYTES)}"`, newPen)).toThrow(
      expect.objectContaining({ reason: 'TooLarge' }),
    );
    expect(() => readClientJson('['.repeat(60_000), newPen)).toThrow(/one JSON object/);
    expect(() => readClientJson('['.repeat(30_000) + ']'.repeat(30_000), newPen)).toThrow(/must be an object/);
  });
});
