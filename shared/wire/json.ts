// The messages of message.ts as JSON text, for the subprotocol `retrace.json.v1`: one message in a frame. They differ
// in one thing: samples are `points`, absolute and in board units. Packed runs go on from where the pen was, so
// whoever converts has to know where that is.

import { authorOf, type Board, evolve, strokeOn } from '../board.ts';
import type { Commit, RecordedEvent } from '../event.ts';
import { shapeId } from '../ids.ts';
import { MAX_FRAME_BYTES } from '../limits.ts';
import { NIB_AT_ORIGIN } from '../samples.ts';
import { clientRows } from './client-rows.ts';
import { eventRows } from './event-rows.ts';
import { expectOnly, jsonObject, type JsonObject } from './field.ts';
import { ordinal } from './fields.ts';
import { commandFromJson, commandToJson, type JsonPen } from './json-command.ts';
import { pointsOfSamples } from './json-points.ts';
import type { ClientMessage, ServerMessage } from './message.ts';
import { rowFromJson, rowOfJson, rowToJson } from './rows.ts';
import { serverRows } from './server-rows.ts';
import { WireError } from './wire-error.ts';

/** Reads one frame of a client whose pen is `pen`, and says where the pen is then. @throws WireError */
export function readClientJson(text: string, pen: JsonPen): { message: ClientMessage; pen: JsonPen } {
  if (text.length > MAX_FRAME_BYTES) {
    throw new WireError(`A frame has at most ${MAX_FRAME_BYTES} bytes, not ${text.length}.`, 'TooLarge');
  }
  const json = jsonObject(parse(text), 'A message');
  if (json['type'] !== 'Command') {
    const row = rowOfJson(clientRows, json, 'message', ['Command']);
    return { message: rowFromJson(row, json) as ClientMessage, pen };
  }
  expectOnly(json, [], ['type', 'number', 'command'], 'Command');
  const number = ordinal.fromJson(json['number'], 'Command.number');
  const read = commandFromJson(jsonObject(json['command'], 'Command.command'), pen);
  return { message: { type: 'Command', number, command: read.command }, pen: read.pen };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new WireError(`A frame must be one JSON object: ${(error as Error).message.slice(0, 100)}`);
  }
}

/** The same the other way, for a program that speaks JSON to a server. */
export function clientMessageToJson(message: ClientMessage, pen: JsonPen): { json: JsonObject; pen: JsonPen } {
  if (message.type !== 'Command') return { json: rowToJson(clientRows.byType[message.type], message), pen };
  const command = commandToJson(message.command, pen);
  return { json: { type: 'Command', number: message.number, command: command.json }, pen: command.pen };
}

/** Any message of the server but a commit. */
export const serverMessageToJson = (message: Exclude<ServerMessage, { type: 'Commit' }>): JsonObject =>
  rowToJson(serverRows.byType[message.type], message);

/** A commit that follows `board`. */
export function commitToJson(board: Board, { after, at, events }: Commit): JsonObject {
  let before = board;
  const json = events.map((recorded) => {
    const next = evolve(before, recorded);
    const event = eventToJson(before, next, recorded);
    before = next;
    return event;
  });
  return { type: 'Commit', after, at, events: json };
}

/** The event with its place, the client that made it, and the shape and the points of a stroke. */
function eventToJson(before: Board, after: Board, { revision, at, by, settles, event }: RecordedEvent): JsonObject {
  const author = authorOf(after, by)?.client ?? null;
  if (event.type === 'Unknown') return { revision, at, by, author, settles, type: 'Unknown', tag: event.tag };
  const { samples: _, ...fields } = rowToJson(eventRows.byType[event.type], event);
  const json = { revision, at, by, author, settles, ...fields };
  switch (event.type) {
    case 'StrokeStarted':
    case 'ShapePlaced': {
      const { number, samples, precision } = event;
      const shape = author && shapeId(author, number);
      return { ...json, shape, points: pointsOfSamples(samples, precision, NIB_AT_ORIGIN) };
    }
    case 'StrokeExtended': {
      const shape = authorOf(before, by)?.stroke ?? null;
      const ink = shape && strokeOn(before, shape)?.ink;
      // A stroke that nobody can bring back any more has no place that its points could count from.
      return { ...json, shape, points: ink ? pointsOfSamples(event.samples, ink.precision, ink.nib) : [] };
    }
    case 'StrokeEnded':
      return { ...json, shape: authorOf(before, by)?.stroke ?? null };
    default:
      return json;
  }
}
