import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { emptyBoard, fold } from '../shared/board.ts';
import type { BoardId } from '../shared/ids.ts';
import { NIB_AT_ORIGIN, packSamples } from '../shared/samples.ts';
import { startStroke } from '../shared/testing/peers.ts';
import { boardDifference } from '../shared/testing/same-board.ts';
import { packClientMessage, unpackCommits, unpackServerMessages } from '../shared/wire/codec.ts';
import { PACKED_SUBPROTOCOL } from '../shared/wire/message.ts';
import { BoardClient } from './cli/board-client.ts';
import { verifyLog } from './log/verify-log.ts';
import { ChildServer } from './testing/load/child-server.ts';
import { newBoard } from './testing/load/rooms.ts';
import { RawSocket } from './testing/load/raw-socket.ts';

const DISK = '8m';
const PATIENCE = { timeout: 100_000, interval: 50 };

const folder = mkdtempSync(join(tmpdir(), 'retrace-full-'));
const refused = mountRefused();
afterAll(() => {
  if (!refused) execFileSync('umount', ['-l', folder]);
  rmSync(folder, { recursive: true });
});

/** Why there can be no small disk here; null: there is one at `folder`. */
function mountRefused(): string | null {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK}`, 'tmpfs', folder], { stdio: 'pipe' });
    return null;
  } catch (error) {
    return `a small disk needs Linux and root: ${String(error)}`;
  }
}

const samples = packSamples(
  Array.from({ length: 50 }, (_, i) => ({ x: i * 3, y: (i * i) % 91, pressure: 0, dt: 8 })),
  3,
  NIB_AT_ORIGIN,
).samples;

function drawStroke(client: BoardClient): void {
  client.do(startStroke(client.nextStroke()));
  client.do({ type: 'ExtendStroke', samples });
  client.do({ type: 'EndStroke' });
}

/** What the server says of its log to somebody who only watches. */
async function watchLogState(server: ChildServer, board: string): Promise<boolean[]> {
  const states: boolean[] = [];
  const socket = await RawSocket.open(server.port, `/api/boards/${board}/live`, PACKED_SUBPROTOCOL);
  socket.onFrame = (frame) => {
    for (const message of unpackServerMessages(frame)) if (message.type === 'LogState') states.push(message.writable);
  };
  const watcher = { secret: 'secret-of-who-watches', slot: 1, name: 'Watcher', color: 'green' } as const;
  socket.send(packClientMessage({ type: 'Hello', ...watcher, after: 0, settled: 0 }));
  return states;
}

test('[P1] [P2] a full disk: nothing is confirmed that is not kept, all are told, and what waits drains when there is room', async (context) => {
  if (refused) return context.skip(refused);
  const server = await ChildServer.retrace({ RETRACE_LOG_LEVEL: 'silent' }, folder);
  const at = (path: string) => fetch(`http://127.0.0.1:${server.port}${path}`);
  const status = async (path: string): Promise<number> => (await at(path)).status;
  const board = (await newBoard(server)) as BoardId;
  const address = `ws://127.0.0.1:${server.port}/api/boards/${board}/live`;
  const clients = [0, 1, 2].map(
    (i) => new BoardClient({ address, secret: `secret-of-drawer-${i}`, name: `Drawer ${i}`, color: 'blue' }),
  );
  await Promise.all(clients.map((client) => client.connect()));
  const states = await watchLogState(server, board);
  let strokes = 0;
  const drawAll = (): void => {
    for (const client of clients) drawStroke(client);
    strokes += clients.length;
  };
  drawAll();
  await Promise.all(clients.map((client) => client.settled()));
  expect(await status('/readyz')).toBe(200);

  const { bavail, bsize } = statfsSync(folder);
  const ballast = join(folder, 'ballast');
  writeFileSync(ballast, Buffer.alloc((bavail - 8) * bsize));
  await vi.waitFor(() => {
    drawAll();
    expect(states).toEqual([false]);
  }, PATIENCE);
  drawAll();
  expect(await status('/readyz')).toBe(503);
  expect(await status('/healthz')).toBe(200);
  const kept = ((await (await at(`/api/boards/${board}`)).json()) as { revision: number }).revision;
  for (const { confirmed } of clients) expect(confirmed.revision).toBeLessThanOrEqual(kept);
  for (const { confirmed } of clients) expect(confirmed.shapes.size).toBeLessThan(strokes);

  unlinkSync(ballast);
  await Promise.all(clients.map((client) => client.settled()));
  expect(states).toEqual([false, true]);
  await vi.waitFor(async () => expect(await status('/readyz')).toBe(200), PATIENCE);
  const response = await fetch(`http://127.0.0.1:${server.port}/api/boards/${board}/events?limit=10000`, {
    headers: { accept: 'application/msgpack' },
  });
  const events = unpackCommits(new Uint8Array(await response.arrayBuffer())).flatMap((commit) => commit.events);
  expect(events.map(({ revision }) => revision)).toEqual(events.map((_, i) => i + 1));
  const log = fold(emptyBoard, events);
  expect(log.shapes.size).toBe(strokes);
  for (const client of clients) {
    await vi.waitFor(() => expect(boardDifference(client.confirmed, log)).toBe(null), PATIENCE);
    expect(client.rejections).toEqual([]);
    client.close();
  }
  await server.stop();
  expect(verifyLog({ dataFolder: folder, boards: [], heads: {} }).boards.map(({ misfit }) => misfit)).toEqual([null]);
});
