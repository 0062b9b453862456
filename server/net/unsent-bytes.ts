import { isLoopback } from './client-address.ts';

/** Smaller ones are not counted. */
const SMALL = 64 * 1024;

/**
 * The bodies of answers that wait for clients who take them slowly. Each is kept whole until then, so both all of them and
 * those of one address have a limit; this machine itself, and what comes through a proxy on it, has only that of all.
 */
export class UnsentBytes {
  readonly #most: number;
  readonly #mostOfOne: number;
  readonly #byAddress = new Map<string, number>();
  #total = 0;

  constructor(most: number, mostOfOne: number) {
    this.#most = most;
    this.#mostOfOne = mostOfOne;
  }

  /** Whether so many more may wait. What is asked for alone always may. */
  hasRoom(address: string, bytes: number): boolean {
    if (bytes < SMALL) return true;
    const own = this.#byAddress.get(address) ?? 0;
    const isTooMuchOfOne = own > 0 && own + bytes > this.#mostOfOne && !isLoopback(address);
    return !isTooMuchOfOne && (this.#total === 0 || this.#total + bytes <= this.#most);
  }

  /** They wait until the returned function is called. */
  hold(address: string, bytes: number): () => void {
    if (bytes < SMALL) return () => {};
    this.#add(address, bytes);
    let held = true;
    return () => {
      if (held) this.#add(address, -bytes);
      held = false;
    };
  }

  #add(address: string, bytes: number): void {
    this.#total += bytes;
    const own = (this.#byAddress.get(address) ?? 0) + bytes;
    if (own > 0) this.#byAddress.set(address, own);
    else this.#byAddress.delete(address);
  }
}
