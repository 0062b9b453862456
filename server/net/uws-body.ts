import type { HttpResponse as UwsResponse } from 'uws-20.69';
import { BodyTooLarge, type HttpRequest, RequestAborted } from './listener.ts';

/** What is read of a body before anybody asks for it, or that is too large: then the client hears why it is refused. */
const MAX_UNASKED_BYTES = 1024 * 1024;

export const hasBody = (head: Pick<HttpRequest, 'header'>): boolean =>
  head.header('transfer-encoding') !== '' || Number(head.header('content-length')) > 0;

/** Collects a request's body from the first moment on: what arrives while nobody listens would be lost. */
export class BodyReader {
  readonly #response: UwsResponse;
  #chunks: Uint8Array[] = [];
  #received = 0;
  /** Bytes at which it stops: more than this nobody wants, or nobody has asked for yet. */
  #limit = MAX_UNASKED_BYTES;
  #isAsked = false;
  #isPaused = false;
  #state: 'Reading' | 'Complete' | 'Overflowed' | 'Aborted' = 'Reading';
  #settled: (() => void) | null = null;

  constructor(response: UwsResponse) {
    this.#response = response;
    response.onData((chunk, isLast) => this.#take(new Uint8Array(chunk), isLast));
  }

  /** The client is still sending: the connection cannot be used for another request. */
  get unfinished(): boolean {
    return this.#state !== 'Complete';
  }

  async read(maxBytes: number): Promise<Uint8Array> {
    this.#isAsked = true;
    this.#limit = Math.max(maxBytes, MAX_UNASKED_BYTES);
    if (this.#isPaused && this.#state === 'Reading') this.#response.resume();
    this.#isPaused = false;
    if (this.#state === 'Reading') await new Promise<void>((resolve) => (this.#settled = resolve));
    if (this.#state === 'Aborted') throw new RequestAborted();
    if (this.#state === 'Overflowed' || this.#received > maxBytes) throw new BodyTooLarge(maxBytes);
    return Buffer.concat(this.#chunks);
  }

  abort(): void {
    this.#settle('Aborted');
  }

  #take(chunk: Uint8Array, isLast: boolean): void {
    if (this.#state !== 'Reading') return;
    this.#received += chunk.length;
    if (this.#received > this.#limit && this.#isAsked) return this.#settle('Overflowed');
    // The bytes are taken back when this returns.
    this.#chunks.push(chunk.slice());
    if (isLast) this.#settle('Complete');
    else if (this.#received > this.#limit) this.#pause();
  }

  #pause(): void {
    this.#isPaused = true;
    this.#response.pause();
  }

  #settle(state: 'Complete' | 'Overflowed' | 'Aborted'): void {
    if (this.#state !== 'Reading') return;
    this.#state = state;
    if (state !== 'Complete') this.#chunks = [];
    this.#settled?.();
  }
}
