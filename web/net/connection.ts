import {
  catchError,
  defer,
  filter,
  finalize,
  ignoreElements,
  map,
  merge,
  type Observable,
  of,
  race,
  retry,
  share,
  Subject,
  switchMap,
  take,
  takeUntil,
  takeWhile,
  tap,
  throwError,
  timer,
} from 'rxjs';
import type { Millis } from '../../shared/ids.ts';
import { packClientMessage, unpackServerMessages } from '../../shared/wire/codec.ts';
import {
  type ClientMessage,
  type CloseReason,
  closeReasonOf,
  closeReasons,
  type Hello,
  type ServerMessage,
} from '../../shared/wire/message.ts';
import { WireError } from '../../shared/wire/wire-error.ts';
import { backoff } from './backoff.ts';
import { silence } from './liveness.ts';
import { framesOf } from './outflow.ts';
import type { Socket, Transport } from './transport.ts';

/** How long a socket may take to open, and the server to answer a Hello, in ms. */
const OPEN_WITHIN = 10_000;
const JOIN_WITHIN = 10_000;
/** How long the board may stand still before it is all here, in ms. */
const CATCH_UP_WITHIN = 20_000;
/** A connection that was live for so long makes up for the failures before it, in ms. */
const STABLE_AFTER = 5000;

/** Failures in a row after which a replica that is replaced gives way. */
const REPLACED_AT_MOST = 3;

/** A socket as whoever speaks over it sees it. Calls do nothing once it is lost. */
export interface Link {
  readonly buffered: number;
  send(messages: readonly ClientMessage[]): void;
  /** Says that the board is all here. */
  caughtUp(): void;
  /** Says that this connection is of no use any more: another will be opened. */
  drop(why: string): void;
}

export type ConnectionEvent =
  /** Hello was said. */
  | { readonly type: 'Opened'; readonly link: Link }
  /** One frame; the first one begins with `Joined`. */
  | { readonly type: 'Received'; readonly messages: readonly ServerMessage[] }
  | { readonly type: 'Lost'; readonly retryAt: Millis; readonly why: string }
  /** For good: coming back as before cannot help. */
  | { readonly type: 'Failed'; readonly reason: CloseReason };

export interface ConnectionOptions {
  readonly transport: Transport;
  readonly hello: () => Hello;
  /** The network came back, the page came into sight: there is no reason to wait any longer. */
  readonly wake$: Observable<unknown>;
  /** From 0 up to 1. */
  readonly random: () => number;
}

/** Why one connection ended. */
class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
  readonly reason: CloseReason | null;
  constructor(why: string, reason: CloseReason | null = null) {
    super(why);
    this.reason = reason;
  }
}

/**
 * Connections to a board, one after another, for as long as this is subscribed to. Each socket is a subscription of its
 * own that ends before the next is opened, so nothing late of an old one is ever heard.
 */
export const connection = (options: ConnectionOptions): Observable<ConnectionEvent> =>
  defer(() => {
    let attempt = 0;
    const lost$ = new Subject<ConnectionEvent>();
    const waitForNext = (error: unknown): Observable<unknown> => {
      if (!(error instanceof ConnectionLost) || isFinal(error.reason, attempt)) return throwError(() => error);
      const wait = backoff(attempt++, options.random());
      lost$.next({ type: 'Lost', retryAt: Date.now() + wait, why: error.message });
      return race(timer(wait), options.wake$).pipe(take(1));
    };
    const connections$ = session(options, () => (attempt = 0)).pipe(
      retry({ delay: waitForNext }),
      catchError((error: unknown) =>
        error instanceof ConnectionLost && error.reason
          ? of<ConnectionEvent>({ type: 'Failed', reason: error.reason })
          : throwError(() => error),
      ),
    );
    return merge(lost$, connections$).pipe(takeWhile(({ type }) => type !== 'Failed', true));
  });

/** One socket from its opening to its loss, which is an error. */
const session = ({ transport, hello, wake$ }: ConnectionOptions, stable: () => void): Observable<ConnectionEvent> =>
  defer(() => {
    const socket = transport.open();
    const caughtUp$ = new Subject<void>();
    const dropped$ = new Subject<string>();
    const link: Link = {
      get buffered() {
        return socket.buffered;
      },
      send: (messages) => framesOf(messages.map(packClientMessage)).forEach((frame) => socket.send(frame)),
      caughtUp: () => caughtUp$.next(),
      drop: (why) => dropped$.next(why),
    };
    const received$ = socket.message$.pipe(map(unpacked), share());
    const opened$ = socket.opened$.pipe(
      tap(() => link.send([hello()])),
      map((): ConnectionEvent => ({ type: 'Opened', link })),
    );
    const lost$ = merge(
      socket.closed$.pipe(map(({ code }) => new ConnectionLost(`The socket closed: ${code}.`, closeReasonOf(code)))),
      merge(
        dropped$,
        overdue(socket, received$, caughtUp$),
        silence(received$, wake$, () => link.send([{ type: 'Ping' }])).pipe(map(() => 'The server went silent.')),
      ).pipe(map((why) => new ConnectionLost(why))),
    ).pipe(switchMap((lost) => throwError(() => lost)));
    const stable$ = caughtUp$.pipe(
      switchMap(() => timer(STABLE_AFTER)),
      tap(stable),
      ignoreElements(),
    );
    return merge(opened$, received$.pipe(map(receivedEvent)), lost$, stable$).pipe(finalize(() => socket.close()));
  });

const receivedEvent = (messages: readonly ServerMessage[]): ConnectionEvent => ({ type: 'Received', messages });

/** Says so when one of the steps until the board is here takes too long. */
function overdue(
  socket: Socket,
  received$: Observable<readonly ServerMessage[]>,
  caughtUp$: Observable<void>,
): Observable<string> {
  const late = (ms: number, why: string): Observable<string> => timer(ms).pipe(map(() => why));
  return merge(
    late(OPEN_WITHIN, 'The socket took too long to open.').pipe(takeUntil(socket.opened$)),
    socket.opened$.pipe(
      switchMap(() => late(JOIN_WITHIN, 'The server took too long to answer.')),
      takeUntil(received$),
    ),
    received$.pipe(
      filter((messages) => messages.some(({ type }) => boardTypes.has(type))),
      switchMap(() => late(CATCH_UP_WITHIN, 'The board took too long to load.')),
      takeUntil(caughtUp$),
    ),
  );
}

const boardTypes: ReadonlySet<ServerMessage['type']> = new Set(['Joined', 'SnapshotBegan', 'SnapshotPart', 'Commit']);

/** A server whose messages cannot be read is of another version than this page. */
function unpacked(frame: Uint8Array): readonly ServerMessage[] {
  try {
    return unpackServerMessages(frame);
  } catch (error) {
    if (error instanceof WireError) throw new ConnectionLost(error.message, 'OutdatedProtocol');
    throw error;
  }
}

/**
 * Whether coming back cannot help. To be replaced may be the doing of an old socket of this very page, whose Hello a
 * bad network held up until now; who is replaced again and again has met another page with the same slot.
 */
const isFinal = (reason: CloseReason | null, attempt: number): boolean =>
  reason === 'Replaced' ? attempt >= REPLACED_AT_MOST : reason !== null && !closeReasons[reason].retry;
