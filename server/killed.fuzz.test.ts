import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyBoard, fold } from '../shared/board.ts';
import type { RecordedEvent } from '../shared/event.ts';
import { packSamples, NIB_AT_ORIGIN } from '../shared/samples.ts';
import { seededRandom, wholeBetween } from '../shared/testing/random.ts';
import { boardDifference } from '../shared/testing/same-board.ts';
import { startStroke } from '../shared/testing/peers.ts';
import { unpackCommits } from '../shared/wire/codec.ts';
import { BoardClient } from './cli/board-client.ts';
import { ChildServer } from './testing/load/child-server.ts';
import { newBoard } from './testing/load/rooms.ts';

const KILLS = Number(process.env['RETRACE_FUZZ_KILLS'] ?? 3);
const DRAWERS = Number(process.env['RETRACE_FUZZ_DRAWERS'] ?? 8);

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const bit = packSamples([{ x: 2, y: 1, pressure: 0, dt: 8 }], 3, NIB_AT_ORIGIN).samples;

/** Draws strokes until it is told to stop; says how many it drew. */
async function drawUntil(stopped: AbortSignal, client: BoardClient, random: () => number): Promise<number> {
  let strokes = 0;
  while (!stopped.aborted) {
    client.do(startStroke(client.nextStroke()));
    strokes++;
    for (let i = wholeBetween(random, 1, 8); i > 0; i--) {
      await pause(16);
      client.do({ type: 'ExtendStroke', samples: bit });
    }
    client.do({ type: 'EndStroke' });
  }
  return strokes;
}

async function eventsOf(server: ChildServer, board: string): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  let after: string | null = '0';
  while (after !== null) {
    const url = `http://127.0.0.1:${server.port}/api/boards/${board}/events?after=${after}&limit=5000`;
    const response: Response = await fetch(url, { headers: { accept: 'application/msgpack' } });
    const page = unpackCommits(new Uint8Array(await response.arrayBuffer())).flatMap((commit) => commit.events);
    events.push(...page.filter((event) => event.revision > events.length));
    after = response.headers.get('retrace-next');
  }
  return events;
}

test(
  `[P1] [P2] [P3] [P4] ${KILLS} kills while ${DRAWERS} draw: nothing confirmed is lost, nothing is there twice`,
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'retrace-killed-'));
    const random = seededRandom(1);
    let server = await ChildServer.retrace({}, folder);
    const board = await newBoard(server);
    const address = `ws://127.0.0.1:${server.port}/api/boards/${board}/live`;
    const clients = Array.from({ length: DRAWERS }, (_, i) => {
      return new BoardClient({ address, secret: `secret-of-drawer-${i}`, name: `Drawer ${i}`, color: 'blue' });
    });
    await Promise.all(clients.map((client) => client.connect()));
    const stopped = new AbortController();
    const hands = clients.map((client) => drawUntil(stopped.signal, client, random));
    for (let kill = 0; kill < KILLS; kill++) {
      await pause(wholeBetween(random, 50, 500));
      await server.kill('SIGKILL');
      const confirmed = Math.max(...clients.map((client) => client.confirmed.revision));
      server = await ChildServer.retrace({ PORT: String(server.port) }, folder);
      const response = await fetch(`http://127.0.0.1:${server.port}/api/boards/${board}`);
      const { revision } = (await response.json()) as { revision: number };
      expect(revision).toBeGreaterThanOrEqual(confirmed);
      await pause(700);
    }
    stopped.abort();
    const strokes = (await Promise.all(hands)).reduce((sum, count) => sum + count, 0);
    await Promise.all(clients.map((client) => client.settled()));

    const events = await eventsOf(server, board);
    expect(events.map((event) => event.revision)).toEqual(events.map((_, i) => i + 1));
    const log = fold(emptyBoard, events);
    expect(log.shapes.size).toBe(strokes);
    for (let waited = 0; waited < 100 && clients.some((one) => one.confirmed.revision < log.revision); waited++)
      await pause(50);
    for (const client of clients) {
      expect(boardDifference(client.confirmed, log)).toBe(null);
      expect(client.rejections).toEqual([]);
      client.close();
    }
    await server.stop();
    await rm(folder, { recursive: true });
  },
  60_000 + KILLS * 10_000,
);
