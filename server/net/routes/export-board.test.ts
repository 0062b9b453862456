import { expect, test } from 'vitest';
import { drawStrokes, get, makeBoard, refusalOf, startTestServer } from '../../testing/test-server.ts';

const server = await startTestServer();
const board = await makeBoard(server, { title: 'Zeichnung für alle' });
await drawStrokes(server, board, 3);
const path = `/api/boards/${board.id}/export`;

const strokesIn = async (query: string): Promise<number> => {
  const response = await get(server, `${path}.svg?${query}`);
  expect(response.status).toBe(200);
  return (await response.text()).match(/<path/g)?.length ?? 0;
};

test('[N22] SVG, JSON and PNG come as files that do nothing but show', async () => {
  const types = { svg: 'image/svg+xml; charset=utf-8', json: 'application/json; charset=utf-8', png: 'image/png' };
  for (const [format, type] of Object.entries(types)) {
    const { status, headers } = await get(server, `${path}.${format}`);
    expect([status, headers.get('content-type')]).toEqual([200, type]);
    expect(headers.get('content-disposition')).toBe(
      `inline; filename="Zeichnung fur alle.${format}"; filename*=UTF-8''Zeichnung%20f%C3%BCr%20alle.${format}`,
    );
    expect(headers.get('content-security-policy')).toBe(
      "sandbox; default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  }
});

test('[N22] a PNG has the size that its region and scale make', async () => {
  const response = await get(server, `${path}.png?region=0,0,100,40&scale=2`);
  const view = new DataView(await response.arrayBuffer());
  expect(view.getUint32(0)).toBe(0x89504e47);
  expect([view.getUint32(16), view.getUint32(20)]).toEqual([200, 80]);
});

test('[N22] the board at a revision or a time; the future is the present', async () => {
  // BoardCreated, AuthorJoined, then three events for each stroke.
  expect(await Promise.all(['at=0', 'at=1', 'at=3', 'at=6', 'at=9', ''].map(strokesIn))).toEqual([0, 0, 1, 2, 3, 3]);
  expect(await Promise.all(['at=99999', 'at=2999-01-01', 'at=99999999999999'].map(strokesIn))).toEqual([3, 3, 3]);
  expect(await strokesIn('at=1999-12-31T23:59:59Z')).toBe(0);
  expect((await get(server, `${path}.svg?at=6`)).headers.get('retrace-revision')).toBe('6');
});

test('[N22] an export that has not changed is 304', async () => {
  const tag = (await get(server, `${path}.png`)).headers.get('etag') ?? '';
  expect((await get(server, `${path}.png`, { 'if-none-match': tag })).status).toBe(304);
  expect((await get(server, `${path}.png?scale=2`, { 'if-none-match': tag })).status).toBe(200);
});

test('[N22] what cannot be made is refused, with the limit', async () => {
  expect(await refusalOf(await get(server, `${path}.exe`))).toEqual([404, 'NoSuchFormat']);
  expect(await refusalOf(await get(server, `${path}.constructor`))).toEqual([404, 'NoSuchFormat']);
  expect(await refusalOf(await get(server, `${path}.svg?at=soon&scale=0`))).toEqual([400, 'BadRequest']);
  const large = await get(server, `${path}.png?region=0,0,8000,8000&scale=1`);
  expect(await large.json()).toEqual({
    error: { code: 'TooLarge', message: expect.stringContaining('64000000 pixels; it may have 50000000') },
  });
});

test('[N22] too many at once are turned away, to come again; none fails', async () => {
  const answers = await Promise.all(Array.from({ length: 40 }, (_, i) => get(server, `${path}.svg?scale=1.${i + 10}`)));
  const [served, turnedAway] = [200, 503].map((status) => answers.filter((answer) => answer.status === status));
  expect(served!.length + turnedAway!.length).toBe(answers.length);
  expect(served!.length).toBeGreaterThanOrEqual(17);
  expect(turnedAway!.length).toBeGreaterThan(0);
  for (const busy of turnedAway!) {
    expect(busy.headers.get('retry-after')).toBe('2');
    expect(await refusalOf(busy)).toEqual([503, 'Busy']);
  }
});
