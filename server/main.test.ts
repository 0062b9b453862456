import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';

const root = fileURLToPath(new URL('..', import.meta.url));
let data: string;
const processes: ChildProcess[] = [];

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'retrace-main-'));
});
afterAll(async () => {
  for (const child of processes) child.kill('SIGKILL');
  await rm(data, { recursive: true });
});

interface Program {
  readonly child: ChildProcess;
  /** All that it wrote, when it has ended. */
  readonly ended: Promise<{ code: number | null; out: string; err: string }>;
  /** Its first line. */
  readonly line: Promise<string>;
}

function run(script: string, args: readonly string[] = [], env: Record<string, string> = {}): Program {
  const child = spawn(process.execPath, ['--import', './server/launch/typescript.mjs', script, ...args], {
    cwd: root,
    env: { ...process.env, PORT: '0', RETRACE_DATA: data, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  processes.push(child);
  const said = { out: '', err: '' };
  const line = new Promise<string>((resolve) => {
    child.stdout.on('data', (chunk) => {
      said.out += chunk;
      if (said.out.includes('\n')) resolve(said.out.split('\n')[0] ?? '');
    });
    child.once('exit', () => resolve(said.out));
  });
  child.stderr.on('data', (chunk) => (said.err += chunk));
  const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, ...said })),
  );
  return { child, ended, line };
}

const started = async (program: Program): Promise<string> => {
  const [, url] = /^Retrace is running: (http:\/\/127\.0\.0\.1:\d+)$/.exec(await program.line) ?? [];
  if (url === undefined) throw new Error(`It did not start: ${JSON.stringify(await program.ended)}`);
  return url;
};

test('[N25] it says where it is, stops when told to, tells its clients, and has kept everything', async () => {
  const first = run('server/main.ts');
  const url = await started(first);
  const { id } = (await (await fetch(`${url}/api/boards`, { method: 'POST' })).json()) as { id: string };

  const pen = await run('server/cli/pen.ts', [
    'shared/fixtures/ink/signal.svc',
    '--board',
    `${url}/b/${id}`,
    '--speed',
    '1000',
  ]).ended;
  expect(pen).toMatchObject({ code: 0, err: '' });
  expect(pen.out).toMatch(/^Drew 5 strokes of 819 points on "Untitled board" in [\d.]+ s; all of it is saved\.\n$/);

  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/boards/${id}/live`, 'retrace.json.v1');
  const silent = new WebSocket(`${url.replace('http', 'ws')}/api/boards/${id}/live`, 'retrace.json.v1');
  const closing = [socket, silent].map(
    (one) => new Promise((resolve) => one.on('close', (code) => resolve(code)).on('error', () => {})),
  );
  await Promise.all([socket, silent].map((one) => new Promise((resolve) => one.on('open', resolve))));
  const joined = new Promise((resolve) => socket.once('message', resolve));
  socket.send(JSON.stringify({ type: 'Hello', slot: 1, name: 'Ada', color: 'blue', after: 0, settled: 0 }));
  await joined;
  const before = await (await fetch(`${url}/api/boards/${id}/export.json`)).text();

  first.child.kill('SIGTERM');
  expect(await Promise.all(closing)).toEqual([4503, 4503]);
  const stopped = await first.ended;
  expect(stopped).toMatchObject({ code: 0, err: '' });
  expect(stopped.out.trim().split('\n')).toHaveLength(1);

  const second = run('server/main.ts');
  const after = await (await fetch(`${await started(second)}/api/boards/${id}/export.json`)).text();
  expect(after).toBe(before);
  second.child.kill('SIGINT');
  expect((await second.ended).code).toBe(0);
});

test('[N25] what stands in the way of a start is said in one piece, without a stack', async () => {
  const busy = run('server/main.ts', [], { RETRACE_LOG: 'memory:' });
  const port = new URL(await started(busy)).port;
  const [taken, faults, noLog] = await Promise.all([
    run('server/main.ts', [], { RETRACE_LOG: 'memory:', PORT: port }).ended,
    run('server/main.ts', [], { PORT: 'x', RETRACE_SYNCHRONOUS: 'maybe' }).ended,
    run('server/main.ts', [], { RETRACE_LOG: 'mongo:' }).ended,
  ]);
  expect(taken).toMatchObject({ code: 1, out: '' });
  expect(taken.err).toMatch(new RegExp(`^Cannot listen on 127.0.0.1 port ${port}: another program is using it`));
  expect(faults).toMatchObject({ code: 1, out: '' });
  expect(
    faults.err
      .split('\n')
      .slice(1, 3)
      .map((line) => line.trim().split(' ')[0]),
  ).toEqual(['PORT', 'RETRACE_SYNCHRONOUS']);
  expect(noLog).toMatchObject({ code: 1, out: '' });
  expect(noLog.err).toContain('There is no log "mongo:"');
  for (const { err } of [taken, faults, noLog]) expect(err).not.toContain('    at ');
  busy.child.kill('SIGTERM');
  expect((await busy.ended).code).toBe(0);
});

test('[N26] the pen says how it is used, and what is wrong', async () => {
  const board = ['--board', 'http://127.0.0.1:1/b/abcdefghijklmnop'];
  const [none, option, file] = await Promise.all([
    run('server/cli/pen.ts').ended,
    run('server/cli/pen.ts', ['x.svc', ...board, '--speed', 'fast']).ended,
    run('server/cli/pen.ts', ['nowhere.svc', ...board]).ended,
  ]);
  expect(none.err).toMatch(/^Give one recording\.\n\nnpm run pen -- FILE\.svc --board URL/);
  expect(option.err).toMatch(/^--speed must be from 0\.01 to 1000\./);
  expect(file.err).toContain('nowhere.svc');
  expect([none.code, option.code, file.code]).toEqual([1, 1, 1]);
});
