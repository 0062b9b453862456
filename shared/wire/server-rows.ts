import type { RejectionCode } from '../command.ts';
import type { Mark, Origin } from '../board.ts';
import { MAX_AUTHORS, MAX_MARKS } from '../limits.ts';
import { author } from './author-field.ts';
import { type Field, flag, list, nullable, record, word } from './field.ts';
import {
  access,
  authorNumber,
  board,
  client,
  count,
  epoch,
  keyHash,
  millis,
  notice,
  ordinal,
  participant,
  role,
  title,
} from './fields.ts';
import type { BoardHead, ServerMessage } from './message.ts';
import { presenceChange } from './presence-field.ts';
import { type Rows, rows } from './rows.ts';
import { shapeList } from './shape-field.ts';

/** Commits have a form of their own, with tag 0. */
export type PlainServerMessage = Exclude<ServerMessage, { type: 'Commit' }>;

const head: Field<BoardHead> = record<BoardHead>('board', {
  revision: count,
  createdAt: millis,
  at: millis,
  title,
  access,
  editKeyHash: nullable(keyHash),
  viewKeyHash: nullable(keyHash),
  origin: nullable(record<Origin>('origin', { board, revision: count })),
  marks: list(record<Mark>('mark', { revision: count, at: millis, name: title, by: authorNumber }), MAX_MARKS),
  unknownEvents: count,
});

const rejection: Field<RejectionCode> = word({
  NotAllowed: 0,
  NoOpenStroke: 1,
  StrokeTooLong: 2,
  OutOfBounds: 3,
  NumberUsed: 4,
  BoardFull: 5,
  NothingToUndo: 6,
  NothingToRedo: 7,
  NotAStroke: 8,
});

const MAX_CONNECTIONS = 1_000_000;

export const serverRows: Rows<PlainServerMessage> = rows<PlainServerMessage>({
  Joined: [1, { epoch, participant, client, connection: count, role, at: millis, head: count, settled: count }],
  SnapshotBegan: [2, { board: head, parts: count }],
  SnapshotPart: [
    3,
    { revision: count, part: ordinal, authors: list(author, MAX_AUTHORS), shapes: shapeList, erased: shapeList },
  ],
  Settled: [4, { through: count, at: count }],
  Rejected: [5, { number: ordinal, code: rejection, message: notice }],
  PresenceChanged: [
    6,
    { everyone: flag, changes: list(presenceChange, MAX_CONNECTIONS), left: list(count, MAX_CONNECTIONS) },
  ],
  LogState: [7, { writable: flag }],
  Pong: [8, { at: millis }],
});
