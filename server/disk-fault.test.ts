import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { startStroke } from '../shared/testing/peers.ts';
import { boardDifference } from '../shared/testing/same-board.ts';
import { BoardClient } from './cli/board-client.ts';
import { verifyLog } from './log/verify-log.ts';
import { compileC } from './testing/compile-c.ts';
import { ChildServer } from './testing/load/child-server.ts';
import { newBoard } from './testing/load/rooms.ts';

const PATIENCE = { timeout: 100_000, interval: 20 };
/** How long an fsync is made to take, in ms. */
const SLOW = 50;

const folder = mkdtempSync(join(tmpdir(), 'retrace-fault-'));
afterAll(() => rmSync(folder, { recursive: true }));

const shim = join(folder, 'faulty-disk.so');
const missing = compiled();

/** Why a disk cannot be made to fail here; null: it can. */
function compiled(): string | null {
  if (process.platform !== 'linux') return 'a disk is made to fail by LD_PRELOAD, which is Linux';
  const compiler = compileC('faulty-disk.c', shim, '-shared', '-fPIC', '-ldl');
  return compiler && `a disk is made to fail by a C library, and ${compiler}`;
}

function drawStroke(client: BoardClient): void {
  client.do(startStroke(client.nextStroke()));
  client.do({ type: 'EndStroke' });
}

async function twoOn(server: ChildServer): Promise<[BoardClient, BoardClient]> {
  const board = await newBoard(server);
  const address = `ws://127.0.0.1:${server.port}/api/boards/${board}/live`;
  const [ann, bo] = ['ann', 'bo'].map(
    (name) => new BoardClient({ address, secret: `secret-of-drawer-${name}`, name, color: 'blue' }),
  ) as [BoardClient, BoardClient];
  await Promise.all([ann.connect(), bo.connect()]);
  return [ann, bo];
}

test('[P1] [P10] [L20] an fsync that fails: nothing is confirmed by it, and all that was drawn is in the log in the end', async (context) => {
  if (missing) return context.skip(missing);
  const data = join(folder, 'failing');
  const fail = join(folder, 'fail-once');
  let server = await ChildServer.retrace({ LD_PRELOAD: shim, FAIL_FSYNC: fail, RETRACE_LOG_LEVEL: 'silent' }, data);
  const [ann, bo] = await twoOn(server);
  let strokes = 0;
  for (let fault = 0; fault < 5; fault++) {
    writeFileSync(fail, '');
    await vi.waitFor(() => {
      drawStroke(ann);
      strokes++;
      expect(existsSync(fail)).toBe(false);
    }, PATIENCE);
  }
  // Killed at once, whatever state the writer is in.
  await server.kill('SIGKILL');
  const confirmed = ann.confirmed.revision;
  server = await ChildServer.retrace({ PORT: String(server.port) }, data);
  await ann.settled();
  expect(ann.confirmed.revision).toBeGreaterThanOrEqual(confirmed);
  expect(ann.confirmed.shapes.size).toBe(strokes);
  await vi.waitFor(() => expect(boardDifference(ann.confirmed, bo.confirmed)).toBe(null), PATIENCE);
  expect([...ann.rejections, ...bo.rejections]).toEqual([]);
  for (const client of [ann, bo]) client.close();
  await server.stop();
  expect(verifyLog({ dataFolder: data, boards: [], heads: {} }).boards.map(({ misfit }) => misfit)).toEqual([null]);
});

test(`[L7] [P1] with an fsync of ${SLOW} ms, the event loop answers while a commit waits for the disk`, async (context) => {
  if (missing) return context.skip(missing);
  const data = join(folder, 'slow');
  const server = await ChildServer.retrace({ LD_PRELOAD: shim, SLOW_FSYNC: `${SLOW * 1000}` }, data);
  const [ann, bo] = await twoOn(server);
  const strokes: number[] = [];
  const answers: number[] = [];
  for (let i = 0; i < 10; i++) {
    const drawn = performance.now();
    const before = ann.confirmed.revision;
    drawStroke(ann);
    let answered = 0;
    while (ann.confirmed.revision === before) {
      const asked = performance.now();
      await (await fetch(`http://127.0.0.1:${server.port}/healthz`)).text();
      answers.push(performance.now() - asked);
      answered++;
    }
    strokes.push(performance.now() - drawn);
    // Several, one behind the other, within one commit.
    expect(answered).toBeGreaterThan(1);
    await ann.settled();
  }
  const median = (times: number[]): number => times.sort((a, b) => a - b)[times.length >> 1] ?? Infinity;
  await context.annotate(
    `a stroke ${median(strokes).toFixed(0)} ms; HTTP meanwhile ${median(answers).toFixed(1)} ms, ${answers.length} answers`,
  );
  for (const client of [ann, bo]) client.close();
  await server.stop();
});
