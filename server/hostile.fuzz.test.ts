// A running server and clients that mean it ill, or speak nonsense: over real sockets.

import { type Socket as TcpSocket, connect } from 'node:net';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Command } from '../shared/command.ts';
import { pick, seededRandom, wholeBetween } from '../shared/testing/random.ts';
import { samplesAt, startStroke } from '../shared/testing/peers.ts';
import { packClientMessage } from '../shared/wire/codec.ts';
import { type ClientMessage, JSON_SUBPROTOCOL, PACKED_SUBPROTOCOL, closeReasons } from '../shared/wire/message.ts';
import { get, makeBoard, startTestServer } from './testing/test-server.ts';

const FRAMES = Number(process.env['RETRACE_FUZZ_FRAMES'] ?? 4000);
const SEED = Number(process.env['RETRACE_FUZZ_SEED'] ?? 20_260_302);
const CONNECTIONS = 8;

const server = await startTestServer({ messagesPerSecond: 1e5, messageBurst: 1e6 });

const hello: ClientMessage = { type: 'Hello', slot: 1, name: 'Ill', color: 'red', after: 0, settled: 0 };
const commands: Command[] = [
  startStroke(1),
  { type: 'ExtendStroke', samples: samplesAt([1, 2], [3, 4]) },
  { type: 'EndStroke' },
  { type: 'EraseShapes', gesture: 2, shapes: [] },
  { type: 'Undo' },
  { type: 'ChangeAuthor', name: 'Other', color: '#123456' },
  { type: 'RenameBoard', title: 'Spoilt' },
];
const good: readonly Uint8Array[] = [
  hello,
  ...commands.map((command, i): ClientMessage => ({ type: 'Command', number: i + 1, command })),
  { type: 'Pointing', cursor: { x: 1, y: -1 }, past: false } as const,
  { type: 'Ping' } as const,
].map(packClientMessage);

/** Bytes flipped, cut, doubled, put in, or two frames grown together. */
function spoilt(random: () => number): Uint8Array {
  const bytes = [...pick(random, good)];
  const times = wholeBetween(random, 1, 4);
  for (let i = 0; i < times; i++) {
    const at = wholeBetween(random, 0, bytes.length);
    const how = random();
    if (how < 0.5) bytes[at] = wholeBetween(random, 0, 255);
    else if (how < 0.65) bytes.length = at;
    else if (how < 0.8) bytes.splice(at, 0, ...bytes.slice(wholeBetween(random, 0, at)));
    else if (how < 0.9) bytes.splice(at, 0, wholeBetween(random, 0, 255));
    else bytes.push(...pick(random, good));
  }
  return Uint8Array.from(bytes);
}

/** Sends spoilt frames over connection after connection, and notes why each ended. */
async function annoy(path: string, frames: number, random: () => number, ends: Map<number, number>): Promise<void> {
  for (let sent = 0; sent < frames;) {
    const isText = random() < 0.3;
    const socket = new WebSocket(
      `ws://127.0.0.1:${server.port}${path}`,
      isText ? JSON_SUBPROTOCOL : PACKED_SUBPROTOCOL,
    );
    const ended = new Promise<number>((resolve) => socket.on('close', resolve).on('error', () => {}));
    await new Promise((resolve) => socket.on('open', resolve));
    if (isText) socket.send(JSON.stringify(hello));
    else socket.send(packClientMessage(hello));
    await new Promise((resolve) => socket.once('message', resolve));
    for (let i = 0; i < 30 && sent < frames && socket.readyState === WebSocket.OPEN; i++, sent++) {
      socket.send(isText ? Buffer.from(spoilt(random)).toString('latin1') : spoilt(random));
      // The server's answer to a frame comes before the next one, so that frames are read and not only sent.
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    if (socket.readyState === WebSocket.OPEN) socket.close(1000);
    const code = await ended;
    ends.set(code, (ends.get(code) ?? 0) + 1);
  }
}

test(
  `[N23] ${FRAMES} spoilt frames (seed ${SEED}): none becomes an event, none harms the server`,
  async () => {
    const viewed = await makeBoard(server, { access: 'view' });
    const edited = await makeBoard(server);
    const random = seededRandom(SEED);
    const ends = new Map<number, number>();
    const before = process.memoryUsage().rss;
    await Promise.all(
      Array.from({ length: CONNECTIONS }, (_, i) =>
        annoy((i % 2 === 0 ? viewed : edited).links['live']!, FRAMES / CONNECTIONS, random, ends),
      ),
    );
    // Whoever may only look has changed nothing; what anybody may change is still a board that folds and exports.
    expect(await (await get(server, `/api/boards/${viewed.id}`)).json()).toMatchObject({ revision: 1 });
    for (const path of ['events?limit=10000', 'export.json', 'export.svg']) {
      expect((await get(server, `/api/boards/${edited.id}/${path}`)).status).toBe(200);
    }
    expect(server.errors).toEqual([]);
    const expected = new Set([1000, 1005, ...Object.values(closeReasons).map(({ code }) => code)]);
    expect([...ends.keys()].filter((code) => !expected.has(code))).toEqual([]);
    expect(ends.get(closeReasons.Malformed.code) ?? 0).toBeGreaterThan(10);
    // Both ends are in this process: flat is what it has to be, with room for the collector's moods.
    expect((process.memoryUsage().rss - before) / 1e6).toBeLessThan(150);
  },
  120_000 + 5 * FRAMES,
);

const frame = (first: number, payload: Buffer): Buffer => {
  const size = payload.length < 126 ? [payload.length] : [126, payload.length >> 8, payload.length & 255];
  const [length = 0, ...more] = size;
  const head = [first, 0x80 | length, ...more, 0, 0, 0, 0];
  return Buffer.concat([Buffer.from(head), payload]);
};

async function rawSocket(path: string): Promise<TcpSocket> {
  const socket = connect(server.port, '127.0.0.1').on('error', () => {});
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n` +
      `Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: ${JSON_SUBPROTOCOL}\r\n\r\n`,
  );
  await new Promise((resolve) => socket.once('data', resolve));
  return socket.resume();
}

test.each([
  ['a reserved opcode', [frame(0x83, Buffer.from('x'))]],
  ['reserved bits', [frame(0xf1, Buffer.from('{}'))]],
  ['text that is not UTF-8', [frame(0x81, Buffer.from([0xff, 0xfe]))]],
  ['a ping that is too long', [frame(0x89, Buffer.alloc(126))]],
  ['a ping in fragments', [frame(0x09, Buffer.from('x'))]],
  ['a continuation of nothing', [frame(0x80, Buffer.from('x'))]],
  [
    'fragments without end',
    Array.from({ length: 2000 }, (_, i) => frame(i === 0 ? 0x01 : 0x00, Buffer.alloc(1000, 'x'))),
  ],
  ['a length of 2^63', [Buffer.from([0x82, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4])]],
])('[N23] on the wire, %s ends the connection and nobody else’s', async (_what, frames) => {
  const { links } = await makeBoard(server);
  const other = new WebSocket(`ws://127.0.0.1:${server.port}${links['live']}`, JSON_SUBPROTOCOL);
  await new Promise((resolve) => other.on('open', resolve));
  const socket = await rawSocket(links['live']!);
  const ended = new Promise((resolve) => socket.on('close', resolve));
  for (const bytes of frames) socket.write(bytes);
  await ended;
  const answer = new Promise((resolve) => other.once('message', (data) => resolve(JSON.parse(String(data)))));
  other.send(JSON.stringify(hello));
  expect(await answer).toMatchObject({ type: 'Joined' });
  expect(server.errors).toEqual([]);
  other.terminate();
});
