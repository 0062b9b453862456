import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type WebSocket as ServerSocket, WebSocket, WebSocketServer } from 'ws';
import type { BoardId } from '../../shared/ids.ts';
import { PACKED_SUBPROTOCOL } from '../../shared/wire/message.ts';
import { liveUrl, webSocketTransport } from './websocket.ts';

/** Node's errors are events that somebody must hear; a browser's are told by the closing. */
class BrowserSocket extends WebSocket {
  constructor(address: string, protocol: string) {
    super(address, protocol);
    this.on('error', () => {});
  }
}

let server: WebSocketServer;
let url: string;

beforeEach(async () => {
  vi.stubGlobal('WebSocket', BrowserSocket);
  server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  vi.unstubAllGlobals();
  for (const client of server.clients) client.terminate();
  server.close();
});

/** All that is heard of a socket, in order. */
function openSocket() {
  const socket = webSocketTransport(url).open();
  const heard: unknown[] = [];
  socket.opened$.subscribe(() => heard.push('opened'));
  socket.message$.subscribe((frame) => heard.push([...frame]));
  socket.closed$.subscribe(({ code }) => heard.push(code));
  const hears = (what: readonly unknown[]) => vi.waitFor(() => expect(heard).toEqual(what), { timeout: 60_000 });
  return { socket, heard, hears };
}

const accepted = async (): Promise<ServerSocket> => ((await once(server, 'connection')) as [ServerSocket])[0];

test('a board is live on the server that the page came from', () => {
  const board = 'WebSocketBoard01' as BoardId;
  expect(liveUrl({ protocol: 'https:', host: 'draw.example' }, board)).toBe(
    'wss://draw.example/api/boards/WebSocketBoard01/live',
  );
  expect(liveUrl({ protocol: 'http:', host: 'localhost:8787' }, board)).toMatch(/^ws:\/\/localhost:8787\//);
});

test('[C16] frames go both ways as bytes, and the close code is heard last', async () => {
  const { socket, hears } = openSocket();
  const peer = await accepted();
  expect(peer.protocol).toBe(PACKED_SUBPROTOCOL);
  await hears(['opened']);
  socket.send(Uint8Array.of(0, 1, 2, 3).subarray(1, 3));
  const [data, isBinary] = (await once(peer, 'message')) as [Buffer, boolean];
  expect([[...data], isBinary]).toEqual([[1, 2], true]);
  peer.send(Uint8Array.of(7));
  peer.send('text is nothing that this page understands');
  peer.close(4503);
  await hears(['opened', [7], 4503]);
  socket.send(Uint8Array.of(1));
  expect(socket.buffered).toBeGreaterThanOrEqual(0);
});

test('[C15] a socket that was closed here is heard of no more', async () => {
  const { socket, heard, hears } = openSocket();
  const peer = await accepted();
  await hears(['opened']);
  peer.send(Uint8Array.of(1));
  socket.close();
  expect(heard).toEqual(['opened', 1006]);
  await once(peer, 'close');
  expect(heard).toEqual(['opened', 1006]);
});

test('[C14] a server that is not there closes the socket', async () => {
  server.close();
  const { hears } = openSocket();
  await hears([1006]);
});
