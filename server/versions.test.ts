// A server among clients and events of other versions.

import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { BoardEvent, Commit } from '../shared/event.ts';
import type { BoardId } from '../shared/ids.ts';
import { lastRevision } from '../shared/record.ts';
import { commitOf, joined, samplesAfter, strokeEnded, strokeStarted } from '../shared/testing/commits.ts';
import { generateSession } from '../shared/testing/session-generator.ts';
import { withEvents } from '../shared/testing/newer-events.ts';
import { author, startStroke } from '../shared/testing/peers.ts';
import { packClientMessage, unpackServerMessages } from '../shared/wire/codec.ts';
import { CommitCodec } from '../shared/wire/commit-codec.ts';
import { title } from '../shared/wire/fields.ts';
import { type ClientMessage, closeReasons, PACKED_SUBPROTOCOL, type ServerMessage } from '../shared/wire/message.ts';
import { PROTOCOL_VERSION } from '../shared/wire/version.ts';
import type { EventLog } from './log/event-log.ts';
import { memoryLog } from './log/memory.ts';
import { snapshotMemory } from './projections/snapshot-memory.ts';
import type { SnapshotStore } from './projections/snapshot-store.ts';
import { Boards, type OpenBoard } from './boards.ts';
import { quiet, submitter } from './testing/hosts.ts';
import { get, makeBoard, startTestServer } from './testing/test-server.ts';
import { VirtualTime } from './testing/virtual-time.ts';

const hello: ClientMessage = { type: 'Hello', slot: 1, name: 'Ada', color: 'blue', after: 0, settled: 0 };

describe('[N30] a client of another version', async () => {
  const server = await startTestServer();
  const { id } = await makeBoard(server);

  test.each([
    ['a newer page', `retrace.msgpack.v${PROTOCOL_VERSION + 1}`, packClientMessage(hello)],
    ['an older page', `retrace.msgpack.v${PROTOCOL_VERSION - 1}`, packClientMessage(hello)],
    ['a page that says Hello in another way', 'retrace.msgpack.v70', Uint8Array.of(0xc1, 0, 255)],
    ['a newer program', `retrace.json.v${PROTOCOL_VERSION + 1}`, JSON.stringify(hello)],
  ])('%s is told that it is outdated, which every version understands', async (_who, subprotocol, frame) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/api/boards/${id}/live`, subprotocol);
    const heard: unknown[] = [];
    socket.on('message', (data) => heard.push(data));
    socket.on('open', () => socket.send(frame));
    const closed = await new Promise((resolve, reject) => {
      socket.on('close', (code, reason) => resolve([code, String(reason)]));
      socket.on('error', reject);
    });
    expect(socket.protocol).toBe(subprotocol);
    expect(closed).toEqual([
      4426,
      `OutdatedProtocol: This server speaks version ${PROTOCOL_VERSION}. Reload the page.`,
    ]);
    expect(heard).toEqual([]);
    expect(closeReasons.OutdatedProtocol.retry).toBe(false);
  });

  test('is counted, and who offers a version that is spoken as well speaks that one', async () => {
    const metrics = await (await get(server, '/metrics')).text();
    expect(metrics).toMatch(/retrace_closes_total\{reason="OutdatedProtocol"\} 4/);
    const both = [`retrace.msgpack.v${PROTOCOL_VERSION + 1}`, PACKED_SUBPROTOCOL];
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/api/boards/${id}/live`, both);
    await new Promise((resolve) => socket.on('open', resolve));
    expect(socket.protocol).toBe(PACKED_SUBPROTOCOL);
    socket.terminate();
  });
});

const BOARD = 'BoardOfTomorrow1' as BoardId;
const created: BoardEvent = { type: 'BoardCreated', title: 'Tomorrow', access: 'edit' };
const sticker = { type: 'StickerPut', words: 'Hello' } as unknown as BoardEvent;
const newer = new CommitCodec(
  withEvents<{ type: 'StickerPut'; words: string }>({ StickerPut: [1000, { words: title }] }),
);

/** What a newer server recorded before this one took its place. */
const commits: readonly Commit[] = [
  commitOf(0, 5, [0, created]),
  commitOf(1, 6, [1, joined(1)], [1, strokeStarted(1, samplesAfter(0, 8))], [1, strokeEnded]),
  commitOf(4, 7, [1, sticker], [1, strokeStarted(3, samplesAfter(0, 8))], [1, sticker]),
];

