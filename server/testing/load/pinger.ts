import { parentPort, workerData } from 'node:worker_threads';
import type { BoardId } from '../../../shared/ids.ts';
import { packClientMessage, unpackServerMessages } from '../../../shared/wire/codec.ts';
import { PACKED_SUBPROTOCOL } from '../../../shared/wire/message.ts';
import { helloOf } from './join.ts';
import { RawSocket } from './raw-socket.ts';

const { port, board } = workerData as { readonly port: number; readonly board: BoardId };
/** Answers that do not count: both ends are still warming up. */
const WARM = 200;

const socket = await RawSocket.open(port, `/api/boards/${board}/live`, PACKED_SUBPROTOCOL);
let [sentAt, answers, longest] = [0, 0, 0];

function ping(): void {
  sentAt = performance.now();
  socket.send(packClientMessage({ type: 'Ping' }));
}

socket.onFrame = (frame) => {
  for (const message of unpackServerMessages(frame)) {
    if (message.type === 'Joined') ping();
    if (message.type !== 'Pong') continue;
    if (++answers === WARM) parentPort?.postMessage('Ready.');
    if (answers > WARM) longest = Math.max(longest, performance.now() - sentAt);
    setImmediate(ping);
  }
};
socket.send(helloOf('pinger'));
parentPort?.on('message', () => parentPort?.postMessage(Math.max(longest, performance.now() - sentAt)));
