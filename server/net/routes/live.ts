import type { BoardId } from '../../../shared/ids.ts';
import { isSubprotocol, JSON_SUBPROTOCOL, PACKED_SUBPROTOCOL } from '../../../shared/wire/message.ts';
import type { Metrics } from '../../metrics.ts';
import { type Refusal, isRefusal, refusalResponse, refuse } from '../answer.ts';
import type { HttpRequest, Socket, SocketHandler, UpgradeHandler } from '../listener.ts';
import { type Route, commonHeaders } from '../router.ts';
import { AddressCount } from './address-limit.ts';
import { boardIdIn, noSuchBoard } from './board-access.ts';

/** The same path for who asks in plain HTTP. */
export const liveWithoutUpgrade: Route = {
  method: 'GET',
  path: '/api/boards/:board/live',
  handle: () =>
    refuse(426, 'UpgradeRequired', 'This is a WebSocket: see the "live" link of a board.', { upgrade: 'websocket' }),
};

const PATH = /^\/api\/boards\/(?<board>[^/]+)\/live$/;
const subprotocols: readonly string[] = [PACKED_SUBPROTOCOL, JSON_SUBPROTOCOL];

interface Options {
  /** Takes a socket that speaks one of the subprotocols, or another version of one. */
  readonly connect: (socket: Socket, board: BoardId) => SocketHandler;
  readonly origins: readonly string[];
  readonly connectionsPerAddress: number;
  readonly metrics: Metrics;
}

type Upgrade = Parameters<UpgradeHandler>[0];

/** Decides who may open a board's socket. What they may do there is decided after their Hello. */
export function liveUpgrade(options: Options): UpgradeHandler {
  const { metrics } = options;
  const counts = new AddressCount(options.connectionsPerAddress);
  const counted = { counts, metrics };
  return (request) => {
    const address = request.remoteAddress;
    const checked = check(request, options, counts.hasRoom(address));
    if (isRefusal(checked)) {
      metrics.refused(checked.refusal.code);
      const response = refusalResponse(checked);
      return { refuse: { ...response, headers: { ...commonHeaders, ...response.headers } } };
    }
    const { board, protocol } = checked;
    return {
      protocol,
      accept(socket) {
        counts.add(address);
        metrics.opened();
        return new CountedSocket(options.connect(socket, board), address, counted);
      },
    };
  };
}

interface Counted {
  readonly counts: AddressCount;
  readonly metrics: Metrics;
}

/** Counts the end of what it hands on. A class, for each closure in its place takes as much memory as all of it. */
class CountedSocket implements SocketHandler {
  readonly #handler: SocketHandler;
  readonly #address: string;
  readonly #counted: Counted;

  constructor(handler: SocketHandler, address: string, counted: Counted) {
    this.#handler = handler;
    this.#address = address;
    this.#counted = counted;
  }

  message(data: Uint8Array, isText: boolean): void {
    this.#handler.message(data, isText);
  }

  drain(): void {
    this.#handler.drain();
  }

  closed(code: number): void {
    this.#counted.counts.remove(this.#address);
    this.#counted.metrics.ended(code);
    this.#handler.closed(code);
  }
}

function check(request: Upgrade, options: Options, hasRoom: boolean): Refusal | { board: BoardId; protocol: string } {
  const groups = PATH.exec(request.path)?.groups;
  if (!groups) return refuse(404, 'NoSuchPath', 'Sockets are at /api/boards/ID/live.');
  const board = boardIdIn(groups);
  if (!board) return noSuchBoard;
  if (!isAllowedOrigin(request, options.origins)) {
    return refuse(403, 'WrongOrigin', 'Pages of this origin may not join boards here.');
  }
  const offered = request
    .header('sec-websocket-protocol')
    .split(',')
    .map((name) => name.trim());
  // A page learns from a close code that it is of another version: of a refused upgrade it is told nothing.
  const protocol = offered.find((name) => subprotocols.includes(name)) ?? offered.find(isSubprotocol);
  if (protocol === undefined) {
    return refuse(400, 'WrongSubprotocol', `Offer the subprotocol ${subprotocols.join(' or ')}.`);
  }
  if (!hasRoom) {
    const message = `One address may have ${options.connectionsPerAddress} connections.`;
    return refuse(429, 'TooManyConnections', message, { 'retry-after': '10' });
  }
  return { board, protocol };
}

/** A browser says which page asks. Programs say nothing, and hold no one's cookies. */
function isAllowedOrigin({ header }: Pick<HttpRequest, 'header'>, origins: readonly string[]): boolean {
  const origin = header('origin');
  if (origin === '' || origins.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === header('host').toLowerCase();
}
