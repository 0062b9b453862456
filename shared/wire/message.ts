// What client and server say to each other. The same messages travel packed (`codec.ts`) and as JSON (`json.ts`).

import type { Color } from '../color.ts';
import type { NumberedCommand, Rejection } from '../command.ts';
import type { Author, Board } from '../board.ts';
import type { Commit } from '../event.ts';
import type { Box } from '../geometry.ts';
import type { ClientId, Epoch, Millis, ParticipantId, Revision } from '../ids.ts';
import type { Role } from '../roles.ts';
import type { Shape } from '../shapes/shape.ts';

export const PACKED_SUBPROTOCOL = 'retrace.msgpack.v1';
export const JSON_SUBPROTOCOL = 'retrace.json.v1';

/** Whether a name is one of these, of whatever version. */
export const isSubprotocol = (name: string): boolean => /^retrace\.(?:msgpack|json)\.v\d{1,6}$/.test(name);

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The first message of every connection. */
export interface Hello {
  readonly type: 'Hello';
  /** The participant's secret: whoever sends it is that participant. Absent: somebody new, for this connection only. */
  readonly secret?: string;
  /** Which of the participant's replicas this is: 1 … 999 999. */
  readonly slot: number;
  readonly name: string;
  readonly color: Color;
  /** The revision that the replica has, of the store named by `epoch`; 0 to get the board as it is. */
  readonly after: Revision;
  readonly epoch?: Epoch;
  /** The replica's commands up to this number are settled; its next one has the number after it. */
  readonly settled: number;
  /** The secret of a link that allows more than the board's plain link. */
  readonly key?: string;
}

/**
 * Where a person points, in board units; null: nowhere. `past`: they look at an earlier moment. `laser`: they point at
 * something for everybody to see; what is absent is as before.
 */
export interface Pointing {
  readonly type: 'Pointing';
  readonly cursor: Point | null;
  readonly past: boolean;
  readonly laser?: boolean;
  /** What of the board they have in sight. */
  readonly sight?: Box;
}

export type ClientMessage =
  Hello | ({ readonly type: 'Command' } & NumberedCommand) | Pointing | { readonly type: 'Ping' };

/** Somebody who is here. `connection` is a small number that is theirs until they leave. */
export interface Presence {
  readonly connection: number;
  readonly client: ClientId;
  readonly name: string;
  readonly color: Color;
  readonly role: Role;
  readonly cursor: Point | null;
  readonly past: boolean;
  readonly laser?: boolean;
  readonly sight?: Box;
}

/** What changed in a presence; `connection` says whose. */
export type PresenceChange = Pick<Presence, 'connection'> & Partial<Presence>;

/** A board without what there can be a great many of. */
export type BoardHead = Omit<Board, 'authors' | 'authorNumbers' | 'shapes' | 'holders' | 'erased'>;

export type ServerMessage =
  | {
      readonly type: 'Joined';
      readonly epoch: Epoch;
      readonly participant: ParticipantId;
      readonly client: ClientId;
      readonly connection: number;
      readonly role: Role;
      readonly at: Millis;
      /** The board's revision now. */
      readonly head: Revision;
      /** This client's commands up to this number are in the log. */
      readonly settled: number;
    }
  /** A board at a revision: the head, then the rest of it in `parts` messages. What the replica had is void. */
  | { readonly type: 'SnapshotBegan'; readonly board: BoardHead; readonly parts: number }
  /** The next of its authors, in their order, and of its shapes, from the back to the front. */
  | {
      readonly type: 'SnapshotPart';
      /** The board's, and which part of it: 1 … `parts`. */
      readonly revision: Revision;
      readonly part: number;
      readonly authors: readonly Author[];
      readonly shapes: readonly Shape[];
      readonly erased: readonly Shape[];
    }
  | ({ readonly type: 'Commit' } & Commit)
  /** Commands up to `through` are done with, as soon as the replica has revision `at`. */
  | { readonly type: 'Settled'; readonly through: number; readonly at: Revision }
  | ({ readonly type: 'Rejected'; readonly number: number } & Rejection)
  | {
      readonly type: 'PresenceChanged';
      /** `changes` is everybody who is here: forget the others. */
      readonly everyone: boolean;
      readonly changes: readonly PresenceChange[];
      readonly left: readonly number[];
    }
  /** The log cannot take events just now, or can again. */
  | { readonly type: 'LogState'; readonly writable: boolean }
  | { readonly type: 'Pong'; readonly at: Millis };

/** Why a connection ended. `retry`: whether coming back as before can help. */
export const closeReasons = {
  Malformed: { code: 4400, retry: false, text: 'A message could not be understood.' },
  NotAllowed: { code: 4403, retry: false, text: 'This link does not allow that.' },
  NoSuchBoard: { code: 4404, retry: false, text: 'There is no such board.' },
  HelloTimeout: { code: 4408, retry: true, text: 'No Hello came in time.' },
  CommandGap: { code: 4409, retry: true, text: 'A command number was skipped.' },
  Replaced: { code: 4410, retry: false, text: 'This replica connected again somewhere else.' },
  TooLarge: { code: 4413, retry: false, text: 'A message was too large.' },
  OutdatedProtocol: { code: 4426, retry: false, text: 'This page is of another version: reload it.' },
  TooFast: { code: 4429, retry: true, text: 'Too many messages in too short a time.' },
  TooFarBehind: { code: 4430, retry: true, text: 'The connection could not keep up.' },
  LogFailed: { code: 4500, retry: true, text: 'The server could not read or save the board.' },
  ServerStopping: { code: 4503, retry: true, text: 'The server is restarting.' },
} as const;

export type CloseReason = keyof typeof closeReasons;

const reasonsByCode: ReadonlyMap<number, CloseReason> = new Map(
  (Object.keys(closeReasons) as CloseReason[]).map((reason) => [closeReasons[reason].code, reason]),
);

/** The reason that a close code stands for; null where it is none of ours. */
export const closeReasonOf = (code: number): CloseReason | null => reasonsByCode.get(code) ?? null;
