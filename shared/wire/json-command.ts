// Commands as JSON. A sender may leave out what has a usual value, and speaks of points rather than of differences.

import { authorWith, type Board, strokeOn } from '../board.ts';
import type { Command } from '../command.ts';
import type { ClientId } from '../ids.ts';
import { MAX_PLACED_SAMPLES, MAX_SAMPLES_PER_COMMAND, MAX_SAMPLES_PER_STROKE } from '../limits.ts';
import { type Nib, NIB_AT_ORIGIN, type Samples } from '../samples.ts';
import { commandRows } from './command-rows.ts';
import { expectOnly, jsonObject, type JsonObject } from './field.ts';
import { precision as precisionField } from './fields.ts';
import { pointsOfSamples, samplesOfPoints } from './json-points.ts';
import { type Row, rowFromJson, rowOfJson, rowToJson } from './rows.ts';

/** Where the pen of a client that speaks JSON is. A value: reading a command gives the next one. */
export interface JsonPen {
  /** Of the open stroke, or of the last one. */
  readonly precision: number;
  readonly nib: Nib;
  /** Samples in it. */
  readonly count: number;
  /** The highest number of its gestures and shapes. */
  readonly gesture: number;
}

/** What `StartStroke` means where it does not say. */
const DEFAULTS = { kind: 'pen', pointer: 'mouse', precision: 3 } as const;
const DEFAULT_STYLE = { color: 'ink', width: 3 } as const;

/** The pen of a client that joins this board. */
export function penOf(board: Board, client: ClientId): JsonPen {
  const author = authorWith(board, client);
  const ink = author?.stroke ? strokeOn(board, author.stroke)?.ink : undefined;
  return {
    precision: ink?.precision ?? DEFAULTS.precision,
    nib: ink?.nib ?? NIB_AT_ORIGIN,
    count: ink?.count ?? 0,
    gesture: author?.gesture ?? 0,
  };
}

/** @throws WireError */
export function commandFromJson(json: JsonObject, pen: JsonPen): { command: Command; pen: JsonPen } {
  const row = rowOfJson(commandRows, json, 'command');
  switch (row.type as Command['type']) {
    case 'StartStroke': {
      const given: JsonObject = {
        ...DEFAULTS,
        number: pen.gesture + 1,
        ...json,
        style: { ...DEFAULT_STYLE, ...jsonObject(json['style'] ?? {}, 'style') },
      };
      const precision = precisionField.fromJson(given['precision'], 'StartStroke.precision');
      const next = { precision, nib: NIB_AT_ORIGIN, count: 0, gesture: pen.gesture };
      return withPoints(row, given, next, (command, drawn) => {
        const number = (command as { number: number }).number;
        // A number that was used before will be refused: the stroke before goes on then.
        return number > pen.gesture ? { ...drawn, gesture: number } : pen;
      });
    }
    case 'ExtendStroke':
      // A run that is too long for its stroke will be refused: the next one goes on from where this one did.
      return withPoints(row, json, pen, (_, drawn) => (drawn.count > MAX_SAMPLES_PER_STROKE ? pen : drawn));
    case 'PlaceShape': {
      const gesture = json['gesture'] ?? pen.gesture + 1;
      const given: JsonObject = {
        ...DEFAULTS,
        gesture,
        number: Math.max(pen.gesture, Number(gesture)) + 1,
        settings: {},
        ...json,
        style: { ...DEFAULT_STYLE, ...jsonObject(json['style'] ?? {}, 'style') },
      };
      const precision = precisionField.fromJson(given['precision'], 'PlaceShape.precision');
      const place = { ...pen, precision, nib: NIB_AT_ORIGIN };
      return withPoints(row, given, place, (command) => ({
        ...pen,
        gesture: Math.max(pen.gesture, (command as { number: number }).number),
      }));
    }
    case 'EraseShapes':
    case 'ChangeShapes':
    case 'MoveShapes':
    case 'CutStroke': {
      const command = rowFromJson(row, { gesture: pen.gesture + 1, ...json }) as Command & { type: 'EraseShapes' };
      return { command, pen: { ...pen, gesture: Math.max(pen.gesture, highestNumber(command)) } };
    }
    default:
      return { command: rowFromJson(row, json) as Command, pen };
  }
}

/** The highest number that a command uses up. */
const highestNumber = (command: Command): number =>
  command.type === 'CutStroke'
    ? Math.max(command.gesture, ...command.pieces.map(({ number }) => number))
    : 'gesture' in command
      ? command.gesture
      : 0;

function withPoints(
  row: Row,
  json: JsonObject,
  pen: JsonPen,
  after: (command: Command, drawn: JsonPen) => JsonPen,
): { command: Command; pen: JsonPen } {
  const { points, ...rest } = json;
  expectOnly(
    json,
    row.parts.filter((part) => part.key !== 'samples'),
    ['type', 'points'],
    row.type,
  );
  const { samples, nib } = samplesOfPoints(
    points,
    row.type === 'PlaceShape' ? MAX_PLACED_SAMPLES : MAX_SAMPLES_PER_COMMAND,
    pen.precision,
    pen.nib,
    `${row.type}.points`,
  );
  const command = rowFromJson(row, { ...rest, samples }) as Command;
  const count = pen.count + (points as readonly unknown[]).length;
  return { command, pen: after(command, { ...pen, nib, count }) };
}

/** The same the other way, for a program that speaks JSON to a server. */
export function commandToJson(command: Command, pen: JsonPen): { json: JsonObject; pen: JsonPen } {
  const { samples, ...json } = rowToJson(commandRows.byType[command.type], command);
  if (!(samples instanceof Uint8Array)) return { json, pen: commandFromJson(json, pen).pen };
  const { precision, nib } = 'precision' in command ? { ...command, nib: NIB_AT_ORIGIN } : pen;
  const points = pointsOfSamples(samples as Samples, precision, nib);
  const withPoints = { ...json, points };
  return { json: withPoints, pen: commandFromJson(withPoints, pen).pen };
}
