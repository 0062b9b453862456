import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { emptyBoard, fold } from '../shared/board.ts';
import type { RecordedEvent } from '../shared/event.ts';
import { seededRandom, wholeBetween } from '../shared/testing/random.ts';
import { unpackCommits } from '../shared/wire/codec.ts';
import { verifyLog } from './log/verify-log.ts';
import { ChildServer } from './testing/load/child-server.ts';
import { type BotsAnswer, type BotsRequest, digestOf } from './testing/load/drawing-bots.ts';
import { newBoard } from './testing/load/rooms.ts';

const KILLS = Number(process.env['RETRACE_FUZZ_KILLS'] ?? 3);
const DRAWERS = Number(process.env['RETRACE_FUZZ_DRAWERS'] ?? 8);
/** Who draw in one process: each of them folds what all the others do. */
const DRAWERS_PER_PROCESS = 10;
/** For all to come back after a start, in ms, before the next kill. */
const CALM = 700;

const bots = new URL('./testing/load/drawing-bots.ts', import.meta.url).pathname;

function startBots(address: string, first: number, count: number): ChildProcess {
  const args = ['--import', './server/launch/typescript.mjs', bots, address, `${first}`, `${count}`];
  return spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

const answerOf = async <Answer extends BotsAnswer>(child: ChildProcess): Promise<Answer> =>
  ((await once(child, 'message')) as [Answer])[0];

function ask<Answer extends BotsAnswer>(child: ChildProcess, request: BotsRequest): Promise<Answer> {
  child.send(request);
  return answerOf<Answer>(child);
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
  async ({ annotate }) => {
    const folder = await mkdtemp(join(tmpdir(), 'retrace-killed-'));
    const random = seededRandom(1);
    let server = await ChildServer.retrace({}, folder);
    const board = await newBoard(server);
    const address = `ws://127.0.0.1:${server.port}/api/boards/${board}/live`;
    const processes = Array.from({ length: Math.ceil(DRAWERS / DRAWERS_PER_PROCESS) }, (_, i) => {
      const first = i * DRAWERS_PER_PROCESS;
      return startBots(address, first, Math.min(DRAWERS_PER_PROCESS, DRAWERS - first));
    });
    try {
      await Promise.all(processes.map((child) => answerOf(child)));
      const starts: number[] = [];
      for (let kill = 0; kill < KILLS; kill++) {
        await pause(wholeBetween(random, 50, 500));
        await server.kill('SIGKILL');
        const answers = processes.map((child) => ask<{ confirmed: number }>(child, { ask: 'confirmed' }));
        const confirmed = Math.max(...(await Promise.all(answers)).map((answer) => answer.confirmed));
        const began = performance.now();
        server = await ChildServer.retrace({ PORT: String(server.port) }, folder);
        const response = await fetch(`http://127.0.0.1:${server.port}/api/boards/${board}`);
        const { revision } = (await response.json()) as { revision: number };
        starts.push(performance.now() - began);
        expect(revision).toBeGreaterThanOrEqual(confirmed);
        await pause(CALM);
      }
      type Stopped = { strokes: number; rejections: number };
      const stopped = await Promise.all(processes.map((child) => ask<Stopped>(child, { ask: 'stop' })));
      const events = await eventsOf(server, board);
      expect(events.map((event) => event.revision)).toEqual(events.map((_, i) => i + 1));
      const log = fold(emptyBoard, events);
      expect(log.shapes.size).toBe(stopped.reduce((sum, { strokes }) => sum + strokes, 0));
      expect(stopped.every(({ rejections }) => rejections === 0)).toBe(true);
      const boards = processes.map((child) => ask<{ boards: string[] }>(child, { ask: 'boards', at: log.revision }));
      const digests = (await Promise.all(boards)).flatMap((answer) => answer.boards);
      expect(new Set(digests)).toEqual(new Set([digestOf(log)]));
      await annotate(
        `${events.length} events, ${log.shapes.size} strokes; from start to answer ` +
          `${Math.min(...starts).toFixed(0)} to ${Math.max(...starts).toFixed(0)} ms`,
      );
    } finally {
      for (const child of processes) child.kill('SIGKILL');
      await server.stop();
    }
    expect(verifyLog({ dataFolder: folder, boards: [], heads: {} }).boards.map(({ misfit }) => misfit)).toEqual([null]);
    await rm(folder, { recursive: true });
  },
  120_000 + KILLS * 20_000,
);
