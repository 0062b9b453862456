import type { BoardId, ImageId } from '../../shared/ids.ts';
import { backoff } from '../net/backoff.ts';
import type { WaitingImages } from './waiting-images.ts';

interface Options {
  readonly board: BoardId;
  /** Asks the server, with the secret of the board's link. */
  readonly fetch: (url: string, init?: RequestInit) => Promise<Response>;
  /** Where images are kept until the server has them. */
  readonly waiting: WaitingImages;
  /** Told of an image that the server will never take, in words for a person. */
  readonly refused: (why: string) => void;
}

/** Sends a board's images to the server, as often as it takes, and over any number of pages. */
export class ImageOutbox {
  readonly #options: Options;
  readonly #gone = new AbortController();
  readonly #sending = new Set<ImageId>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** Sends what an earlier page left. */
  async resume(): Promise<void> {
    const { board, waiting } = this.#options;
    for (const id of await waiting.of(board)) void this.#send(id);
  }

  /** Resolves when the image is kept here, or cannot be: it is sent either way. */
  async add(id: ImageId, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.#options.waiting.put(this.#options.board, id, bytes);
    void this.#send(id);
  }

  /** What is not sent yet, the next page sends. */
  close(): void {
    this.#gone.abort();
  }

  async #send(id: ImageId): Promise<void> {
    if (this.#sending.has(id)) return;
    this.#sending.add(id);
    try {
      for (let attempt = 0; !this.#gone.signal.aborted; attempt++) {
        if (await this.#trySend(id)) return await this.#options.waiting.drop(id);
        await this.#pause(backoff(attempt + 1, Math.random()));
      }
    } finally {
      this.#sending.delete(id);
    }
  }

  /** True where there is nothing more to do. */
  async #trySend(id: ImageId): Promise<boolean> {
    const { board, fetch, waiting, refused } = this.#options;
    const bytes = await waiting.get(id);
    if (!bytes) return true;
    try {
      const init = { method: 'POST', headers: { 'content-type': 'image/png' }, body: bytes, signal: this.#gone.signal };
      const response = await fetch(`/api/boards/${board}/images`, init);
      // One that was spoilt on its way has another id.
      if (response.ok) return ((await response.json()) as { id?: unknown }).id === id;
      const isForNow = response.status === 429 || response.status >= 500;
      if (!isForNow) refused(await reasonOf(response));
      return !isForNow;
    } catch {
      return false;
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        removeEventListener('online', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      addEventListener('online', done, { once: true, signal: this.#gone.signal });
    });
  }
}

async function reasonOf(response: Response): Promise<string> {
  const body = (await response.json().catch(() => null)) as { error?: { message?: unknown } } | null;
  const message = body?.error?.message;
  return typeof message === 'string' ? message : `The server answered with an error (${response.status}).`;
}
