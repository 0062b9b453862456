// The adapter of `listener.ts` over uWebSockets.js. Its traps, and where they are dealt with:
// - a request and a message's bytes are gone when the callback returns: read at once (`uws-http.ts`, `message` below);
// - a socket or response throws when it is used after its end: `UwsSocket` and `Exchange` know that they have ended;
// - a message over `maxBackpressure` is skipped in silence: that limit is off, and `UwsSocket` keeps one of its own;
// - a payload over `maxPayloadLength` ends the connection without a close frame: see MAX_REFUSABLE_BYTES;
// - an exception in a callback ends the process: every handler runs inside `guarded`.

import type {
  HttpRequest as UwsRequest,
  HttpResponse as UwsResponse,
  TemplatedApp,
  us_listen_socket,
  us_socket_context_t,
} from 'uws-20.69';
import { closeReasons } from '../../shared/wire/message.ts';
import { whyNot } from './cannot-listen.ts';
import { freePort } from './free-port.ts';
import type { Listener, ListenerOptions, SocketHandler } from './listener.ts';
import { uWS } from './uws-binding.ts';
import { UnsentBytes } from './unsent-bytes.ts';
import { Exchange } from './uws-http.ts';
import { UwsSocket } from './uws-socket.ts';

export interface UwsOptions extends ListenerOptions {
  /** A handler broke its promise and threw. */
  readonly failed: (cause: unknown) => void;
  /** A socket with more bytes queued than this is closed with 4430. It is a last guard: who sends should stop when `send` says so. */
  readonly maxBufferedBytes?: number;
  /** Requests come through a proxy, and say behind it where from. */
  readonly trustProxy?: boolean;
  /** Bodies of answers that may wait for clients who take them slowly, in bytes, and those of one address. */
  readonly maxUnsentBytes?: number;
  readonly maxUnsentOfOne?: number;
  /** Told of each message sent on a socket, in bytes, or characters of text. */
  readonly sent?: (size: number) => void;
  /** A connection that is silent for this long, also after a ping, is gone. */
  readonly idleSeconds?: number;
}

/** Messages up to this size are read to be refused with 4413; past it the connection is cut (1006 to the client). */
const MAX_REFUSABLE_BYTES = 1024 * 1024;
const DEFAULT_MAX_BUFFERED_BYTES = 16 * 1024 * 1024;
const MAX_UNSENT_BYTES = 512 * 1024 * 1024;
const MAX_UNSENT_OF_ONE = 64 * 1024 * 1024;
const DEFAULT_IDLE_SECONDS = 60;
const HANDLER_FAILED = 1011;
/** `LIBUS_LISTEN_EXCLUSIVE_PORT`, under a name that its types do not have: a port that is taken is an error. */
const EXCLUSIVE_PORT = 1;
const MAX_TRIES = 5;

interface Connection {
  readonly socket: UwsSocket;
  /** Until it has. */
  accept: ((socket: UwsSocket) => SocketHandler) | null;
  handler: SocketHandler | null;
}

export function createUwsListener(options: UwsOptions): Listener {
  const app = uWS.App();
  let listening: us_listen_socket | null = null;
  const exchanging = {
    failed: options.failed,
    trustProxy: options.trustProxy ?? false,
    unsent: new UnsentBytes(options.maxUnsentBytes ?? MAX_UNSENT_BYTES, options.maxUnsentOfOne ?? MAX_UNSENT_OF_ONE),
  };

  const failed = (connection: Connection, cause: unknown): void => {
    options.failed(cause);
    connection.socket.close(HANDLER_FAILED, 'The server failed to handle a message.');
  };
  const guarded = (connection: Connection, action: () => void): void => {
    try {
      action();
    } catch (cause) {
      failed(connection, cause);
    }
  };

  app.ws<Connection>('/*', {
    compression: uWS.DISABLED,
    maxPayloadLength: Math.max(MAX_REFUSABLE_BYTES, options.maxMessageBytes),
    maxBackpressure: 0,
    idleTimeout: options.idleSeconds ?? DEFAULT_IDLE_SECONDS,
    sendPingsAutomatically: true,
    upgrade: (response, request, context) => upgrade({ ...options, ...exchanging }, response, request, context),
    open(ws) {
      const connection = ws.getUserData();
      connection.socket.opened(ws);
      guarded(connection, () => (connection.handler = connection.accept?.(connection.socket) ?? null));
      connection.accept = null;
    },
    message(ws, data, isBinary) {
      const connection = ws.getUserData();
      if (data.byteLength > options.maxMessageBytes) {
        return connection.socket.close(closeReasons.TooLarge.code, closeReasons.TooLarge.text);
      }
      // As `guarded`, without a closure for each message.
      try {
        connection.handler?.message(new Uint8Array(data), !isBinary);
      } catch (cause) {
        failed(connection, cause);
      }
    },
    // Pongs are sent by themselves, also to a client that reads none.
    ping: (ws) => void ws.getUserData().socket.hasRoom(),
    // Not within this call: a send in it that fills the socket again is never followed by another `drain`.
    drain(ws) {
      const connection = ws.getUserData();
      setImmediate(() => guarded(connection, () => connection.handler?.drain()));
    },
    close(ws, code) {
      const connection = ws.getUserData();
      connection.socket.ended();
      guarded(connection, () => connection.handler?.closed(code));
    },
  });
  app.any('/*', (response, request) => void new Exchange(response, request, exchanging).run(options.http));

  return {
    async listen(host, port) {
      for (let tries = 1; ; tries++) {
        const wanted = port === 0 ? await freePort(host) : port;
        listening = await listenOn(app, host, wanted);
        if (listening) return uWS.us_socket_local_port(listening);
        // Somebody else may have taken the free port meanwhile.
        if (port !== 0 || tries >= MAX_TRIES) throw await whyNot(host, wanted);
      }
    },
    stop() {
      if (listening) uWS.us_listen_socket_close(listening);
      listening = null;
    },
    close() {
      listening = null;
      app.close();
    },
  };
}

/** Not with port 0: on a port that uWebSockets.js picks, no server can follow while old connections fade away. */
const listenOn = (app: TemplatedApp, host: string, port: number): Promise<us_listen_socket | null> =>
  new Promise((resolve) => {
    app.listen(host, port, EXCLUSIVE_PORT, (token) => resolve(token === false ? null : token));
  });

function upgrade(
  options: UwsOptions & { unsent: UnsentBytes },
  response: UwsResponse,
  request: UwsRequest,
  context: us_socket_context_t,
): void {
  const exchange = new Exchange(response, request, options);
  const decision = exchange.decide(options.upgrade);
  if ('refuse' in decision) return void exchange.run(() => decision.refuse);
  const { accept, protocol } = decision;
  const maxBuffered = options.maxBufferedBytes ?? DEFAULT_MAX_BUFFERED_BYTES;
  const sent = options.sent ?? (() => {});
  const socket = new UwsSocket(protocol, exchange.remoteAddress, { maxBuffered, sent });
  const connection: Connection = { socket, accept, handler: null };
  response.upgrade(
    connection,
    request.getHeader('sec-websocket-key'),
    protocol,
    request.getHeader('sec-websocket-extensions'),
    context,
  );
}
