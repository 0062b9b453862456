// The port of the network: HTTP and WebSocket on one address. `uws.ts` is its adapter.

/** One WebSocket. All calls are safe after it has closed: they do nothing. */
export interface Socket {
  readonly protocol: string;
  readonly remoteAddress: string;
  /** Bytes accepted by `send` and not yet given to the kernel. */
  readonly buffered: number;
  readonly closed: boolean;
  /** False when the socket has to drain before it takes more; the bytes are queued all the same. */
  send(data: Uint8Array | string): boolean;
  /** Runs `action` with its sends gathered into few system calls. */
  cork(action: () => void): void;
  close(code: number, reason: string): void;
}

/** What a route for WebSockets makes of one socket. `message` must not keep the bytes: they are gone after it. */
export interface SocketHandler {
  message(data: Uint8Array, isText: boolean): void;
  /** The socket can take more again. */
  drain(): void;
  /** Once, whoever closed it. */
  closed(code: number): void;
}

export interface HttpRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** By lower-case name; empty when absent. */
  header(name: string): string;
  readonly remoteAddress: string;
  /** The whole body. @throws BodyTooLarge past `maxBytes`, RequestAborted */
  body(maxBytes: number): Promise<Uint8Array>;
  /** Aborts when the client has gone. */
  readonly signal: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Chunks are sent as fast as the client takes them. */
  readonly body: string | Uint8Array | AsyncIterable<Uint8Array>;
  /** The bytes are in memory anyway: that they wait for a slow client costs nothing. */
  readonly shared?: boolean;
}

export type HttpHandler = (request: HttpRequest) => Promise<HttpResponse> | HttpResponse;

/** Decides about a WebSocket before it is one: a response refuses it. */
export type UpgradeHandler = (
  request: Omit<HttpRequest, 'body' | 'signal'>,
) =>
  { readonly accept: (socket: Socket) => SocketHandler; readonly protocol: string } | { readonly refuse: HttpResponse };

export interface Listener {
  /** Resolves with the port that was bound. */
  listen(host: string, port: number): Promise<number>;
  /** Takes no more connections. Open ones stay until `close`. */
  stop(): void;
  /** Closes everything at once. */
  close(): void;
}

export interface ListenerOptions {
  readonly http: HttpHandler;
  readonly upgrade: UpgradeHandler;
  /** Larger messages from a client close its socket with 4413; absurdly large ones cut the connection (1006). */
  readonly maxMessageBytes: number;
}

export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
  readonly maxBytes: number;
  constructor(maxBytes: number) {
    super(`The request's body is larger than ${maxBytes} bytes.`);
    this.maxBytes = maxBytes;
  }
}

/** The client went away while its request was being read. Nobody is left to answer. */
export class RequestAborted extends Error {
  override readonly name = 'RequestAborted';
  constructor() {
    super('The client has gone.');
  }
}
