import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const MB = 1024 * 1024;

/** A server in a process of its own, so that its work can be told from the load's. */
export class ChildServer {
  readonly port: number;
  readonly process: ChildProcess;
  readonly #cleanUp: () => Promise<void>;

  private constructor(port: number, child: ChildProcess, cleanUp: () => Promise<void>) {
    this.port = port;
    this.process = child;
    this.#cleanUp = cleanUp;
  }

  /** Retrace as people run it, on a new folder (or `data`), with no limit on what one address may do. */
  static async retrace(env: Record<string, string> = {}, data?: string): Promise<ChildServer> {
    const folder = data ?? (await mkdtemp(join(tmpdir(), 'retrace-load-')));
    return ChildServer.#start(
      ['server/main.ts'],
      {
        RETRACE_DATA: folder,
        RETRACE_MESSAGES_PER_SECOND: '100000',
        RETRACE_MESSAGE_BURST: '1000000',
        RETRACE_CONNECTIONS_PER_ADDRESS: '100000',
        ...env,
      },
      async () => (data === undefined ? rm(folder, { recursive: true, force: true }) : undefined),
    );
  }

  /** Any script of this repository that prints `… http://HOST:PORT` when it listens. */
  static script(path: string, ...args: string[]): Promise<ChildServer> {
    return ChildServer.#start([path, ...args], {}, async () => {});
  }

  static #start(
    script: readonly string[],
    env: Record<string, string>,
    cleanUp: () => Promise<void>,
  ): Promise<ChildServer> {
    // Such as --cpu-prof --cpu-prof-dir=FOLDER.
    const nodeFlags = process.env['RETRACE_LOAD_NODE_FLAGS']?.split(' ') ?? [];
    const child = spawn(process.execPath, [...nodeFlags, '--import', './server/launch/typescript.mjs', ...script], {
      cwd: root,
      env: { ...process.env, HOST: '127.0.0.1', PORT: '0', NODE_ENV: 'production', ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const end = (): void => void child.kill('SIGKILL');
    process.once('exit', end);
    child.once('exit', () => process.off('exit', end));
    return new Promise((resolve, reject) => {
      let output = '';
      child.stdout?.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        const port = /http:\/\/[^\s:]+:(\d+)/.exec(output)?.[1];
        if (port) resolve(new ChildServer(Number(port), child, cleanUp));
      });
      child.once('exit', (code) => reject(new Error(`${script.join(' ')} ended with ${code}: ${output}`)));
    });
  }

  /** CPU seconds that its threads have run, by the scheduler's own clock. Linux. */
  cpu(): number {
    const tasks = readdirSync(`/proc/${this.process.pid}/task`);
    const ns = tasks.map(
      (task) => readFileSync(`/proc/${this.process.pid}/task/${task}/schedstat`, 'utf8').split(' ')[0],
    );
    return ns.reduce((sum, run) => sum + Number(run), 0) / 1e9;
  }

  /** The same in ms, exact once it rests: of all threads that live, and of the event loop's alone. Linux. */
  cpuMs(): { readonly all: number; readonly loop: number } {
    const tasks = `/proc/${this.process.pid}/task`;
    const of = (task: string): number => Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
    const all = readdirSync(tasks).reduce((sum, task) => sum + of(task), 0);
    return { all, loop: of(String(this.process.pid)) };
  }

  /** Resident memory in MiB. Linux. */
  memory(): number {
    const kib = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.process.pid}/status`, 'utf8'))?.[1];
    return (Number(kib) * 1024) / MB;
  }

  kill(signal: NodeJS.Signals): Promise<void> {
    return new Promise((resolve) => {
      if (this.process.exitCode !== null || this.process.signalCode !== null) return resolve();
      this.process.once('exit', () => resolve());
      this.process.kill(signal);
    });
  }

  async stop(): Promise<void> {
    await this.kill('SIGTERM');
    await this.#cleanUp();
  }
}
