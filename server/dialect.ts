import type { Board } from '../shared/board.ts';
import type { ClientId, Revision } from '../shared/ids.ts';
import type { ClientMessage, CloseReason, ServerMessage } from '../shared/wire/message.ts';
import { WireError } from '../shared/wire/wire-error.ts';
import type { PackedCommit } from './log/event-log.ts';
import type { BoardSnapshots } from './projections/board-snapshots.ts';
import type { Published } from './published.ts';

export type Frame = Uint8Array | string;

export type Decoded =
  | { readonly ok: true; readonly messages: readonly ClientMessage[] }
  | { readonly ok: false; readonly reason: CloseReason; readonly error: string };

/** A whole board at a revision, ready to be sent. */
export interface Snapshot {
  readonly revision: Revision;
  readonly frames: readonly Frame[];
}

/** How one connection speaks: the same messages, packed or as JSON text. */
export interface Dialect {
  /** The decoded messages may share memory with `data`. */
  decode(data: Uint8Array, isText: boolean): Decoded;
  encode(message: Unshared): Frame;
  /** The same for a message that many are told: encoded once. */
  encodeShared(message: Unshared): Frame;
  /** From now on this client speaks. */
  joined(client: ClientId, board: Board): void;
  /** The board to begin with: `present`, or one of `kept` that is not much older. */
  snapshot(present: Board, kept: BoardSnapshots): Snapshot | Promise<Snapshot>;
  /** Begins at a revision that the client has; `load` gets the board at it. */
  resume(load: () => Promise<Board>): Promise<void>;
  live(published: Published): readonly Frame[];
  /** Stored commits that follow what this connection has had. */
  replay(commits: readonly PackedCommit[]): readonly Frame[];
}

/** All that a connection says but commits, which every reader of a board shares. */
export type Unshared = Exclude<ServerMessage, { type: 'Commit' }>;

/** What decoding throws is the sender's fault, and a value from here on. */
export function decoded(decode: () => readonly ClientMessage[]): Decoded {
  try {
    return { ok: true, messages: decode() };
  } catch (error) {
    if (error instanceof WireError) return { ok: false, reason: error.reason, error: error.message };
    throw error;
  }
}
