// The port of the network: one board's sockets. `websocket.ts` is its adapter; the tests have a simulated one.

import type { Observable } from 'rxjs';

export interface SocketClosed {
  /** A WebSocket close code; 1006 where the socket broke. */
  readonly code: number;
}

/** One socket. All calls are safe after it has closed: they do nothing. */
export interface Socket {
  /** Once, when messages can be sent. */
  readonly opened$: Observable<void>;
  /** Frames, as they come. */
  readonly message$: Observable<Uint8Array>;
  /** Once, whoever closed it, and also where it never opened. The last that is heard of it. */
  readonly closed$: Observable<SocketClosed>;
  /** Bytes accepted by `send` and not yet given to the network. */
  readonly buffered: number;
  send(frame: Uint8Array): void;
  close(): void;
}

export interface Transport {
  /** Begins to open a socket. What happens to it is told from the next task on, so that nothing is missed. */
  open(): Socket;
}
