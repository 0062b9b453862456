// A page of a real browser for benchmarks and tests of what is painted, without the app.

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import { build } from 'vite';

/** A script of this project and all that it imports, as one text. */
export async function scriptOf(entry: URL): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      rollupOptions: { input: fileURLToPath(entry), output: { format: 'iife', codeSplitting: false } },
    },
  });
  const outputs = Array.isArray(result) ? result : [result];
  const [chunk] = outputs.flatMap((one) => ('output' in one ? one.output : []));
  if (chunk?.type !== 'chunk') throw new Error('The script was not built.');
  return chunk.code;
}

const DEBIAN = '/usr/bin/chromium';

/** Chromium without a GPU, as the browser tests have it. */
export function launch(): Promise<Browser> {
  const executablePath = process.env['RETRACE_CHROMIUM'] ?? (existsSync(DEBIAN) ? DEBIAN : undefined);
  return chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--enable-precise-memory-info'],
  });
}

/** An empty page with a script in it, on an address of its own that answers with `bodies`. */
export async function pageWith(browser: Browser, entry: URL, bodies: Readonly<Record<string, Buffer>>): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.route('http://bench.test/**', (route) => {
    const body = bodies[new URL(route.request().url()).pathname];
    return body
      ? route.fulfill({ body, contentType: 'application/octet-stream' })
      : route.fulfill({ body: '<title>Bench</title>', contentType: 'text/html' });
  });
  await page.goto('http://bench.test/');
  await page.addScriptTag({ content: await scriptOf(entry) });
  return page;
}

/** What calls the functions that a script put on a page. */
export const callerOf =
  <Functions extends Readonly<Record<string, (...args: never[]) => unknown>>>() =>
  <Name extends keyof Functions>(
    page: Page,
    name: Name,
    ...args: Parameters<Functions[Name]>
  ): Promise<Awaited<ReturnType<Functions[Name]>>> =>
    page.evaluate(
      ([name, args]) => (globalThis as unknown as Record<string, (...args: unknown[]) => never>)[name]!(...args),
      [name as string, args as unknown[]] as const,
    );
