import type { Environment } from 'vitest/runtime';

/** Code compiled as for the browser (Svelte's runes react), run in plain Node: no DOM. */
const environment: Environment = {
  name: 'browser-code',
  viteEnvironment: 'client',
  setup: () => ({ teardown() {} }),
};

export default environment;
