import { WebSocket } from 'ws';
import { expect, test } from 'vitest';
import { unpackTracks } from '../../../shared/wire/track-codec.ts';
import { hourOf } from '../../tracks/track-store.ts';
import { get, keyIn, makeBoard, refusalOf, startTestServer, type TestServer } from '../../testing/test-server.ts';

/** Somebody who says over a socket where they point. */
async function pointing(server: TestServer, id: string, key = ''): Promise<void> {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/api/boards/${id}/live`, 'retrace.json.v1');
  await new Promise((resolve) => (socket.onopen = resolve));
  const say = (message: object): void => socket.send(JSON.stringify(message));
  say({ type: 'Hello', slot: 1, name: 'Ada', color: 'blue', after: 0, settled: 0, ...(key ? { key } : {}) });
  await new Promise((resolve) => (socket.onmessage = resolve));
  say({ type: 'Pointing', cursor: { x: 12, y: 34 }, past: false, sight: { minX: 0, minY: 0, maxX: 640, maxY: 480 } });
  await new Promise((resolve) => setTimeout(resolve, 600));
  socket.close();
  await new Promise((resolve) => (socket.onclose = resolve));
}

test('[Q1] [Q3] what hands did is there by the hour, once it is kept, for those who may see the board', async () => {
  const server = await startTestServer();
  const secret = await makeBoard(server, { access: 'private' });
  await pointing(server, secret.id, keyIn(secret.links['edit']));
  const path = `/api/boards/${secret.id}/tracks`;
  expect(await refusalOf(await get(server, path))).toEqual([403, 'NotAllowed']);
  const may = { authorization: `Bearer ${keyIn(secret.links['view'])}` };
  const hours = async (): Promise<number[]> =>
    ((await (await get(server, path, may)).json()) as { hours: number[] }).hours;
  expect(await hours()).toEqual([]);
  // A piece is kept when the next one begins.
  for (let tries = 0; (await hours()).length === 0 && tries < 40; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 400));
    await pointing(server, secret.id, keyIn(secret.links['edit']));
  }
  const [hour = 0] = await hours();
  expect(Math.abs(hour - hourOf(Date.now()))).toBeLessThanOrEqual(1);
  const response = await get(server, `${path}/${hour}`, may);
  expect([response.headers.get('cache-control'), response.headers.get('content-type')]).toEqual([
    'no-cache',
    'application/vnd.retrace.tracks',
  ]);
  const [track] = unpackTracks(new Uint8Array(await response.arrayBuffer()));
  expect(track?.people[0]).toMatchObject({ name: 'Ada', color: 'blue' });
  expect(track?.samples.some(({ cursor, sight }) => cursor?.x === 12 && sight?.maxX === 640)).toBe(true);
  expect((await (await get(server, `${path}/1`, may)).arrayBuffer()).byteLength).toBe(0);
  expect((await get(server, `${path}/1`, may)).headers.get('cache-control')).toBe('private, max-age=86400');
  expect(await refusalOf(await get(server, `${path}/now`, may))).toEqual([400, 'BadRequest']);
});

test('[Q2] switched off there is nothing of it', async () => {
  const server = await startTestServer({ tracks: false });
  const board = await makeBoard(server);
  await pointing(server, board.id);
  expect(await refusalOf(await get(server, `/api/boards/${board.id}/tracks`))).toEqual([404, 'NoSuchPath']);
});
