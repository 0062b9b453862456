import { afterEach } from 'vitest';
import type { HttpResponse, Listener, ListenerOptions } from '../listener.ts';

export interface ListenerUnderTest extends ListenerOptions {
  readonly failed: (cause: unknown) => void;
  readonly maxBufferedBytes: number;
  readonly idleSeconds: number;
}

export type MakeListener = (options: ListenerUnderTest) => Listener;

export const MAX_MESSAGE_BYTES = 1024;
const MAX_BUFFERED_BYTES = 256 * 1024;

/** Listeners for tests, which end with the test, and what their handlers threw. */
export class Harness {
  readonly failures: unknown[] = [];
  readonly #make: MakeListener;
  readonly #open: Listener[] = [];

  constructor(make: MakeListener) {
    this.#make = make;
    afterEach(() => {
      for (const listener of this.#open.splice(0)) listener.close();
      this.failures.length = 0;
    });
  }

  make(options: Partial<ListenerUnderTest> = {}): Listener {
    const listener = this.#make({
      http: () => text('', 404),
      upgrade: () => ({ refuse: text('', 404) }),
      maxMessageBytes: MAX_MESSAGE_BYTES,
      maxBufferedBytes: MAX_BUFFERED_BYTES,
      idleSeconds: 60,
      failed: (cause) => this.failures.push(cause),
      ...options,
    });
    this.#open.push(listener);
    return listener;
  }

  start(options: Partial<ListenerUnderTest> = {}): Promise<number> {
    return this.make(options).listen('127.0.0.1', 0);
  }
}

export const text = (body: string, status = 200): HttpResponse => ({ status, headers: {}, body });

/** Waits for what must come; the limit only ends a test that has already failed. */
export async function until(condition: () => boolean, limit = 60_000): Promise<void> {
  const end = Date.now() + limit;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`This did not become true: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
