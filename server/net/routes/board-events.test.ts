import { expect, test } from 'vitest';
import { type Board, emptyBoard, fold } from '../../../shared/board.ts';
import { formats } from '../../../shared/export/formats.ts';
import { defaultExport } from '../../../shared/export/options.ts';
import { unpackCommits } from '../../../shared/wire/codec.ts';
import { memoryLog } from '../../log/memory.ts';
import { drawStrokes, get, keyIn, makeBoard, refusalOf, startTestServer } from '../../testing/test-server.ts';

const server = await startTestServer();
const board = await makeBoard(server, { title: 'History' });
await drawStrokes(server, board, 6);
const events = `/api/boards/${board.id}/events`;
/** BoardCreated, AuthorJoined, and three for each stroke. */
const HEAD = 2 + 3 * 6;

interface Page {
  events: { revision: number; type: string; points?: number[][]; author: string | null }[];
  next: number | null;
  head: number;
  epoch: string;
}

const page = async (query: string): Promise<Page> => (await (await get(server, `${events}?${query}`)).json()) as Page;
const packed = { accept: 'application/msgpack' };

test('[N21] JSON pages give every event once, in order, whatever the size of a page', async () => {
  for (const limit of [1, 2, 3, 7, 20, 1000]) {
    const revisions: number[] = [];
    for (let after: number | null = 0; after !== null;) {
      const { events, next, head }: Page = await page(`after=${after}&limit=${limit}`);
      expect(events.length).toBeLessThanOrEqual(limit);
      expect(head).toBe(HEAD);
      revisions.push(...events.map((event) => event.revision));
      after = next;
    }
    expect(revisions).toEqual(Array.from({ length: HEAD }, (_, i) => i + 1));
  }
});

test('[N21] points in JSON lie where they are on the board, also where a page begins inside a stroke', async () => {
  const all = (await page('limit=1000')).events;
  const drawn = all.filter((event) => event.points);
  expect(drawn.map((event) => event.points?.[0]?.slice(0, 2))).toEqual(
    Array.from({ length: 6 }, (_, i) => [[i, 0], [i, 10]]).flat(), // prettier-ignore
  );
  for (const event of drawn) expect((await page(`after=${event.revision - 1}&limit=1`)).events[0]).toEqual(event);
});

test('[N21] packed pages are whole commits, and fold to the board', async () => {
  let now: Board = emptyBoard;
  for (let after: string | null = '0'; after !== null;) {
    const response: Response = await get(server, `${events}?after=${after}&limit=4`, packed);
    expect(response.headers.get('content-type')).toBe('application/msgpack');
    expect(response.headers.get('retrace-head')).toBe(`${HEAD}`);
    expect(response.headers.get('retrace-epoch')).toMatch(/^[\w-]{8,}$/);
    const commits = unpackCommits(new Uint8Array(await response.arrayBuffer()));
    expect(commits.length).toBeGreaterThan(0);
    for (const commit of commits) {
      expect(commit.after).toBe(now.revision);
      now = fold(now, commit.events);
    }
    after = response.headers.get('retrace-next');
    if (after !== null) expect(Number(after)).toBe(now.revision);
  }
  const json = await (await get(server, `/api/boards/${board.id}/export.json`)).text();
  expect(formats.json.write(now, defaultExport)).toBe(json);
});

test('[N21] past the end there is nothing, and nothing to go on with', async () => {
  expect(await page(`after=${HEAD}`)).toMatchObject({ events: [], next: null, head: HEAD });
  expect(await page('after=9000000000000')).toMatchObject({ events: [], next: null });
  const response = await get(server, `${events}?after=${HEAD}`, packed);
  expect([response.status, response.headers.get('retrace-next')]).toEqual([200, null]);
  expect((await response.arrayBuffer()).byteLength).toBe(0);
});

test('[N21] a page with more behind it is kept for ever, under the name of its store', async () => {
  const { epoch } = await page('limit=1');
  const caching = async (query: string, headers = {}) =>
    (await get(server, `${events}?${query}`, headers)).headers.get('cache-control');
  expect(await caching(`limit=3&epoch=${epoch}`)).toBe('public, max-age=31536000, immutable');
  expect(await caching(`limit=3&epoch=${epoch}`, packed)).toBe('public, max-age=31536000, immutable');
  expect(await caching('limit=3')).toBe('no-cache');
  expect(await caching('limit=3&epoch=anotherstore')).toBe('no-cache');
  expect(await caching(`epoch=${epoch}`)).toBe('no-cache');

  const secret = await makeBoard(server, { access: 'private' });
  await drawStrokes(server, secret, 1);
  const key = keyIn(secret.links['view']);
  const own = await get(server, `/api/boards/${secret.id}/events?limit=1&epoch=${epoch}&key=${key}`);
  expect(own.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
});

test('[N21] the last page is 304 until something is drawn', async () => {
  const growing = await makeBoard(server);
  const address = `/api/boards/${growing.id}/events`;
  const tag = (await get(server, address)).headers.get('etag') ?? '';
  expect((await get(server, address, { 'if-none-match': tag })).status).toBe(304);
  expect((await get(server, address, { 'if-none-match': tag, ...packed })).status).toBe(200);
  await drawStrokes(server, growing, 1);
  expect((await get(server, address, { 'if-none-match': tag })).status).toBe(200);
});

test('[N27] of many who read pages as the log keeps them, two are read for at a time', async () => {
  const log = memoryLog();
  let [reading, most] = [0, 0];
  const read = log.read.bind(log);
  const other = await startTestServer({}, { log });
  const many = await makeBoard(other);
  await drawStrokes(other, many, 2);
  log.read = async (...asked) => {
    most = Math.max(most, ++reading);
    await new Promise((resolve) => setTimeout(resolve, 5));
    return read(...asked).finally(() => reading--);
  };
  const pages = await Promise.all(
    Array.from({ length: 20 }, () => get(other, `/api/boards/${many.id}/events`, packed)),
  );
  expect(pages.map(({ status }) => status)).toEqual(pages.map(() => 200));
  expect(most).toBe(2);
});

test.each([
  'after=-1',
  'after=1.5',
  'after=x',
  'after=',
  'after=1e3',
  'limit=0',
  'limit=10001',
  'limit=all',
  'after=99999999999999999999',
])('[N21] ?%s is 400', async (query) => {
  expect(await refusalOf(await get(server, `${events}?${query}`))).toEqual([400, 'BadRequest']);
});
