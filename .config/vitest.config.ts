import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

export default defineConfig({
  root,
  cacheDir: '.build/vite-test',
  test: {
    // better-sqlite3 and uWebSockets.js are native: one process per test file, never threads of one process.
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 30_000,
    passWithNoTests: true,
    projects: [
      {
        extends: true,
        test: { name: 'node', include: ['{shared,server}/**/*.test.ts'] },
      },
      {
        extends: true,
        plugins: [svelte({ configFile: false })],
        // The browser's Svelte, so that runes react as they do on the page.
        resolve: { conditions: ['browser'] },
        test: { name: 'web', include: ['web/**/*.test.ts'], exclude: ['web/e2e/**'] },
      },
    ],
  },
});
