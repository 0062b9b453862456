// One who joins a board, and one who is on the server meanwhile.

import type { BoardId } from '../../../shared/ids.ts';
import { packClientMessage, unpackServerMessages } from '../../../shared/wire/codec.ts';
import { PACKED_SUBPROTOCOL } from '../../../shared/wire/message.ts';
import { startThread } from '../../thread.ts';
import { RawSocket } from './raw-socket.ts';

export interface Joined {
  /** From connecting to the last byte of the board, in ms. */
  readonly ms: number;
  /** Of the frames that make the board. */
  readonly bytes: number;
  readonly revision: number;
}

/** Joins as somebody new, takes the whole board, and leaves. */
export async function joinBoard(port: number, board: BoardId, name: string): Promise<Joined> {
  const began = performance.now();
  const socket = await RawSocket.open(port, `/api/boards/${board}/live`, PACKED_SUBPROTOCOL);
  try {
    return await new Promise<Joined>((resolve, reject) => {
      let [head, revision, parts, bytes] = [Infinity, 0, Infinity, 0];
      socket.onClose = () => reject(new Error('The server closed the connection before the board was there.'));
      socket.onFrame = (frame) => {
        // What a frame is, by its tag: `[tag, …]`.
        const tag = frame[1];
        if (tag !== undefined && tag <= 3) bytes += frame.length;
        if (tag === 3) parts--;
        else if (tag !== undefined && tag <= 2) {
          for (const message of unpackServerMessages(frame)) {
            if (message.type === 'Joined') head = message.head;
            if (message.type === 'SnapshotBegan') [revision, parts] = [message.board.revision, message.parts];
            if (message.type === 'Commit') revision = message.after + message.events.length;
          }
        }
        if (parts <= 0 && revision >= head) resolve({ ms: performance.now() - began, bytes, revision });
      };
      socket.send(helloOf(name));
    });
  } finally {
    socket.onClose = () => {};
    socket.close();
  }
}

export const helloOf = (name: string): Uint8Array =>
  packClientMessage({
    type: 'Hello',
    secret: `secret-of-one-who-joins-${name}`,
    slot: 1,
    name,
    color: 'blue',
    after: 0,
    settled: 0,
  });

/** Takes so many bytes from the bare sender; in ms. */
export async function takeBytes(port: number, bytes: number): Promise<number> {
  const began = performance.now();
  const socket = await RawSocket.open(port, '/', '');
  try {
    return await new Promise((resolve) => {
      let left = bytes;
      socket.onFrame = (frame) => {
        left -= frame.length;
        if (left <= 0) resolve(performance.now() - began);
      };
      const request = new Uint8Array(4);
      new DataView(request.buffer).setUint32(0, bytes);
      socket.send(request);
    });
  } finally {
    socket.close();
  }
}

/**
 * The longest that somebody who pings the server all the time waited for an answer while `work` was done, in ms. They
 * sit on a thread of their own, so that what this thread does does not count.
 */
export async function longestStall(port: number, board: BoardId, work: () => Promise<unknown>): Promise<number> {
  const thread = startThread(new URL('./pinger.ts', import.meta.url), { workerData: { port, board } });
  try {
    const answer = (): Promise<number> =>
      new Promise((resolve, reject) => void thread.once('message', resolve).once('error', reject));
    await answer();
    await work();
    const longest = answer();
    thread.postMessage('How long?');
    return await longest;
  } finally {
    await thread.terminate();
  }
}
