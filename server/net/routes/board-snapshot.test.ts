import { expect, test } from 'vitest';
import { emptyBoard, fold } from '../../../shared/board.ts';
import { sameBoard } from '../../../shared/testing/same-board.ts';
import { unpackSnapshot } from '../../../shared/wire/board-codec.ts';
import { unpackCommits } from '../../../shared/wire/codec.ts';
import { drawStrokes, get, keyIn, makeBoard, refusalOf, startTestServer } from '../../testing/test-server.ts';

const server = await startTestServer({});
const board = await makeBoard(server, { title: 'Looked at' });
const closed = await makeBoard(server, { access: 'private' });
await drawStrokes(server, board, 6);
await drawStrokes(server, closed, 1);
const packed = await get(server, `/api/boards/${board.id}/events?after=0&limit=10000`, {
  accept: 'application/msgpack',
});
const events = unpackCommits(new Uint8Array(await packed.arrayBuffer())).flatMap((commit) => commit.events);
const snapshot = (id: string, query: string, headers: Record<string, string> = {}) =>
  get(server, `/api/boards/${id}/snapshot${query}`, headers);

test('[N31] it is the fold of the events up to the moment, at any revision or time', async () => {
  expect(events.length).toBeGreaterThan(12);
  const moments = events.flatMap(({ revision, at }) => [
    { at: revision, expected: events.slice(0, revision) },
    { at, expected: events.filter((event) => event.at <= at) },
  ]);
  for (const { at, expected } of moments) {
    const response = await snapshot(board.id, `?at=${at}`);
    const then = unpackSnapshot(new Uint8Array(await response.arrayBuffer()));
    expect(sameBoard(then, fold(emptyBoard, expected))).toBe(true);
    expect(response.headers.get('retrace-revision')).toBe(`${expected.length}`);
    expect(response.headers.get('retrace-epoch')).toBe(packed.headers.get('retrace-epoch'));
  }
});

test('[N31] what a cache has is not sent again', async () => {
  const first = await snapshot(board.id, '?at=9');
  const tag = first.headers.get('etag') ?? '';
  expect((await snapshot(board.id, '?at=9', { 'if-none-match': tag })).status).toBe(304);
  expect((await snapshot(board.id, '?at=10', { 'if-none-match': tag })).status).toBe(200);
});

test.each(['', '?at=', '?at=yesterday', '?at=-1', '?at=2026-01-01T00:00'])('[N31] %j is no moment', async (query) => {
  expect(await refusalOf(await snapshot(board.id, query))).toEqual([400, 'BadRequest']);
});

test('[N31] of a private board only who has a key gets it', async () => {
  expect(await refusalOf(await snapshot(closed.id, '?at=2'))).toEqual([403, 'NotAllowed']);
  const authorization = `Bearer ${keyIn(closed.links['edit'])}`;
  const mine = await snapshot(closed.id, '?at=2', { authorization });
  expect([mine.status, mine.headers.get('cache-control')]).toEqual([200, 'private, no-cache']);
});
