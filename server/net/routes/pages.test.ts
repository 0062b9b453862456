import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { get, makeBoard, refusalOf, startTestServer } from '../../testing/test-server.ts';

const pageFolder = await mkdtemp(join(tmpdir(), 'retrace-page-'));
await writeFile(join(pageFolder, 'index.html'), '<!doctype html><title>Retrace</title>');
await writeFile(join(pageFolder, 'theme.js'), 'document.documentElement');
afterAll(() => rm(pageFolder, { recursive: true }));
const server = await startTestServer({}, { pageFolder });

test.each([
  ['/', 200],
  ['/b/abcdefghijklmnop', 200],
  ['/b/abcdefghijklmnop/', 200],
  ['/b/abcdefghijklmnop?at=7', 200],
  ['/b/short', 404],
  ['/b/', 404],
  ['/b/abcdefghijklmnop/more', 404],
  ['/nowhere', 404],
  ['/index.html', 404],
  ['/.git/config', 404],
])('[N17] %s is the page, with status %i', async (path, status) => {
  const response = await get(server, path);
  expect([response.status, response.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8']);
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await response.text()).toContain('<title>Retrace</title>');
});

test('[N17] a file of the page is itself', async () => {
  const response = await get(server, '/theme.js');
  expect([response.status, await response.text()]).toEqual([200, 'document.documentElement']);
});

test('[N16] an unknown path of the API is 404 in JSON', async () => {
  for (const path of ['/api', '/api/', '/api/nothing', '/api/boards/abcdefghijklmnop/nothing', '/api/boards/']) {
    expect(await refusalOf(await get(server, path))).toEqual([404, 'NoSuchPath']);
  }
});

test('[N16] a wrong method is 405 and names the right ones', async () => {
  const ask = async (method: string, path: string) => {
    const response = await fetch(`${server.url}${path}`, { method });
    return [response.headers.get('allow'), ...(await refusalOf(response))];
  };
  expect(await ask('GET', '/api/boards')).toEqual(['POST', 405, 'WrongMethod']);
  expect(await ask('DELETE', '/api/boards/abcdefghijklmnop')).toEqual(['GET, HEAD', 405, 'WrongMethod']);
  expect(await ask('POST', '/')).toEqual(['GET, HEAD', 405, 'WrongMethod']);
  expect(await ask('PUT', '/healthz')).toEqual(['GET, HEAD', 405, 'WrongMethod']);
});

test('[N3] HEAD is answered like GET, without the body', async () => {
  const { id } = await makeBoard(server);
  for (const path of ['/', '/healthz', `/api/boards/${id}`, `/api/boards/${id}/export.png`]) {
    const [head, whole] = [await fetch(`${server.url}${path}`, { method: 'HEAD' }), await get(server, path)];
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect(head.headers.get('content-length')).toBe(whole.headers.get('content-length'));
  }
});

test('[N24] health, readiness and metrics', async () => {
  expect(await (await get(server, '/healthz')).json()).toEqual({ status: 'live' });
  expect(await (await get(server, '/readyz')).json()).toEqual({ status: 'ready' });
  const metrics = await get(server, '/metrics');
  expect(metrics.headers.get('content-type')).toContain('text/plain');
  const text = await metrics.text();
  expect(text).toContain('retrace_http_seconds_count{route="/readyz",status="200"} 1');
  expect(text).toContain('retrace_http_refusals_total{code="NoSuchPath"}');
  expect(text).toContain('process_resident_memory_bytes');
});

test('[N24] asking whether the server is ready leaves nothing in the log', async () => {
  await get(server, '/readyz');
  expect(await refusalOf(await get(server, '/api/boards/ReadinessProbe00'))).toEqual([404, 'NoSuchBoard']);
});

test('[N17] where the page is not built, it is said how', async () => {
  const bare = await startTestServer();
  const response = await get(bare, '/');
  expect(response.status).toBe(503);
  expect(await response.text()).toContain('npm run build');
});
