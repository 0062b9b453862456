import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { build } from 'esbuild';
import type { Camera } from '../../canvas/camera.ts';
import type { Peer } from './asked.ts';
import type { Contender, Prepared, Sheet } from './contender.ts';
import { versionOf } from './installed.ts';

/** As safe as any address may be: elsewhere a browser keeps what it knows of a pen between two frames to itself. */
const ADDRESS = 'http://localhost/';
const HTML = `<!doctype html><title>Peer</title><link rel="stylesheet" href="page.css">
<style>html, body, main { margin: 0; height: 100%; }</style><script defer src="page.js"></script>`;

/** A whiteboard from npm, alone in a page: its own component with its own interface around it. */
export function peer(packages: string, entry: 'excalidraw' | 'tldraw', name: string, packageName: string): Contender {
  return {
    name: `${name} ${versionOf(packages, packageName)}`,
    prepare: async (sheet) => prepared(packages, await bundle(packages, entry), sheet),
  };
}

export const excalidraw = (packages: string): Contender =>
  peer(packages, 'excalidraw', 'Excalidraw', '@excalidraw/excalidraw');
export const tldraw = (packages: string): Contender => peer(packages, 'tldraw', 'tldraw', 'tldraw');

type Bodies = ReadonlyMap<string, string>;

function prepared(packages: string, bodies: Bodies, { strokes, height, camera }: Sheet): Prepared {
  const query = new URLSearchParams(
    Object.entries({ strokes, height, ...camera }).map(([key, value]) => [key, String(value)]),
  );
  return {
    url: `${ADDRESS}?${query}`,
    route: async (page) => {
      await page.route(`${ADDRESS}**`, (route) => {
        const path = new URL(route.request().url()).pathname;
        const body = path === '/' ? HTML : bodies.get(path);
        const file = body === undefined ? assetOf(packages, path) : undefined;
        if (file !== undefined) return route.fulfill({ path: file });
        if (body === undefined) return route.fulfill({ status: 404, body: '' });
        const type = path.endsWith('.js') ? 'text/javascript' : path.endsWith('.css') ? 'text/css' : 'text/html';
        return route.fulfill({ body, contentType: `${type}; charset=utf-8` });
      });
    },
    takePen: (page) => page.evaluate(() => (globalThis as unknown as { peer: Peer }).peer.takePen?.()),
    look: (page) => look(page, camera),
    close: async () => {},
  };
}

/** Typefaces, icons and words that the peers would fetch from elsewhere. */
const ASSETS = ['@tldraw/assets', '@excalidraw/excalidraw/dist/prod'];

const assetOf = (packages: string, path: string): string | undefined =>
  ASSETS.map((folder) => join(packages, folder, path)).find((file) => existsSync(file));

const look = (page: Page, camera: Camera): Promise<void> =>
  page.evaluate((to) => (globalThis as unknown as { peer: Peer }).peer.look?.(to), camera);

/** As a page in production has it: minified, and React without its checks. */
async function bundle(packages: string, entry: string): Promise<Bodies> {
  const { outputFiles } = await build({
    entryPoints: { page: fileURLToPath(new URL(`${entry}.mjs`, import.meta.url)) },
    outdir: '/',
    write: false,
    bundle: true,
    minify: true,
    format: 'iife',
    logLevel: 'error',
    nodePaths: [packages],
    conditions: ['production'],
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.woff2': 'dataurl', '.woff': 'dataurl', '.svg': 'dataurl', '.png': 'dataurl' },
  });
  return new Map(outputFiles.map(({ path, text }) => [path, text]));
}
