import { isLoopback } from './net/client-address.ts';

/** Who asks, and whether they still want it. */
export interface Asker {
  readonly address: string;
  readonly signal: AbortSignal;
}

interface Options {
  /** Pieces of work done at the same time. */
  readonly atOnce?: number;
  /** That may wait, … */
  readonly waiting: number;
  /** … and of them from one address; this machine itself, and whoever asks through a proxy on it, is not limited. */
  readonly each: number;
}

/**
 * Work that is done a little at a time. Addresses take turns, each in the order in which it asked: who asks for much waits
 * for themselves.
 */
export class InTurn {
  readonly #options: Options;
  /** By address, the one whose turn is next first. */
  readonly #queues = new Map<string, (() => void)[]>();
  #waiting = 0;
  #running = 0;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Null, and nothing done, where too many wait, or whoever asked has gone before their turn. */
  async run<Result>(asker: Asker, work: () => Promise<Result>): Promise<Result | null> {
    if (!(await this.#turn(asker))) return null;
    try {
      return await work();
    } finally {
      this.#running--;
      this.#next();
    }
  }

  async #turn({ address, signal }: Asker): Promise<boolean> {
    if (signal.aborted || !this.#hasRoom(address)) return false;
    return new Promise((resolve) => {
      const turn = (): void => {
        signal.removeEventListener('abort', leave);
        resolve(true);
      };
      const leave = (): void => {
        this.#take(address, turn);
        resolve(false);
      };
      signal.addEventListener('abort', leave);
      const queue = this.#queues.get(address) ?? [];
      queue.push(turn);
      this.#queues.set(address, queue);
      this.#waiting++;
      this.#next();
    });
  }

  #hasRoom(address: string): boolean {
    const { atOnce = 1, waiting, each } = this.#options;
    if (this.#running < atOnce) return true;
    const own = this.#queues.get(address)?.length ?? 0;
    return this.#waiting < waiting && (own < each || isLoopback(address));
  }

  #next(): void {
    if (this.#running >= (this.#options.atOnce ?? 1)) return;
    const [first] = this.#queues;
    const turn = first?.[1][0];
    if (!first || !turn) return;
    const [address, queue] = first;
    this.#take(address, turn);
    // Behind all the others.
    if (queue.length > 0) {
      this.#queues.delete(address);
      this.#queues.set(address, queue);
    }
    this.#running++;
    turn();
  }

  #take(address: string, turn: () => void): void {
    const queue = this.#queues.get(address) ?? [];
    queue.splice(queue.indexOf(turn), 1);
    this.#waiting--;
    if (queue.length === 0) this.#queues.delete(address);
  }
}
