import { expect, test } from 'vitest';
import { LogUnavailable } from '../log/event-log.ts';
import { json, refuse } from './answer.ts';
import { type HttpRequest, RequestAborted } from './listener.ts';
import { createRouter } from './router.ts';

const noted: unknown[] = [];
const router = createRouter({
  routes: [
    { method: 'GET', path: '/things/:thing', handle: (_request, { thing }) => json(200, { thing }) },
    { method: 'POST', path: '/things/:thing', handle: () => json(201, {}) },
    { method: 'GET', path: '/things/:thing/file.:format', handle: (_request, params) => json(200, params) },
    { method: 'POST', path: '/only-post', handle: () => refuse(422, 'BadRequest', 'No.') },
    {
      method: 'GET',
      path: '/broken',
      handle: () => {
        throw new Error('broken route');
      },
    },
    { method: 'GET', path: '/rejected', handle: () => Promise.reject(new LogUnavailable('disk full')) },
    { method: 'GET', path: '/gone', handle: () => Promise.reject(new RequestAborted()) },
  ],
  otherwise: ({ path }) => refuse(404, 'NoSuchPath', path),
  elapsed: () => 0,
  observer: {
    answered: (route, status) => noted.push([route, status]),
    refused: (code) => noted.push(code),
    failed: (cause) => noted.push(String(cause)),
  },
});

async function ask(method: string, path: string) {
  noted.length = 0;
  const { status, headers, body } = await router({ method, path } as HttpRequest);
  return { status, headers, body: JSON.parse(body as string) as unknown };
}

test('[N16] the route of method and path answers, with what stood in the path', async () => {
  expect(await ask('GET', '/things/a%2Fb')).toMatchObject({ status: 200, body: { thing: 'a%2Fb' } });
  expect(await ask('HEAD', '/things/x')).toMatchObject({ status: 200 });
  expect(await ask('POST', '/things/x')).toMatchObject({ status: 201 });
  expect(await ask('GET', '/things/x/file.svg')).toMatchObject({ body: { thing: 'x', format: 'svg' } });
  expect(noted).toEqual([['/things/:thing/file.:format', 200]]);
});

test.each(['/things', '/things/', '/things/a/b', '/things/x/fileXsvg', '/THINGS/x', '//things/x', '/things/x/'])(
  '[N16] %s is not a route',
  async (path) => {
    expect(await ask('GET', path)).toMatchObject({
      status: 404,
      body: { error: { code: 'NoSuchPath', message: path } },
    });
  },
);

test('[N16] a wrong method is 405 and says which are right', async () => {
  expect(await ask('DELETE', '/things/x')).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD, POST' } });
  expect(await ask('GET', '/only-post')).toMatchObject({
    status: 405,
    headers: { allow: 'POST' },
    body: { error: { code: 'WrongMethod', message: 'This path answers only POST.' } },
  });
});

test('[N16] a refusal is JSON with its code, and is counted under it', async () => {
  expect(await ask('POST', '/only-post')).toMatchObject({
    status: 422,
    body: { error: { code: 'BadRequest', message: 'No.' } },
  });
  expect(noted).toEqual(['BadRequest', ['/only-post', 422]]);
});

test('[N16] a route that throws is 500 without telling why, and the cause is logged', async () => {
  const answer = await ask('GET', '/broken');
  expect(answer).toMatchObject({ status: 500, body: { error: { code: 'InternalError' } } });
  expect(JSON.stringify(answer)).not.toContain('broken route');
  expect(noted).toContain('Error: broken route');
});

test('[N16] a log that cannot be reached is 503, to be tried again', async () => {
  expect(await ask('GET', '/rejected')).toMatchObject({
    status: 503,
    headers: { 'retry-after': '2' },
    body: { error: { code: 'LogUnavailable' } },
  });
});

test('[N16] nobody answers a client that has gone', async () => {
  await expect(ask('GET', '/gone')).rejects.toBeInstanceOf(RequestAborted);
});

test('[N16] every answer forbids guessing its type and telling where one was', async () => {
  for (const path of ['/things/x', '/nowhere', '/broken']) {
    expect((await ask('GET', path)).headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
  }
});
