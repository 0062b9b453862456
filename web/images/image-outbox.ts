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

/** `NotHere`: this page may not, another one may: it stays. */
type Outcome = 'Done' | 'Later' | 'NotHere';
/** Statuses of a file that no server takes: too large, or no image. */
const NEVER_TAKEN: ReadonlySet<number> = new Set([413, 415]);

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
        const outcome = await this.#trySend(id);
        if (outcome === 'Done') return await this.#options.waiting.drop(id);
        if (outcome === 'NotHere') return;
        await this.#pause(backoff(attempt + 1, Math.random()));
      }
    } finally {
      this.#sending.delete(id);
    }
  }

  async #trySend(id: ImageId): Promise<Outcome> {
    const { board, fetch, waiting, refused } = this.#options;
    const bytes = await waiting.get(id);
    if (!bytes) return 'Done';
    try {
      const init = { method: 'POST', headers: { 'content-type': 'image/png' }, body: bytes, signal: this.#gone.signal };
      const response = await fetch(`/api/boards/${board}/images`, init);
      // One that was spoilt on its way has another id.
      if (response.ok) return ((await response.json()) as { id?: unknown }).id === id ? 'Done' : 'Later';
      if (response.status === 429 || response.status >= 500) return 'Later';
      refused(await reasonOf(response));
      return NEVER_TAKEN.has(response.status) ? 'Done' : 'NotHere';
    } catch {
      return 'Later';
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
