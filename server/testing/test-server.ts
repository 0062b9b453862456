import { afterAll } from 'vitest';
import { NIB_AT_ORIGIN, packSamples } from '../../shared/samples.ts';
import { startStroke } from '../../shared/testing/peers.ts';
import { participantOfSecret } from '../auth/participant.ts';
import { BoardClient } from '../cli/board-client.ts';
import { type Config, readConfig } from '../config.ts';
import type { EventLog } from '../log/event-log.ts';
import { memoryLog } from '../log/memory.ts';
import type { Logger } from '../logger.ts';
import { type RunningServer, serve } from '../serve.ts';

export interface TestServer extends RunningServer {
  readonly url: string;
  /** What was logged as an error. */
  readonly errors: readonly unknown[];
  /** What was logged as a warning. */
  readonly warnings: readonly unknown[];
}

/** A whole server on a free port, over a log in memory; it ends with the tests of the file. */
export async function startTestServer(
  settings: Partial<Config> = {},
  { log = memoryLog(), pageFolder = '/nowhere' }: { log?: EventLog; pageFolder?: string } = {},
): Promise<TestServer> {
  const errors: unknown[] = [];
  const warnings: unknown[] = [];
  const nothing = (): void => {};
  const error = (...said: unknown[]): void => void errors.push(said);
  const warn = (...said: unknown[]): void => void warnings.push(said);
  const logger = { fatal: error, error, warn, info: nothing, debug: nothing, flush: nothing } as Logger;
  const server = await serve({ ...readConfig({ PORT: '0' }), ...settings }, { logger, log, pageFolder });
  let stopped: Promise<void> | null = null;
  const stop = (): Promise<void> => (stopped ??= server.stop());
  afterAll(stop);
  return { port: server.port, url: `http://127.0.0.1:${server.port}`, errors, warnings, stop };
}

export interface MadeBoard {
  readonly id: string;
  readonly links: Readonly<Record<string, string>>;
}

export async function makeBoard(server: TestServer, body: object = {}): Promise<MadeBoard> {
  const response = await fetch(`${server.url}/api/boards`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (response.status !== 201) throw new Error(`No board was made: ${await response.text()}`);
  return (await response.json()) as MadeBoard;
}

/** The key in a link's fragment. */
export const keyIn = (link: string | undefined): string => new URL(link ?? '', 'http://x').hash.replace('#key=', '');

/** Draws strokes of two points, (i, 0) and (i, 10), and gives back who drew them. */
export async function drawStrokes(server: TestServer, { id, links }: MadeBoard, count: number): Promise<string> {
  const secret = `drawer-of-test-strokes-${id}`;
  const key = keyIn(links['edit']);
  const client = new BoardClient({
    address: `ws://127.0.0.1:${server.port}/api/boards/${id}/live`,
    secret,
    name: 'Tester',
    color: 'blue',
    ...(key ? { key } : {}),
  });
  await client.connect();
  for (let i = 0; i < count; i++) {
    const started = packSamples([{ x: i, y: 0, pressure: 0.5, dt: 0 }], 3, NIB_AT_ORIGIN);
    client.do({ ...startStroke(client.nextStroke(), started.samples) });
    client.do({
      type: 'ExtendStroke',
      samples: packSamples([{ x: i, y: 10, pressure: 1, dt: 8 }], 3, started.nib).samples,
    });
    client.do({ type: 'EndStroke' });
    await client.settled();
  }
  client.close();
  return participantOfSecret(secret);
}

export const get = (server: TestServer, path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${server.url}${path}`, { headers });

/** Status and code of a refusal. */
export async function refusalOf(response: Response): Promise<[status: number, code: string]> {
  const { error } = (await response.json()) as { error: { code: string; message: string } };
  if (typeof error.message !== 'string' || error.message === '') throw new Error('A refusal says why.');
  return [response.status, error.code];
}
