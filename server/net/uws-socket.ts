import type { WebSocket } from 'uws-20.69';
import { closeReasons } from '../../shared/wire/message.ts';
import type { Socket } from './listener.ts';

const SENT = 1;

/** A WebSocket that may be used after its end: then its calls do nothing. */
export class UwsSocket implements Socket {
  readonly protocol: string;
  readonly remoteAddress: string;
  readonly #maxBuffered: number;
  readonly #sent: (bytes: number) => void;
  #ws: WebSocket<unknown> | null = null;
  #corking = false;
  /** A close that was asked for while corked. uWebSockets.js would not end the TCP connection there. */
  #postponed: { readonly code: number; readonly reason: string } | null = null;

  constructor(
    protocol: string,
    remoteAddress: string,
    { maxBuffered, sent }: { readonly maxBuffered: number; readonly sent: (bytes: number) => void },
  ) {
    this.protocol = protocol;
    this.remoteAddress = remoteAddress;
    this.#maxBuffered = maxBuffered;
    this.#sent = sent;
  }

  opened(ws: WebSocket<unknown>): void {
    this.#ws = ws;
  }

  ended(): void {
    this.#ws = null;
  }

  get closed(): boolean {
    return this.#ws === null || this.#postponed !== null;
  }

  get buffered(): number {
    return this.#ws?.getBufferedAmount() ?? 0;
  }

  send(data: Uint8Array | string): boolean {
    if (!this.#ws || this.closed || !this.hasRoom()) return false;
    this.#sent(data.length);
    return this.#ws.send(data, typeof data !== 'string', false) === SENT;
  }

  /** Whether less is queued than may be; a socket with more is closed. */
  hasRoom(): boolean {
    if (this.buffered <= this.#maxBuffered) return true;
    this.close(closeReasons.TooFarBehind.code, closeReasons.TooFarBehind.text);
    return false;
  }

  cork(action: () => void): void {
    if (!this.#ws || this.closed) return;
    if (this.#corking) return action();
    this.#corking = true;
    try {
      this.#ws.cork(action);
    } finally {
      this.#corking = false;
      if (this.#postponed) this.#end(this.#postponed.code, this.#postponed.reason);
    }
  }

  close(code: number, reason: string): void {
    if (this.closed) return;
    if (this.#corking) this.#postponed = { code, reason };
    else this.#end(code, reason);
  }

  /** Calls `ended` before it returns. */
  #end(code: number, reason: string): void {
    this.#ws?.end(code, reason);
  }
}
