import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { build } from 'vite';
import type { comparePictures } from './canvas-page.ts';

/** The page's script as one text. */
async function script(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      rollupOptions: {
        input: fileURLToPath(new URL('canvas-page.ts', import.meta.url)),
        output: { format: 'iife' },
      },
    },
  });
  const outputs = Array.isArray(result) ? result : [result];
  const [chunk] = outputs.flatMap((one) => ('output' in one ? one.output : []));
  if (chunk?.type !== 'chunk') throw new Error('The script was not built.');
  return chunk.code;
}

test('[V7] tiles show what painting everything at once shows, whatever happened before', async ({ page }) => {
  await page.setContent('<title>Canvas</title>');
  await page.addScriptTag({ content: await script() });
  for (const zoom of [0.05, 0.25, 1, 2.5]) {
    const steps = await page.evaluate(
      (at) => (globalThis as unknown as { comparePictures: typeof comparePictures }).comparePictures(at),
      zoom,
    );
    for (const { step, fromFresh, fromLate } of steps) {
      // Browsers anti-alias a path otherwise where a clip cuts it: a few pixels in a million.
      expect(fromFresh, `${step} at ${zoom}`).toBeLessThan(1500);
      expect(fromLate, `${step} at ${zoom}, never changed`).toBe(0);
    }
  }
});
