import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { configDefaults, defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));
const withRunes = 'web/**/*.svelte.test.ts';
/** Code that keeps nothing between two tests, and touches nothing that all of a process share. */
const pure = '{shared,web/{canvas,export,replay,testing,tools,ui}}/**/*.test.ts';

export default defineConfig({
  root,
  cacheDir: '.build/vite-test',
  plugins: [svelte({ configFile: false })],
  test: {
    // better-sqlite3 and uWebSockets.js are native: one process per test file, never threads of one process.
    pool: 'forks',
    // Much of what a server's test does is to wait: for a disk, a timer, another process.
    maxWorkers: availableParallelism() + 1,
    // Far beyond what anything takes on a busy machine with two cores: only what hangs is to fail by the clock.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    passWithNoTests: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['{server,web}/**/*.test.ts'],
          exclude: [...configDefaults.exclude, 'web/e2e/**', withRunes, pure],
        },
      },
      {
        // For these a process of its own would be most of the work.
        extends: true,
        test: {
          name: 'pure',
          include: [pure],
          exclude: [...configDefaults.exclude, withRunes],
          isolate: false,
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
