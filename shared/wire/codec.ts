// The messages of message.ts and the commits of the log as bytes: MessagePack tuples, one behind the other.
// What is read is checked as it is read; whatever is wrong with it is one `WireError`.

import type { Commit } from '../event.ts';
import { MAX_FRAME_BYTES, MAX_SERVER_FRAME_BYTES } from '../limits.ts';
import { clientRows } from './client-rows.ts';
import { commandRows } from './command-rows.ts';
import { COMMIT_TAG, CommitCodec } from './commit-codec.ts';
import { eventRows } from './event-rows.ts';
import { expectCount } from './field.ts';
import { ordinal } from './fields.ts';
import type { ClientMessage, ServerMessage } from './message.ts';
import { type PackedReader, readAll } from './packed-reader.ts';
import { packed, type PackedWriter } from './packed-writer.ts';
import { readRow, type Row, rowWithTag, writeRow } from './rows.ts';
import { serverRows } from './server-rows.ts';
import { WireError } from './wire-error.ts';

/** No message has more elements; its row says how many exactly. */
const MAX_ELEMENTS = 16;

const commits = new CommitCodec(eventRows);

/** The one form of a commit: in the log, in a recording, as a message to every reader. */
export const packCommit = (commit: Commit): Uint8Array => commits.pack(commit);

/** The commits that stand one behind the other, from the log or from HTTP. @throws WireError */
export const unpackCommits = (bytes: Uint8Array): Commit[] => commits.unpack(bytes);

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
    message.type === 'Commit'
      ? commits.write(out, message)
      : writeMessage(out, serverRows.byType[message.type], message),
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
  if (tag === COMMIT_TAG) return { type: 'Commit', ...commits.read(from, length) };
  return readMessage(from, rowWithTag(serverRows, tag, 'message'), length);
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

function expectSize(frame: Uint8Array, max: number): void {
  if (frame.length === 0) throw new WireError('A frame has at least one message.');
  if (frame.length > max) throw new WireError(`A frame has at most ${max} bytes, not ${frame.length}.`, 'TooLarge');
}