async function logOf(commits: readonly Commit[]): Promise<EventLog> {
  const log = memoryLog();
  const packed = commits.map((commit) => {
    const { after, at, events } = commit;
    return { after, last: after + events.length, at, bytes: newer.pack(commit) };
  });
  await log.append(BOARD, 0, packed);
  return log;
}

describe('[S19] [W17] a board with events of a newer version', async () => {
  const log = await logOf(commits);
  const server = await startTestServer({}, { log });
  const board = `/api/boards/${BOARD}`;

  test('is sent to the byte to who reads its history, and said as far as it is known to who reads JSON', async () => {
    const packed = await get(server, `${board}/events`, { accept: 'application/msgpack' });
    expect(Buffer.concat(commits.map((commit) => newer.pack(commit))).equals(await bytesOf(packed))).toBe(true);
    const { events } = (await (await get(server, `${board}/events`)).json()) as { events: { type: string }[] };
    expect(events.map(({ type }) => type).slice(4)).toEqual(['Unknown', 'StrokeStarted', 'Unknown']);
    const drawing = (await (await get(server, `${board}/export.json`)).json()) as { shapes: unknown[] };
    expect(drawing.shapes).toHaveLength(2);
  });

  test('is shown to who joins, who is told that nothing can be saved; what they draw waits with them', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${board}/live`, PACKED_SUBPROTOCOL);
    const heard: ServerMessage[] = [];
    socket.on('message', (data) => heard.push(...unpackServerMessages(new Uint8Array(data as Buffer))));
    await new Promise((resolve) => socket.on('open', resolve));
    socket.send(packClientMessage(hello));
    await expect.poll(() => heard.map(({ type }) => type)).toContain('SnapshotPart');
    expect(heard).toContainEqual({ type: 'LogState', writable: false });
    const began = heard.find((message) => message.type === 'SnapshotBegan');
    expect(began).toMatchObject({ board: { revision: 7, unknownEvents: 2 } });
    socket.send(packClientMessage({ type: 'Command', number: 1, command: startStroke(1) }));
    socket.send(packClientMessage({ type: 'Ping' }));
    await expect.poll(() => heard.map(({ type }) => type)).toContain('Pong');
    expect(heard.map(({ type }) => type)).not.toContain('Commit');
    expect(heard.map(({ type }) => type)).not.toContain('Settled');
    expect(await log.head(BOARD)).toBe(7);
    expect(socket.readyState).toBe(WebSocket.OPEN);
    socket.terminate();
  });

  test('keeps nobody from other boards, and the server from nothing', async () => {
    expect((await get(server, '/readyz')).status).toBe(200);
    const { id } = await makeBoard(server);
    expect((await get(server, `/api/boards/${id}`)).status).toBe(200);
    expect(server.errors).toEqual([]);
  });
});

const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());

/** Opens the board, draws on it and closes it again, whatever that takes. */
async function drawOn(log: EventLog, store: SnapshotStore): Promise<OpenBoard> {
  const time = new VirtualTime();
  const now = (): number => time.now;
  const options = { now, elapsed: now, scheduler: time.scheduler, rest: () => 0, newBoardId: () => BOARD };
  const boards = new Boards(log, { ...options, snapshots: store });
  const open = (await boards.open(BOARD)) as OpenBoard;
  submitter(open.host, author('Ada')).submit(startStroke(1));
  await quiet();
  const closed = boards.close();
  for (let i = 0; i < 10; i++) {
    time.advance(1000);
    await quiet();
  }
  await closed;
  return open;
}

test.each([
  ['all known', [], true],
  ['one not known', [sticker], false],
] as const)('[S19] [J11] a board whose events are %s', async (_, more, known) => {
  const session = generateSession({ seed: 4, authors: 2, events: 1500 });
  const head = lastRevision(session.at(-1) as Commit);
  const log = await logOf([...session, ...more.map((event) => commitOf(head, 2e12, [1, event]))]);
  const before = await log.head(BOARD);
  const store = snapshotMemory();
  const { host } = await drawOn(log, store);
  expect(host.writable).toBe(known);
  expect((await log.head(BOARD)) > before).toBe(known);
  expect((await store.load(BOARD)) !== null).toBe(known);
});
