import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { unpackCommits } from '../../../shared/wire/codec.ts';
import { unpackSegment } from '../../../shared/wire/segment-codec.ts';
import { openSqliteLog } from '../../log/sqlite.ts';
import type { Segment } from '../../log/segments.ts';
import {
  drawStrokes,
  get,
  keyIn,
  type MadeBoard,
  makeBoard,
  refusalOf,
  startTestServer,
} from '../../testing/test-server.ts';

const dataFolder = await mkdtemp(join(tmpdir(), 'retrace-segments-'));
const sealing = { every: 20, sealer: { tail: 4, events: 6, bytes: 100_000 } };
const log = await openSqliteLog({ dataFolder, synchronous: 'NORMAL', sealing });
// Registered before the server's own end, so it runs after that.
afterAll(() => rm(dataFolder, { recursive: true }));
const server = await startTestServer({}, { log });
const board = await makeBoard(server, { title: 'Long ago' });
const closed = await makeBoard(server, { access: 'private' });
/** BoardCreated, AuthorJoined, and three for each stroke. */
const HEAD = 2 + 3 * 12;

interface Listing {
  readonly segments: Segment[];
  readonly next: number;
  readonly epoch: string;
}

const listing = async ({ id, links }: MadeBoard): Promise<Listing> =>
  (await (await get(server, `/api/boards/${id}/segments`, bearer(links))).json()) as Listing;
const bearer = (links: MadeBoard['links']): Record<string, string> => {
  const key = keyIn(links['edit']);
  return key ? { authorization: `Bearer ${key}` } : {};
};
const segment = (id: string, hash: string, headers: Record<string, string> = {}) =>
  get(server, `/api/boards/${id}/segments/${hash}`, headers);

beforeAll(async () => {
  for (const drawn of [board, closed]) {
    await drawStrokes(server, drawn, 12);
    await vi.waitFor(async () => expect((await listing(drawn)).next).toBeGreaterThan(HEAD - 10), { timeout: 100_000 });
  }
});

test('[N28] the segments and the events behind them are the whole history, byte for byte', async () => {
  const { segments, next, epoch } = await listing(board);
  expect(segments.length).toBeGreaterThan(2);
  const sealed: Uint8Array[] = [];
  for (const [i, { hash, after, last, commits }] of segments.entries()) {
    expect(after).toBe(segments[i - 1]?.last ?? 0);
    const response = await segment(board.id, hash);
    const content = new Uint8Array(await response.arrayBuffer());
    expect(createHash('sha256').update(content).digest('base64url')).toBe(hash);
    const unpacked = unpackSegment(content);
    expect([unpacked.length, unpacked[0]?.after, unpacked.at(-1)?.last]).toEqual([commits, after, last]);
    sealed.push(...unpacked.map(({ bytes }) => bytes));
  }
  expect(segments.at(-1)?.last).toBe(next);
  const events = `/api/boards/${board.id}/events?limit=10000&after=`;
  const packed = { accept: 'application/msgpack' };
  const tail = await get(server, `${events}${next}`, packed);
  expect(tail.headers.get('retrace-epoch')).toBe(epoch);
  const whole = await get(server, `${events}0`, packed);
  const joined = Buffer.concat([...sealed, new Uint8Array(await tail.arrayBuffer())]);
  expect(joined.equals(Buffer.from(await whole.arrayBuffer()))).toBe(true);
  expect(unpackCommits(new Uint8Array(joined)).at(-1)?.events.at(-1)?.revision).toBe(HEAD);
});

test('[N28] a segment may be kept for good; the list is asked for again', async () => {
  const { segments } = await listing(board);
  const kept = await segment(board.id, segments[0]!.hash, { 'accept-encoding': 'gzip, br' });
  expect(kept.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(kept.headers.get('content-encoding')).toBe('br');
  expect(kept.headers.get('vary')).toContain('accept-encoding');
  const plain = await segment(board.id, segments[0]!.hash, { 'accept-encoding': 'br;q=0, gzip' });
  expect(plain.headers.get('content-encoding')).toBeNull();
  expect(Buffer.from(await plain.arrayBuffer()).equals(Buffer.from(await kept.arrayBuffer()))).toBe(true);
  const list = await get(server, `/api/boards/${board.id}/segments`);
  expect(list.headers.get('cache-control')).toBe('no-cache');
});

test('[N28] of a private board only who has a key gets them, and no cache in between keeps them', async () => {
  const { segments } = await listing(closed);
  expect(await refusalOf(await get(server, `/api/boards/${closed.id}/segments`))).toEqual([403, 'NotAllowed']);
  const { hash } = segments[0]!;
  expect(await refusalOf(await segment(closed.id, hash))).toEqual([403, 'NotAllowed']);
  expect(await refusalOf(await segment(board.id, hash))).toEqual([404, 'NoSuchSegment']);
  const mine = await segment(closed.id, hash, bearer(closed.links));
  expect(mine.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
});

test.each(['x', '%00', 'A'.repeat(43), 'A'.repeat(1000)])('[N28] there is no segment %#', async (hash) => {
  expect(await refusalOf(await segment(board.id, hash))).toEqual([404, 'NoSuchSegment']);
});
