import { request } from 'node:http';
import { expect, test } from 'vitest';
import { MAX_IMAGE_BYTES, MAX_IMAGE_SIDE } from '../../../shared/limits.ts';
import { jpegOf, pngOf } from '../../../shared/testing/image-files.ts';
import { get, keyIn, type MadeBoard, makeBoard, refusalOf, startTestServer } from '../../testing/test-server.ts';

const server = await startTestServer({ trustProxy: true, imagesPerMinute: 3 });
const board = await makeBoard(server, { title: 'With images' });

const send = (bytes: Uint8Array<ArrayBuffer>, to: MadeBoard = board, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/api/boards/${to.id}/images`, {
    method: 'POST',
    headers: { 'content-type': 'image/png', ...headers },
    body: bytes,
  });

test('[I1] an image that was sent is to be had under the hash of its bytes, for ever and by what it is', async () => {
  const sent = await send(jpegOf(30, 20));
  expect(sent.status).toBe(201);
  const { id, ...header } = (await sent.json()) as { id: string };
  expect(header).toEqual({ mediaType: 'image/jpeg', width: 30, height: 20 });
  const hash = await crypto.subtle.digest('SHA-256', jpegOf(30, 20));
  expect(id).toBe(Buffer.from(hash).toString('base64url'));

  const shown = await get(server, sent.headers.get('location') ?? '');
  expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
  expect(shown.headers.get('cache-control')).toContain('immutable');
  expect(shown.headers.get('x-content-type-options')).toBe('nosniff');
  expect(shown.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
  expect(Buffer.from(await shown.arrayBuffer()).equals(jpegOf(30, 20))).toBe(true);
});

test('[I2] what is no PNG or JPEG by its bytes, or too large, is refused, whatever it is called', async () => {
  const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
  for (const bytes of [svg, new Uint8Array(), pngOf(MAX_IMAGE_SIDE + 1, 1)]) {
    expect(await refusalOf(await send(bytes))).toEqual([415, 'WrongMediaType']);
  }
  expect(await refusalOf(await send(pngOf(9, 9), board, { 'content-type': 'text/plain' }))).toEqual([
    415,
    'WrongMediaType',
  ]);
  expect(await statusOfLarge(pngOf(9, 9, ' '.repeat(MAX_IMAGE_BYTES)))).toBe(413);
});

/** The server answers, and cuts, while the body is still being sent: `fetch` would only see the cut. */
const statusOfLarge = (bytes: Uint8Array): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const url = `${server.url}/api/boards/${board.id}/images`;
    const sending = request(url, { method: 'POST', headers: { 'content-type': 'image/png' } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sending.on('error', reject).end(bytes);
  });

test('[I2] only who may draw on a board may send one', async () => {
  const shown = await makeBoard(server, { access: 'private' });
  expect(await refusalOf(await send(pngOf(1, 1), shown))).toEqual([403, 'NotAllowed']);
  const as = (link: string) => ({ authorization: `Bearer ${keyIn(shown.links[link])}` });
  expect(await refusalOf(await send(pngOf(1, 1), shown, as('view')))).toEqual([403, 'NotAllowed']);
  expect((await send(pngOf(1, 1), shown, as('edit'))).status).toBe(201);
  expect(await refusalOf(await send(pngOf(1, 1), { id: 'NoSuchBoardAAAAA', links: {} }))).toEqual([404, 'NoSuchBoard']);
});

test('[I2] an address that sends too many has to wait', async () => {
  const from = { 'x-forwarded-for': '203.0.113.7' };
  const answers = [];
  for (let i = 0; i < 4; i++) answers.push((await send(pngOf(5, i + 1), board, from)).status);
  expect(answers).toEqual([201, 201, 201, 429]);
});

test('[I1] what is not there is 404, and so is what no id could be', async () => {
  for (const id of ['A'.repeat(43), 'x', '..%2f..%2fetc%2fpasswd', 'A'.repeat(44)]) {
    expect(await refusalOf(await get(server, `/api/images/${id}`))).toEqual([404, 'NoSuchImage']);
  }
});
