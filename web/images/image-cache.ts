import { Subject } from 'rxjs';
import type { ImageAddresses } from '../../shared/export/format.ts';
import type { ImageId } from '../../shared/ids.ts';
import { backoff } from '../net/backoff.ts';

/** Brings an image's file; null where it is not there, or not yet. */
export type LoadImage = (id: ImageId) => Promise<Blob | null>;

/** Bytes of unpacked images that are kept, 4 a pixel; beyond, those that were not looked at for longest go. */
const MOST_BYTES = 384 * 1024 * 1024;
/** ms in which an image that was looked at does not go: it is on the screen. */
const IN_SIGHT = 5_000;
/** ms after which those who want an image that does not come go on without it. */
const PATIENCE = 10_000;

interface Kept {
  readonly bitmap: ImageBitmap;
  seenAt: number;
}

/** Images, unpacked to be painted. */
export class ImageCache {
  readonly #load: LoadImage;
  readonly #kept = new Map<ImageId, Kept>();
  readonly #coming = new Map<ImageId, Promise<void>>();
  readonly #came$ = new Subject<ImageId>();
  /** Tries that failed, in a row. */
  readonly #failures = new Map<ImageId, number>();

  constructor(load: LoadImage) {
    this.#load = load;
  }

  /** The image if it is here; if not, it is brought. */
  get = (id: ImageId): ImageBitmap | null => {
    const kept = this.#kept.get(id);
    if (kept) {
      kept.seenAt = performance.now();
      return kept.bitmap;
    }
    void this.#bring(id);
    return null;
  };

  /** Tells of each image that comes, until `signal`. */
  onCame(tell: (id: ImageId) => void, signal: AbortSignal): void {
    const listening = this.#came$.subscribe(tell);
    signal.addEventListener('abort', () => listening.unsubscribe(), { once: true });
  }

  /** Resolves when these images are here, or do not come. */
  async ready(ids: readonly ImageId[]): Promise<void> {
    const coming = Promise.all(ids.map((id) => (this.get(id) ? undefined : this.#coming.get(id))));
    await Promise.race([coming, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  }

  /** Their files as `data:` addresses, for a picture that has all within it. */
  async addresses(ids: readonly ImageId[]): Promise<ImageAddresses> {
    const found = await Promise.all(
      ids.map(async (id) => {
        const file = await this.#load(id).catch(() => null);
        return file ? ([[id, await dataAddress(file)]] as const) : [];
      }),
    );
    return new Map(found.flat());
  }

  #bring(id: ImageId): Promise<void> {
    const coming = this.#coming.get(id) ?? this.#unpack(id);
    this.#coming.set(id, coming);
    return coming;
  }

  async #unpack(id: ImageId): Promise<void> {
    try {
      const file = await this.#load(id);
      if (!file) return this.#tryLater(id);
      this.#keep(id, await createImageBitmap(file));
      this.#coming.delete(id);
      this.#failures.delete(id);
      this.#came$.next(id);
    } catch {
      this.#tryLater(id);
    }
  }

  /** It may still be on its way to the server. Whoever paints meanwhile asks in vain. */
  #tryLater(id: ImageId): void {
    const failures = this.#failures.get(id) ?? 0;
    this.#failures.set(id, failures + 1);
    setTimeout(
      () => {
        this.#coming.delete(id);
        this.#came$.next(id);
      },
      500 + backoff(failures + 1, Math.random()),
    );
  }

  #keep(id: ImageId, bitmap: ImageBitmap): void {
    const now = performance.now();
    this.#kept.set(id, { bitmap, seenAt: now });
    let bytes = 0;
    const latestFirst = [...this.#kept].sort(([, a], [, b]) => b.seenAt - a.seenAt);
    for (const [other, kept] of latestFirst) {
      bytes += kept.bitmap.width * kept.bitmap.height * 4;
      if (bytes <= MOST_BYTES || now - kept.seenAt < IN_SIGHT) continue;
      kept.bitmap.close();
      this.#kept.delete(other);
    }
  }
}

function dataAddress(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error ?? new Error('The image cannot be read.'));
    reader.readAsDataURL(file);
  });
}
