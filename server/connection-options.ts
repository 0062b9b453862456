import type { Millis } from '../shared/ids.ts';
import type { CloseReason } from '../shared/wire/message.ts';
import type { Boards } from './boards.ts';

export interface ConnectionOptions {
  /** All that are open: each adds itself. */
  readonly connections: Set<{ close(reason: CloseReason): void }>;
  readonly boards: Boards;
  readonly now: () => Millis;
  /** Milliseconds that never go back, for measuring. */
  readonly elapsed: () => number;
  /** Calls back after `ms`, unless the returned function was called before. */
  readonly after: (ms: number, callback: () => void) => () => void;
  readonly limits: ConnectionLimits;
  readonly observer: ConnectionObserver;
}

export interface ConnectionLimits {
  readonly messagesPerSecond: number;
  readonly messageBurst: number;
  readonly bytesPerSecond: number;
  readonly byteBurst: number;
  /** A connection says Hello within this time, in ms. */
  readonly helloTimeoutMs: number;
}

/** What happens on connections, for counting and logging. */
export interface ConnectionObserver {
  received(messages: number, bytes: number): void;
  rejected(code: string): void;
  closed(reason: CloseReason, detail: string): void;
  /** A fault of ours, not of the client. */
  failed(error: unknown): void;
}
