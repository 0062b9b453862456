import { Subject } from 'rxjs';
import type { BoardId } from '../../shared/ids.ts';
import { PACKED_SUBPROTOCOL } from '../../shared/wire/message.ts';
import type { Socket, SocketClosed, Transport } from './transport.ts';

/** What ends a connection that the page has done with. */
const NORMAL_CLOSURE = 1000;
const BROKEN = 1006;

/** Where a board is live, on the server that the page came from. */
export function liveUrl(page: Pick<Location, 'protocol' | 'host'>, board: BoardId): string {
  return `${page.protocol === 'https:' ? 'wss:' : 'ws:'}//${page.host}/api/boards/${board}/live`;
}

export const webSocketTransport = (url: string): Transport => ({ open: () => openSocket(url) });

function openSocket(url: string): Socket {
  const opened$ = new Subject<void>();
  const message$ = new Subject<Uint8Array>();
  const closed$ = new Subject<SocketClosed>();
  const end = (code: number): void => {
    closed$.next({ code });
    for (const stream of [opened$, message$, closed$]) stream.complete();
  };

  const socket = new WebSocket(url, PACKED_SUBPROTOCOL);
  socket.binaryType = 'arraybuffer';
  socket.onopen = () => opened$.next();
  socket.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (data instanceof ArrayBuffer) message$.next(new Uint8Array(data));
  };
  socket.onclose = ({ code }) => end(code);

  return {
    opened$,
    message$,
    closed$,
    get buffered() {
      return socket.bufferedAmount;
    },
    send(frame) {
      // Bytes of a larger buffer are sent as they are; a shared buffer cannot be, and none is.
      if (socket.readyState === WebSocket.OPEN) socket.send(frame as Uint8Array<ArrayBuffer>);
    },
    close() {
      // A socket without a network can take a minute to close: nobody waits for it, and it is heard of no more.
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close(NORMAL_CLOSURE);
      end(BROKEN);
    },
  };
}
