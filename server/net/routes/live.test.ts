import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { closeReasons } from '../../../shared/wire/message.ts';
import { get, keyIn, makeBoard, refusalOf, startTestServer } from '../../testing/test-server.ts';

const server = await startTestServer({
  origins: ['https://pages.example'],
  trustProxy: true,
  connectionsPerAddress: 2,
});
const board = await makeBoard(server);
const live = `ws://127.0.0.1:${server.port}/api/boards/${board.id}/live`;
const json = ['retrace.json.v1'];

interface Attempt {
  readonly open?: WebSocket;
  readonly refused?: [status: number, code: string];
}

/** Opens a socket; where that is refused, with which status and code. */
function attempt(address = live, protocols: string[] = json, headers: Record<string, string> = {}): Promise<Attempt> {
  return new Promise((resolve) => {
    const socket = new WebSocket(address, protocols, { headers });
    socket.on('open', () => resolve({ open: socket }));
    socket.on('error', () => {});
    socket.on('unexpected-response', (_request, response) => {
      let body = '';
      response.on('data', (chunk) => (body += chunk));
      response.on('end', () => resolve({ refused: [response.statusCode ?? 0, JSON.parse(body).error.code] }));
    });
  });
}

const closing = (socket: WebSocket | undefined): Promise<[number, string]> =>
  new Promise((resolve) => socket?.on('close', (code, reason) => resolve([code, String(reason)])));

test.each([
  ['no origin', {}, undefined],
  ['its own', { origin: `http://127.0.0.1:${server.port}` }, undefined],
  ['an allowed one', { origin: 'https://pages.example' }, undefined],
  ['a foreign one', { origin: 'https://evil.example' }, 'WrongOrigin'],
  ['null', { origin: 'null' }, 'WrongOrigin'],
  ['another port', { origin: 'http://127.0.0.1:1' }, 'WrongOrigin'],
  ['a longer name', { origin: `http://127.0.0.1:${server.port}.evil.example` }, 'WrongOrigin'],
  ['an allowed name under another scheme', { origin: 'http://pages.example' }, 'WrongOrigin'],
  ['a list with its own in it', { origin: `http://127.0.0.1:${server.port}, https://evil.example` }, 'WrongOrigin'],
  ['nonsense', { origin: 'http://' }, 'WrongOrigin'],
])('[N23] origin: %s', async (_what, headers, code) => {
  const { open, refused } = await attempt(live, json, headers as Record<string, string>);
  expect(refused).toEqual(code && [403, code]);
  expect(open?.protocol).toBe(code ? undefined : 'retrace.json.v1');
  open?.terminate();
});

test('[N23] the first subprotocol that is known is spoken; without one it is 400', async () => {
  const { open } = await attempt(live, ['retrace.msgpack.v9', 'retrace.msgpack.v1', 'retrace.json.v1']);
  expect(open?.protocol).toBe('retrace.msgpack.v1');
  open?.terminate();
  expect(await attempt(live, [])).toEqual({ refused: [400, 'WrongSubprotocol'] });
  expect(await attempt(live, ['retrace.msgpack.two', 'mqtt'])).toEqual({ refused: [400, 'WrongSubprotocol'] });
});

test('[N23] what is no board id, and any other path, is 404 before it is a socket', async () => {
  const at = (path: string): string => `ws://127.0.0.1:${server.port}${path}`;
  expect(await attempt(at('/api/boards/short/live'))).toEqual({ refused: [404, 'NoSuchBoard'] });
  expect(await attempt(at('/api/boards/..%2f..%2f/live'))).toEqual({ refused: [404, 'NoSuchBoard'] });
  expect(await attempt(at('/'))).toEqual({ refused: [404, 'NoSuchPath'] });
  expect(await attempt(at(`/api/boards/${board.id}`))).toEqual({ refused: [404, 'NoSuchPath'] });
});

test('[N23] asked for in plain HTTP, it says what it is', async () => {
  const response = await get(server, `/api/boards/${board.id}/live`);
  expect(response.headers.get('upgrade')).toBe('websocket');
  expect(await refusalOf(response)).toEqual([426, 'UpgradeRequired']);
});

