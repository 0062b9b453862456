import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { BoardId } from '../../shared/ids.ts';
import { trackFiles } from './track-files.ts';
import { trackMemory } from './track-memory.ts';

const [boardA, boardB] = ['BoardAAAAAAAAAAA', 'BoardBBBBBBBBBBB'] as [BoardId, BoardId];
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

describe.each(['memory', 'files'] as const)('what hands did, in %s', (where) => {
  test('[Q1] pieces are read one behind the other, by board and hour', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'retrace-tracks-'));
    const store = where === 'memory' ? trackMemory() : trackFiles(join(folder, 'tracks'));
    expect([await store.hours(boardA), (await store.read(boardA, 5)).length]).toEqual([[], 0]);
    await store.append(boardA, 500_000, bytes(1, 2));
    await store.append(boardA, 90_000, bytes(9));
    await store.append(boardB, 500_000, bytes(7));
    await store.append(boardA, 500_000, bytes(3));
    expect(await store.hours(boardA)).toEqual([90_000, 500_000]);
    expect([...(await store.read(boardA, 500_000))]).toEqual([1, 2, 3]);
    expect([...(await store.read(boardB, 500_000))]).toEqual([7]);
    await rm(folder, { recursive: true });
  });
});
