import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HttpRequest, HttpResponse } from './listener.ts';
import { type StaticFiles, loadStaticFiles } from './static-files.ts';

const script = `console.log(${JSON.stringify('long enough to be worth packing '.repeat(100))});`;
let root: string;
let files: StaticFiles;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'retrace-static-'));
  await writeFile(join(root, 'secret.txt'), 'outside of what is served');
  const served = join(root, 'web');
  await mkdir(join(served, 'assets'), { recursive: true });
  await writeFile(join(served, 'index.html'), '<!doctype html><title>Retrace</title>');
  await writeFile(join(served, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(join(served, 'assets', 'main-B4s3d1.js'), script);
  await writeFile(join(served, 'assets', 'inter.woff2'), new Uint8Array(3000));
  files = await loadStaticFiles(served);
});
afterAll(() => rm(root, { recursive: true }));

const asking = (path: string, headers: Record<string, string> = {}): HttpRequest =>
  ({ method: 'GET', path, header: (name: string) => headers[name] ?? '' }) as HttpRequest;

async function get(path: string, headers: Record<string, string> = {}): Promise<HttpResponse> {
  const response = await files.file(asking(path, headers));
  if (!response) throw new Error(`There is no ${path}.`);
  return response;
}

test('[N17] a file with its content in its name is kept for ever', async () => {
  expect(await get('/assets/main-B4s3d1.js')).toMatchObject({
    status: 200,
    headers: {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
    },
  });
});

test('[N17] the page and what has a lasting name are asked for again, and answered with 304 where unchanged', async () => {
  const first = await files.page(asking('/'), 200);
  expect(first?.headers['cache-control']).toBe('no-cache');
  const again = await files.page(asking('/', { 'if-none-match': `"other", W/${first?.headers['etag']}` }), 200);
  expect(again).toMatchObject({ status: 304, body: '' });
  expect(again?.headers['content-security-policy']).toContain("script-src 'self'");
  expect((await get('/favicon.svg')).headers['cache-control']).toBe('no-cache');
});

test('[N17] the page may run and load only what comes from its own server', async () => {
  const policy = (await files.page(asking('/'), 200))?.headers['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
});

test('[N17] the player may stand in any page, and is held to the same policy otherwise', async () => {
  const player = (await files.page(asking('/embed/AAAAAAAAAAAAAAAA'), 200))?.headers['content-security-policy'] ?? '';
  const page = (await files.page(asking('/'), 200))?.headers['content-security-policy'] ?? '';
  expect(player).toBe(page.replace("frame-ancestors 'none'", 'frame-ancestors *'));
});

test('[N17] an unknown address gets the page with the status that is true', async () => {
  expect((await files.page(asking('/nowhere', { 'if-none-match': '*' }), 404))?.status).toBe(404);
});

test.each([
  ['br', 'br', brotliDecompressSync],
  ['gzip, deflate', 'gzip', gunzipSync],
  ['gzip, deflate, br', 'br', brotliDecompressSync],
  ['br;q=0, gzip;q=0.5', 'gzip', gunzipSync],
] as const)('[N17] who takes %s gets %s', async (accepted, encoding, unpack) => {
  const { headers, body } = await get('/assets/main-B4s3d1.js', { 'accept-encoding': accepted });
  expect(headers['content-encoding']).toBe(encoding);
  expect((body as Uint8Array).length).toBeLessThan(script.length / 5);
  expect(unpack(body as Uint8Array).toString()).toBe(script);
});

test.each(['', 'identity', 'br;q=0', 'brotli', '*'])('[N17] who takes "%s" gets it unpacked', async (accepted) => {
  const { headers, body } = await get('/assets/main-B4s3d1.js', { 'accept-encoding': accepted });
  expect(headers['content-encoding']).toBeUndefined();
  expect(Buffer.from(body as Uint8Array).toString()).toBe(script);
});

test('[N17] what is packed already, or tiny, is not packed again', async () => {
  for (const path of ['/assets/inter.woff2', '/favicon.svg']) {
    const { headers } = await get(path, { 'accept-encoding': 'br' });
    expect(headers['content-encoding']).toBeUndefined();
    expect(headers['vary']).toBeUndefined();
  }
});

test('[N17] each form of a file has a tag of its own', async () => {
  const tags = await Promise.all(
    ['', 'gzip', 'br'].map(async (accepted) => {
      const { headers } = await get('/assets/main-B4s3d1.js', { 'accept-encoding': accepted });
      return headers['etag'];
    }),
  );
  expect(new Set(tags).size).toBe(3);
});

test.each([
  '/../secret.txt',
  '/assets/../../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/assets/..\\..\\secret.txt',
  '//secret.txt',
  '/secret.txt\0',
  '/index.html',
  '/assets',
  '/assets/',
  '',
])('[N17] %s is no file', async (path) => {
  expect(await files.file(asking(path))).toBeNull();
});

test('[N17] without a built page there is no page, and no failure', async () => {
  const none = await loadStaticFiles(join(root, 'never-built'));
  expect(await none.page(asking('/'), 200)).toBeNull();
  expect(await none.file(asking('/assets/main-B4s3d1.js'))).toBeNull();
});
