import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The real server in a process of its own, on a folder of its own; it can be killed and started again. */
export class TestServer {
  readonly folder: string;
  #child: ChildProcess | null = null;
  #port = 0;

  constructor(name: string) {
    this.folder = mkdtempSync(join(tmpdir(), `retrace-e2e-${name}-`));
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Starts it where it does not run, the second time on the port it had. */
  async start(): Promise<this> {
    if (this.#running) return this;
    const child = spawn(process.execPath, ['--import', './server/launch/typescript.mjs', 'server/main.ts'], {
      cwd: root,
      env: { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: String(this.#port), RETRACE_DATA: this.folder },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child = child;
    this.#port = await new Promise<number>((resolve, reject) => {
      child.stdout?.on('data', (chunk: Buffer) => {
        const port = /http:\/\/[^\s:]+:(\d+)/.exec(chunk.toString())?.[1];
        if (port) resolve(Number(port));
      });
      child.once('exit', (code) => reject(new Error(`The server ended with ${code}.`)));
    });
    return this;
  }

  /** As a power switch would: it gets no chance to finish anything. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** @returns the id of a new board that anyone may draw on */
  async newBoard(title = 'A board'): Promise<string> {
    const response = await fetch(`${this.url}/api/boards`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ title }),
    });
    return ((await response.json()) as { id: string }).id;
  }

  #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#running;
    return new Promise((resolve) => {
      if (!child) return resolve();
      child.once('exit', () => resolve());
      child.kill(signal);
    });
  }

  get #running(): ChildProcess | null {
    const child = this.#child;
    return child && child.exitCode === null && child.signalCode === null ? child : null;
  }
}
