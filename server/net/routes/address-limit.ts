import { RateLimit } from '../../rate-limit.ts';
import { isLoopback } from '../client-address.ts';

/** Addresses that are remembered; beyond, the one that came first is forgotten. */
const MAX_ADDRESSES = 10_000;

/** How often each address may do something. */
export class AddressLimit {
  readonly #perMinute: number;
  readonly #limits = new Map<string, RateLimit>();

  constructor(perMinute: number) {
    this.#perMinute = perMinute;
  }

  take(address: string, now: number): boolean {
    if (isLoopback(address)) return true;
    const limit = this.#limits.get(address) ?? new RateLimit(this.#perMinute / 60, this.#perMinute, now);
    this.#limits.set(address, limit);
    const [oldest] = this.#limits.keys();
    if (this.#limits.size > MAX_ADDRESSES && oldest !== undefined) this.#limits.delete(oldest);
    return limit.take(1, now);
  }
}

/** How many of something each address may have at a time. */
export class AddressCount {
  readonly #most: number;
  readonly #counts = new Map<string, number>();

  constructor(most: number) {
    this.#most = most;
  }

  hasRoom(address: string): boolean {
    return isLoopback(address) || (this.#counts.get(address) ?? 0) < this.#most;
  }

  add(address: string): void {
    this.#counts.set(address, (this.#counts.get(address) ?? 0) + 1);
  }

  remove(address: string): void {
    const left = (this.#counts.get(address) ?? 0) - 1;
    if (left > 0) this.#counts.set(address, left);
    else this.#counts.delete(address);
  }
}
