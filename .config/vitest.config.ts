import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { configDefaults, defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));
const withRunes = 'web/**/*.svelte.test.ts';

export default defineConfig({
  root,
  cacheDir: '.build/vite-test',
  plugins: [svelte({ configFile: false })],
  test: {
    // better-sqlite3 and uWebSockets.js are native: one process per test file, never threads of one process.
    pool: 'forks',
    // Far beyond what anything takes on a busy machine with two cores: only what hangs is to fail by the clock.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    passWithNoTests: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['{shared,server,web}/**/*.test.ts'],
          exclude: [...configDefaults.exclude, 'web/e2e/**', withRunes],
        },
      },
      {
        // Runes react only in code that is compiled for the browser; there is no DOM all the same.
        extends: true,
        resolve: { conditions: ['browser'] },
        test: { name: 'runes', include: [withRunes], environment: './.config/vitest.browser-code.ts' },
      },
    ],
  },
});
