import { describe, expect, test } from 'vitest';
import type { BoardId, Epoch } from '../../shared/ids.ts';
import type { SnapshotStore, StoredSnapshot } from './snapshot-store.ts';

export interface StoreUnderTest {
  readonly store: SnapshotStore;
  /** Opens the same store again; absent where nothing outlives the process. */
  readonly reopen?: () => SnapshotStore;
  readonly end: () => Promise<void>;
}

export const boardA = 'BoardAAAAAAAAAAA' as BoardId;
export const boardB = 'BoardBBBBBBBBBBB' as BoardId;

/** A snapshot that is told from others by its revision; a frame of each size. */
export function snapshotAt(revision: number, ...sizes: readonly number[]): StoredSnapshot {
  const frames = sizes.map((size, n) => Uint8Array.from({ length: size }, (_, i) => revision * 31 + n * 7 + i));
  return { epoch: 'an-epoch-of-tests' as Epoch, revision, event: `event ${revision} "\n"`, frames };
}

/** As a value that compares, whatever kind of buffer an adapter gives. */
export const plain = (snapshot: StoredSnapshot | null) =>
  snapshot && { ...snapshot, frames: snapshot.frames.map((frame) => Buffer.from(frame).toString('base64')) };

/** The acceptance suite of the port: an adapter's own test is one call of it. */
export function testSnapshotStore(name: string, make: () => Promise<StoreUnderTest>): void {
  const rule = (title: string, story: (under: StoreUnderTest) => Promise<void>): void =>
    test(title, async () => {
      const under = await make();
      try {
        await story(under);
      } finally {
        await under.end();
      }
    });

  describe(`${name} keeps the contract of every snapshot store:`, () => {
    rule('[J1] what was saved last comes back to the byte', async ({ store, reopen }) => {
      const frames = [1, 0, 5_000, 2_500_000];
      await store.save(boardA, snapshotAt(7, 300));
      await store.save(boardA, snapshotAt(9, ...frames));
      expect(plain(await store.load(boardA))).toEqual(plain(snapshotAt(9, ...frames)));
      await store.save(boardA, snapshotAt(8));
      expect(plain(await (reopen?.() ?? store).load(boardA))).toEqual(plain(snapshotAt(8)));
    });

    rule('[J1] where nothing was saved, or it was removed, there is none', async ({ store }) => {
      expect(await store.load(boardA)).toBeNull();
      await store.remove(boardA);
      await store.save(boardA, snapshotAt(1, 10));
      await store.remove(boardA);
      expect(await store.load(boardA)).toBeNull();
    });

    rule('[J1] boards stay apart', async ({ store }) => {
      await Promise.all([store.save(boardA, snapshotAt(1, 10)), store.save(boardB, snapshotAt(2, 10))]);
      await store.remove(boardA);
      expect(plain(await store.load(boardB))).toEqual(plain(snapshotAt(2, 10)));
    });

    rule('[J2] of many saved at once the last one is there, whole, and never a mixture', async ({ store }) => {
      const revisions = Array.from({ length: 20 }, (_, i) => i + 1);
      const saved = revisions.map((revision) => store.save(boardA, snapshotAt(revision, 5_000 * (revision % 7), 900)));
      for (let i = 0; i < 10; i++) {
        const seen = await store.load(boardA);
        if (seen) expect(plain(seen)).toEqual(plain(snapshotAt(seen.revision, 5_000 * (seen.revision % 7), 900)));
      }
      await Promise.all(saved);
      expect((await store.load(boardA))?.revision).toBe(20);
    });
  });
}
