import { describe, expect, test } from 'vitest';
import { FaultyLog } from '../../log/faulty-log.ts';
import { memoryLog } from '../../log/memory.ts';
import { get, keyIn, makeBoard, refusalOf, startTestServer } from '../../testing/test-server.ts';

const server = await startTestServer();

const post = (body: BodyInit | null, type = 'application/json', to = server): Promise<Response> =>
  fetch(`${to.url}/api/boards`, { method: 'POST', headers: { 'content-type': type }, body });

describe('making a board', () => {
  test('[N19] answers 201 with id, title, access and links', async () => {
    const response = await post(JSON.stringify({ title: ' A plan ' }));
    expect([response.status, response.headers.get('content-type')]).toEqual([201, 'application/json; charset=utf-8']);
    const board = (await response.json()) as { id: string };
    expect(board).toEqual({
      id: expect.stringMatching(/^[A-Za-z0-9]{16}$/),
      title: 'A plan',
      access: 'edit',
      links: {
        edit: `/b/${board.id}`,
        view: `/b/${board.id}`,
        api: `/api/boards/${board.id}`,
        events: `/api/boards/${board.id}/events`,
        live: `/api/boards/${board.id}/live`,
        svg: `/api/boards/${board.id}/export.svg`,
        png: `/api/boards/${board.id}/export.png`,
        json: `/api/boards/${board.id}/export.json`,
      },
    });
    expect(response.headers.get('location')).toBe(`/api/boards/${board.id}`);
  });

  test('[N19] takes no body for an open board without a title', async () => {
    expect((await fetch(`${server.url}/api/boards`, { method: 'POST' })).status).toBe(201);
    expect((await post('{}')).status).toBe(201);
  });

  test.each([
    ['not JSON', '{title}', 'The body is not JSON.'],
    ['not UTF-8', new Uint8Array([0x22, 0xff, 0x22]), 'The body is not JSON.'],
    ['a list', '[]', 'The body must be a JSON object.'],
    ['nothing', 'null', 'The body must be a JSON object.'],
    ['a number', '7', 'The body must be a JSON object.'],
    ['an unknown field', '{"name":"x"}', 'name is not known: there are title and access.'],
    ['a title that is no text', '{"title":7}', 'title must be text.'],
    ['a long title', JSON.stringify({ title: 'x'.repeat(121) }), 'title must have at most 120 characters, not 121.'],
    ['a line break', '{"title":"a\\nb"}', 'title must have no control characters, line breaks or direction overrides.'],
    ['an unknown access', '{"access":"all"}', 'access must be one of edit, view, private.'],
    ['two faults', '{"title":1,"access":2}', 'title must be text; access must be one of edit, view, private.'],
    ['a prototype', '{"__proto__":{"title":"x"}}', '__proto__ is not known: there are title and access.'],
  ])('[N19] %s is 400 and says what is wrong', async (_what, body, message) => {
    const response = await post(body);
    expect([response.status, await response.json()]).toEqual([400, { error: { code: 'BadRequest', message } }]);
  });

  test('[N19] a large body is 413, another media type 415', async () => {
    expect(await refusalOf(await post(JSON.stringify({ title: 'x'.repeat(17_000) })))).toEqual([413, 'TooLarge']);
    expect(await refusalOf(await post('title=x', 'application/x-www-form-urlencoded'))).toEqual([
      415,
      'WrongMediaType',
    ]);
    expect(await refusalOf(await post('{}', 'text/plain'))).toEqual([415, 'WrongMediaType']);
  });

  test('[N19] one address makes only so many in a minute', async () => {
    const limited = await startTestServer({ trustProxy: true, boardsPerMinute: 2 });
    const from = (address: string): Promise<Response> =>
      fetch(`${limited.url}/api/boards`, { method: 'POST', headers: { 'x-forwarded-for': `10.9.9.9, ${address}` } });
    expect([(await from('192.0.2.1')).status, (await from('192.0.2.1')).status]).toEqual([201, 201]);
    const refused = await from('192.0.2.1');
    expect(refused.headers.get('retry-after')).toBe('60');
    expect(await refusalOf(refused)).toEqual([429, 'TooFast']);
    expect((await from('192.0.2.2')).status).toBe(201);
  });

  test('[N19] while the log takes nothing, nothing is made and it is said', async () => {
    const log = new FaultyLog(memoryLog());
    const failing = await startTestServer({}, { log });
    log.failAppends = true;
    const response = await post('{}', 'application/json', failing);
    expect(response.headers.get('retry-after')).toBe('2');
    expect(await refusalOf(response)).toEqual([503, 'LogUnavailable']);
    expect(await refusalOf(await get(failing, '/readyz'))).toEqual([503, 'LogUnavailable']);
  });
});

describe('looking at a board', () => {
  test('[N20] tells what it is and who drew', async () => {
    const made = await makeBoard(server, { title: 'Seen' });
    const board = (await (await get(server, `/api/boards/${made.id}`)).json()) as Record<string, string>;
    expect(board).toMatchObject({ id: made.id, title: 'Seen', access: 'edit', role: 'editor', revision: 1, shapes: 0 });
    expect(board['participants']).toEqual([]);
    expect(Math.abs(Date.parse(board['createdAt'] ?? '') - Date.now())).toBeLessThan(60_000);
    expect(board['updatedAt']).toBe(board['createdAt']);
  });

  test.each([
    'AAAAAAAAAAAAAAAA',
    'short',
    'AAAAAAAAAAAAAAA%00',
    '..%2f..%2fetc',
    'AAAAAAAAAAAAAAAAA',
    'ÄAAAAAAAAAAAAAAA',
  ])('[N20] %s is no board', async (id) => {
    for (const path of ['', '/events', '/export.svg']) {
      expect(await refusalOf(await get(server, `/api/boards/${id}${path}`))).toEqual([404, 'NoSuchBoard']);
    }
  });

  test('[N13] a private board opens to its keys only, in the header or in the query', async () => {
    const made = await makeBoard(server, { access: 'private' });
    const [edit, view] = [keyIn(made.links['edit']), keyIn(made.links['view'])];
    for (const path of ['', '/events', '/export.svg', '/export.png', '/export.json']) {
      const address = `/api/boards/${made.id}${path}`;
      expect(await refusalOf(await get(server, address))).toEqual([403, 'NotAllowed']);
      expect(await refusalOf(await get(server, `${address}?key=wrong`))).toEqual([403, 'NotAllowed']);
      expect((await get(server, `${address}?key=${view}`)).status).toBe(200);
      expect((await get(server, address, { authorization: `Bearer ${edit}` })).status).toBe(200);
      expect((await get(server, address, { authorization: `Basic ${edit}` })).status).toBe(403);
    }
    const seen = await get(server, `/api/boards/${made.id}`, { authorization: `bearer ${view}` });
    expect(await seen.json()).toMatchObject({ role: 'viewer', access: 'private' });
  });

  test('[N13] the answer never tells a key again', async () => {
    const made = await makeBoard(server, { access: 'view' });
    expect(made.links['view']).toBe(`/b/${made.id}`);
    const text = await (await get(server, `/api/boards/${made.id}`)).text();
    expect(text).not.toContain(keyIn(made.links['edit']));
    expect(text).not.toMatch(/KeyHash|#key/);
  });
});
