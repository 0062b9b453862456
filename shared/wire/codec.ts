// The messages of message.ts and the commits of the log as bytes: MessagePack tuples, one behind the other.
// What is read is checked as it is read; whatever is wrong with it is one `WireError`.

import type { BoardEvent, Commit, RecordedEvent } from '../event.ts';
import type { Millis, Revision } from '../ids.ts';
import { MAX_FRAME_BYTES, MAX_SERVER_FRAME_BYTES } from '../limits.ts';
import { clientRows } from './client-rows.ts';
import { commandRows } from './command-rows.ts';
import { eventRows } from './event-rows.ts';
import { expectCount } from './field.ts';
import { authorNumber, count, millis, ordinal } from './fields.ts';
import type { ClientMessage, ServerMessage } from './message.ts';
import { PackedReader } from './packed-reader.ts';
import { packed, type PackedWriter } from './packed-writer.ts';
import { readRow, type Row, rowWithTag, writeRow } from './rows.ts';
import { serverRows } from './server-rows.ts';
import { WireError } from './wire-error.ts';

const COMMIT_TAG = 0;
/** No message has more elements; its row says how many exactly. */
const MAX_ELEMENTS = 16;

/** The one form of a commit: in the log, in a recording, as a message to every reader. */
export const packCommit = (commit: Commit): Uint8Array => packed((out) => writeCommit(out, commit));

/** The commits that stand one behind the other, from the log or from HTTP. @throws WireError */
export function unpackCommits(bytes: Uint8Array): Commit[] {
  return readAll(bytes, (from) => {
    const length = from.array('commit', MAX_ELEMENTS);
    const tag = from.integer('commit.tag');
    if (tag !== COMMIT_TAG) throw new WireError(`commit.tag must be ${COMMIT_TAG}, not ${tag}.`);
    return readCommit(from, length);
  });
}

export const packClientMessage = (message: ClientMessage): Uint8Array =>
  packed((out) => {
    if (message.type !== 'Command') return writeMessage(out, clientRows.byType[message.type], message);
    const { number, command } = message;
    const row = commandRows.byType[command.type];
    out.array(2 + row.parts.length);
    out.integer(row.tag);
    out.integer(number);
    writeRow(out, row, command);
  });

/** The messages of one frame from a client. @throws WireError */
export function unpackClientMessages(frame: Uint8Array): readonly ClientMessage[] {
  expectSize(frame, MAX_FRAME_BYTES);
  return readAll(frame, (from) => {
    const length = from.array('message', MAX_ELEMENTS);
    const tag = from.integer('message.tag');
    const command: Row | undefined = commandRows.byTag[tag];
    if (!command) return readMessage(from, rowWithTag(clientRows, tag, 'message'), length);
    expectCount(command.type, length, 2 + command.parts.length);
    const number = ordinal.read(from, 'Command.number');
    return { type: 'Command', number, command: readRow(from, command) } as ClientMessage;
  });
}

export const packServerMessage = (message: ServerMessage): Uint8Array =>
  packed((out) =>
    message.type === 'Commit' ? writeCommit(out, message) : writeMessage(out, serverRows.byType[message.type], message),
  );

/** The messages of one frame from the server. @throws WireError */
export function unpackServerMessages(frame: Uint8Array): readonly ServerMessage[] {
  expectSize(frame, MAX_SERVER_FRAME_BYTES);
  return readAll(frame, readServerMessage);
}

/** The same of a frame that we packed ourselves: ink stays packed. They share memory with the frame. */
export const unpackVouchedMessages = (frame: Uint8Array): readonly ServerMessage[] =>
  readAll(frame, readServerMessage, true);

function readServerMessage(from: PackedReader): ServerMessage {
  const length = from.array('message', MAX_ELEMENTS);
  const tag = from.integer('message.tag');
  if (tag === COMMIT_TAG) return { type: 'Commit', ...readCommit(from, length) };
  return readMessage(from, rowWithTag(serverRows, tag, 'message'), length);
}

/** `[0, after, at, [event, …]]` */
function writeCommit(out: PackedWriter, { after, at, events }: Commit): void {
  out.array(4);
  out.integer(COMMIT_TAG);
  out.integer(after);
  out.integer(at);
  out.array(events.length);
  for (const event of events) writeEvent(out, event);
}

function readCommit(from: PackedReader, length: number): Commit {
  expectCount('commit', length, 4);
  const after = count.read(from, 'commit.after');
  const at = millis.read(from, 'commit.at');
  const most = from.array('commit.events', MAX_EVENTS);
  if (most < 1) throw new WireError('commit.events must not be empty.');
  const events: RecordedEvent[] = [];
  for (let i = 1; i <= most; i++) events.push(readEvent(from, after + i, at));
  return { after, at, events };
}

/** More than fit in the largest frame. */
const MAX_EVENTS = MAX_SERVER_FRAME_BYTES;

/** `[tag, by, …fields, settles]`: revision and time follow from the commit, and `settles` is left out where it is 1. */
function writeEvent(out: PackedWriter, { by, settles, event }: RecordedEvent): void {
  const row = eventRows.byType[event.type];
  out.array(2 + row.parts.length + (settles === 1 ? 0 : 1));
  out.integer(row.tag);
  out.integer(by);
  writeRow(out, row, event);
  if (settles !== 1) out.integer(settles);
}

function readEvent(from: PackedReader, revision: Revision, at: Millis): RecordedEvent {
  const length = from.array('event', MAX_ELEMENTS);
  const row = rowWithTag(eventRows, from.integer('event.tag'), 'event');
  const by = authorNumber.read(from, 'event.by');
  const event = readRow(from, row) as BoardEvent;
  const plain = 2 + row.parts.length;
  if (length === plain) return { revision, at, by, settles: 1, event };
  expectCount(row.type, length, plain + 1);
  return { revision, at, by, settles: count.read(from, 'event.settles'), event };
}

/** `[tag, …fields]` */
function writeMessage(out: PackedWriter, row: Row, message: ClientMessage | ServerMessage): void {
  out.array(1 + row.parts.length);
  out.integer(row.tag);
  writeRow(out, row, message);
}

function readMessage<Message>(from: PackedReader, row: Row, length: number): Message {
  expectCount(row.type, length, 1 + row.parts.length);
  return readRow(from, row) as Message;
}

function readAll<T>(bytes: Uint8Array, read: (from: PackedReader) => T, vouched = false): T[] {
  const from = new PackedReader(bytes, vouched);
  const values: T[] = [];
  while (!from.atEnd) values.push(read(from));
  return values;
}

function expectSize(frame: Uint8Array, max: number): void {
  if (frame.length === 0) throw new WireError('A frame has at least one message.');
  if (frame.length > max) throw new WireError(`A frame has at most ${max} bytes, not ${frame.length}.`, 'TooLarge');
}
