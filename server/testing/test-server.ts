import { afterAll } from 'vitest';
import { type Config, readConfig } from '../config.ts';
import type { EventLog } from '../log/event-log.ts';
import { memoryLog } from '../log/memory.ts';
import type { Logger } from '../logger.ts';
import { type RunningServer, serve } from '../serve.ts';

export interface TestServer extends RunningServer {
  readonly url: string;
  /** What was logged as an error. */
  readonly errors: readonly unknown[];
}

/** A whole server on a free port, over a log in memory; it ends with the tests of the file. */
export async function startTestServer(
  settings: Partial<Config> = {},
  { log = memoryLog(), pageFolder = '/nowhere' }: { log?: EventLog; pageFolder?: string } = {},
): Promise<TestServer> {
  const errors: unknown[] = [];
  const nothing = (): void => {};
  const error = (...said: unknown[]): void => void errors.push(said);
  const logger = { fatal: error, error, warn: nothing, info: nothing, debug: nothing, flush: nothing } as Logger;
  const server = await serve({ ...readConfig({ PORT: '0' }), ...settings }, { logger, log, pageFolder });
  let stopped: Promise<void> | null = null;
  const stop = (): Promise<void> => (stopped ??= server.stop());
  afterAll(stop);
  return { port: server.port, url: `http://127.0.0.1:${server.port}`, errors, stop };
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
