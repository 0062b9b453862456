// The port of the outbox: a place in the browser that outlives the page.

import type { NumberedCommand } from '../../../shared/command.ts';
import type { BoardId, ClientId } from '../../../shared/ids.ts';

/** What waits, for each of the browser's replicas of one board, in the order of the numbers. */
export type Waiting = ReadonlyMap<ClientId, readonly NumberedCommand[]>;

export interface OutboxChange {
  /** Commands up to this number are done with: they go first. */
  readonly drop: number;
  /** These come, or take the place of those with their numbers. */
  readonly put: readonly NumberedCommand[];
}

/** Everything rejects where the browser refuses; nothing is half done then. */
export interface OutboxStore {
  load(board: BoardId): Promise<Waiting>;
  /** Resolves when the change would survive a power cut. */
  write(board: BoardId, client: ClientId, change: OutboxChange): Promise<void>;
}

/** A `drop` of all that a client has there. */
export const EVERYTHING = Number.MAX_SAFE_INTEGER;
