import { describe, expect, test } from 'vitest';
import { imageIdOf } from './image-hash.ts';
import type { ImageStore } from './image-store.ts';

export interface ImageStoreUnderTest {
  readonly store: ImageStore;
  /** Opens the same store again; absent where nothing outlives the process. */
  readonly reopen?: () => ImageStore;
  readonly end: () => Promise<void>;
}

const bytesOf = (seed: number, size: number): Uint8Array =>
  Uint8Array.from({ length: size }, (_, i) => (seed * 31 + i * 7) & 255);

/** The acceptance suite of the port: an adapter's own test is one call of it. */
export function testImageStore(name: string, make: () => Promise<ImageStoreUnderTest>): void {
  const rule = (title: string, story: (under: ImageStoreUnderTest) => Promise<void>): void =>
    test(title, async () => {
      const under = await make();
      try {
        await story(under);
      } finally {
        await under.end();
      }
    });

  describe(`${name} keeps the contract of every image store:`, () => {
    rule('[I1] what was put comes back to the byte, under the hash of its bytes', async ({ store, reopen }) => {
      for (const size of [1, 5_000, 3_000_000]) {
        const id = await store.put(bytesOf(size, size));
        expect(id).toBe(await imageIdOf(bytesOf(size, size)));
        for (const one of [store, reopen?.() ?? store]) {
          expect(Buffer.from((await one.get(id)) ?? []).equals(bytesOf(size, size))).toBe(true);
        }
      }
    });

    rule('[I1] the same bytes are the same image, however often and at once they are put', async ({ store }) => {
      const ids = await Promise.all(Array.from({ length: 12 }, () => store.put(bytesOf(3, 100_000))));
      expect(new Set(ids).size).toBe(1);
      const [id] = ids;
      expect(Buffer.from((id && (await store.get(id))) ?? []).equals(bytesOf(3, 100_000))).toBe(true);
    });

    rule('[I1] where nothing was put there is none, and what is changed later changes nothing', async ({ store }) => {
      expect(await store.get(await imageIdOf(bytesOf(1, 1)))).toBeNull();
      const bytes = bytesOf(2, 50);
      const id = await store.put(bytes);
      bytes.fill(0);
      expect(Buffer.from((await store.get(id)) ?? []).equals(bytesOf(2, 50))).toBe(true);
    });
  });
}
