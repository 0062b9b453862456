import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { startThread } from '../../../thread.ts';
import { type SealerOptions, usualSealing } from './sealer.ts';
import type { SealerThreadData } from './sealer-thread.ts';

export interface SealingOptions {
  /** Before the first look and between two, in ms. */
  readonly every: number;
  readonly sealer?: SealerOptions;
  /** It could not seal just now and goes on trying, or has ended. Nothing is lost by it. */
  readonly failed?: (reason: string) => void;
}

/** The thread that seals old commits. It is started after the first rest: a log that is soon closed needs none. */
export class Sealing {
  readonly #timer: NodeJS.Timeout;
  #thread: Worker | null = null;

  constructor(file: string, { every, sealer = usualSealing, failed = () => {} }: SealingOptions) {
    this.#timer = setTimeout(() => {
      const workerData: SealerThreadData = { file, options: sealer, every };
      const thread = startThread(new URL('./sealer-thread.ts', import.meta.url), { workerData });
      this.#thread = thread;
      thread.on('message', (reason: string) => failed(reason));
      thread.on('error', (error) => failed(error.message));
      thread.on('exit', () => (this.#thread = null));
      thread.unref();
    }, every);
    this.#timer.unref();
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    const thread = this.#thread;
    if (!thread) return;
    const exit = once(thread, 'exit');
    thread.postMessage('Close');
    await exit;
  }
}
