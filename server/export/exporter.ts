import { setImmediate } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import type { Board } from '../../shared/board.ts';
import type { ImageAddresses } from '../../shared/export/format.ts';
import type { ExportOptions } from '../../shared/export/options.ts';
import { inkBytes } from '../../shared/ink.ts';
import { valuesOf } from '../../shared/persistent-map.ts';
import type { Shape } from '../../shared/shapes/shape.ts';
import { type Asker, InTurn } from '../in-turn.ts';
import { startThread } from '../thread.ts';
import type { FromExporter, ServerFormatName, ToExporter } from './export-messages.ts';

export interface ExporterOptions {
  readonly threads: number;
  /** Exports that may wait for a thread, and of them from one address; further ones are turned away. */
  readonly waiting: number;
  readonly each: number;
  /** An export that takes longer, in ms, is given up. */
  readonly patience: number;
}

export type Exported = FromExporter | { readonly fault: 'Busy' | 'TooSlow' };

/** Shapes that are handed over before others get their turn on this thread. */
const SHAPES_AT_ONCE = 200;

/** Makes files of boards on threads of its own, each one board at a time. */
export class Exporter {
  readonly #options: ExporterOptions;
  readonly #idle: Worker[] = [];
  readonly #turns: InTurn;

  constructor(options: ExporterOptions) {
    this.#options = options;
    this.#turns = new InTurn({ ...options, atOnce: options.threads });
  }

  /** @param images is asked when it is this export's turn: until then they take no memory */
  async export(
    board: Board,
    format: ServerFormatName,
    options: ExportOptions,
    asker: Asker,
    images: () => Promise<ImageAddresses> = async () => new Map(),
  ): Promise<Exported> {
    const exported = await this.#turns.run(asker, async () =>
      this.#onThread(board, { type: 'Write', format, options, images: await images() }),
    );
    return exported ?? { fault: 'Busy' };
  }

  async close(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map((thread) => thread.terminate()));
  }

  async #onThread(board: Board, order: ToExporter & { type: 'Write' }): Promise<Exported> {
    const thread = this.#idle.pop() ?? startThread(new URL('./export-thread.ts', import.meta.url));
    thread.ref();
    const answer = firstMessage(thread, this.#options.patience);
    try {
      await handOver(board, thread);
      thread.postMessage(order);
      const result = await answer;
      if ('spent' in result && result.spent) {
        await thread.terminate();
        return result;
      }
      thread.unref();
      this.#idle.push(thread);
      return result;
    } catch (cause) {
      await thread.terminate();
      if (cause instanceof TooSlow) return { fault: 'TooSlow' };
      throw cause;
    }
  }
}

class TooSlow extends Error {
  override readonly name = 'TooSlow';
}

function firstMessage(thread: Worker, patience: number): Promise<FromExporter> {
  const answer = new Promise<FromExporter>((resolve, reject) => {
    const timer = setTimeout(() => settle(() => reject(new TooSlow('The export took too long.'))), patience);
    const onMessage = (message: FromExporter): void => settle(() => resolve(message));
    const onError = (error: unknown): void => settle(() => reject(error as Error));
    const onExit = (): void => settle(() => reject(new Error('The export thread ended.')));
    const settle = (action: () => void): void => {
      clearTimeout(timer);
      thread.off('message', onMessage).off('error', onError).off('exit', onExit);
      action();
    };
    thread.on('message', onMessage).on('error', onError).on('exit', onExit);
  });
  // It may fail while the board is still being handed over; whoever awaits it hears of it then.
  answer.catch(() => {});
  return answer;
}

async function handOver(board: Board, thread: Worker): Promise<void> {
  const { shapes, erased: _erased, authorNumbers: _numbers, holders: _holders, ...head } = board;
  const post = (message: ToExporter): void => thread.postMessage(message);
  post({
    type: 'Board',
    head: { ...head, authors: head.authors.map((author) => ({ ...author, done: [], undone: [] })) },
  });
  let part: Shape[] = [];
  for (const shape of valuesOf(shapes)) {
    if (part.push(compact(shape)) < SHAPES_AT_ONCE) continue;
    post({ type: 'Shapes', shapes: part });
    part = [];
    await setImmediate();
  }
  post({ type: 'Shapes', shapes: part });
}

/** Without the room that an ink has to grow, or the frame that it came in; unpacked, if it was not. */
function compact(shape: Shape): Shape {
  const { length, count, precision, nib, duration } = shape.ink;
  const backing = { bytes: inkBytes(shape.ink).slice(), written: length };
  return { ...shape, ink: { backing, length, count, precision, nib, duration } };
}