test('[N23] one address has only so many sockets; one that closes makes room', async () => {
  const from = (address: string) => attempt(live, json, { 'x-forwarded-for': address });
  const [first, second] = [await from('192.0.2.7'), await from('192.0.2.7')];
  expect([first.open, second.open].every(Boolean)).toBe(true);
  expect(await from('192.0.2.7')).toEqual({ refused: [429, 'TooManyConnections'] });
  expect((await from('192.0.2.8')).open).toBeDefined();
  const closed = closing(first.open);
  first.open?.close();
  await closed;
  const third = await from('192.0.2.7');
  expect(third.open).toBeDefined();
});

const hello = { type: 'Hello', slot: 1, name: 'Ada', color: 'blue', after: 0, settled: 0 };

test.each([
  ['no JSON', '{', 'Malformed'],
  ['an unknown type', '{"type":"Shout"}', 'Malformed'],
  ['another message than Hello', '{"type":"Ping"}', 'Malformed'],
  ['a Hello with something missing', '{"type":"Hello","slot":1}', 'Malformed'],
  ['a binary frame', Buffer.from(JSON.stringify(hello)), 'Malformed'],
  ['an empty frame', '', 'Malformed'],
  ['a frame past the limit', `"${'x'.repeat(65_536)}"`, 'TooLarge'],
] as const)('[N23] over a real socket, %s ends it with its reason', async (_what, frame, reason) => {
  const { open } = await attempt();
  const closed = closing(open);
  open?.send(frame);
  const [code] = await closed;
  expect(code).toBe(closeReasons[reason].code);
});

test('[N23] a frame far past the limit is cut off', async () => {
  const { open } = await attempt();
  const closed = closing(open);
  open?.send(Buffer.alloc(8_000_000));
  expect((await closed)[0]).toBe(1006);
});

test('[N23] a board that was never made, and one that the key does not open, end it after Hello', async () => {
  const other = await attempt(live.replace(board.id, 'AAAAAAAAAAAAAAAA'));
  const noBoard = closing(other.open);
  other.open?.send(JSON.stringify(hello));
  expect(await noBoard).toEqual([4404, expect.stringContaining('NoSuchBoard')]);

  const secret = await makeBoard(server, { access: 'private' });
  for (const [key, code] of [
    ['a-key-of-another-board', 4403],
    [keyIn(secret.links['view']), 0],
  ] as const) {
    // prettier-ignore
    const { open } = await attempt(live.replace(board.id, secret.id));
    const closed = closing(open);
    const joined = new Promise((resolve) => open?.once('message', (data) => resolve(JSON.parse(String(data)))));
    open?.send(JSON.stringify({ ...hello, key }));
    if (code === 0) expect(await joined).toMatchObject({ type: 'Joined', role: 'viewer' });
    else expect((await closed)[0]).toBe(code);
    open?.terminate();
  }
});

test('[N23] a handshake that is none is answered and harms nobody', async () => {
  for (const lines of [
    'GET /api/boards/AAAAAAAAAAAAAAAA/live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n\r\n',
    'GET / HTTP/1.1\r\n\r\n',
    `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
  ]) {
    const socket = connect(server.port, '127.0.0.1');
    socket.write(lines);
    const answer = await new Promise<string>((resolve) => {
      socket.once('data', (data) => resolve(String(data))).once('close', () => resolve('closed'));
      socket.on('error', () => {});
    });
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d|^closed$/);
    socket.destroy();
  }
  expect((await get(server, '/healthz')).status).toBe(200);
});

test('[N15] refusals and closes are counted by their reason', async () => {
  const text = await (await get(server, '/metrics')).text();
  expect(text).toMatch(/retrace_http_refusals_total\{code="WrongOrigin"\} [1-9]/);
  expect(text).toMatch(/retrace_http_refusals_total\{code="TooManyConnections"\} 1/);
  expect(text).toMatch(/retrace_closes_total\{reason="Malformed"\} [1-9]/);
  expect(server.errors).toEqual([]);
});
