import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { BoardId, Revision } from '../../../shared/ids.ts';
import type { Synchronous } from '../sqlite/connection.ts';

const script = fileURLToPath(new URL('./append-until-killed.ts', import.meta.url));

export interface AppenderOptions {
  readonly dataFolder: string;
  readonly seed: number;
  readonly synchronous?: Synchronous;
  /** It ends by itself, and not by a fault of its own. */
  readonly dies?: boolean;
}

/** A process that appends to eight boards and seals, and what it has said is durable. */
export class Appender {
  readonly child: ChildProcess;
  readonly acknowledged = new Map<BoardId, Revision>();
  readonly #closed: Promise<unknown>;
  #rest = '';

  constructor({ dataFolder, seed, synchronous = 'FULL', dies = false }: AppenderOptions) {
    const args = ['--import', './server/launch/typescript.mjs', script, dataFolder, String(seed), synchronous];
    this.child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', dies ? 'ignore' : 'inherit'] });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => this.#hear(text));
    this.#closed = once(this.child, 'close');
  }

  /** Resolves when it has said something, or has ended. */
  async begun(): Promise<void> {
    await Promise.race([once(this.child.stdout!, 'data'), this.#closed]);
  }

  /** Resolves when all is heard that it said. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.#closed;
  }

  #hear(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      const [board = '', head] = line.split(' ');
      this.acknowledged.set(board as BoardId, Number(head));
    }
  }
}
