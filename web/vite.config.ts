import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

const server = `http://127.0.0.1:${process.env['PORT'] ?? '8787'}`;

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  cacheDir: '../.build/vite',
  plugins: [svelte({ configFile: false })],
  build: {
    outDir: '../.build/web',
    emptyOutDir: true,
    target: 'baseline-widely-available',
    // The page is served with `script-src 'self'; style-src 'self'`: nothing may be inlined.
    assetsInlineLimit: 0,
    rolldownOptions: { checks: { pluginTimings: false } },
    modulePreload: { polyfill: false },
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': { target: server, ws: true },
      '/healthz': server,
      '/readyz': server,
    },
  },
});
