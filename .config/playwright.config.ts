import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';

const root = fileURLToPath(new URL('..', import.meta.url));

// Debian's Chromium where there is one; elsewhere Playwright's own.
const debian = '/usr/bin/chromium';
const executablePath = process.env['RETRACE_CHROMIUM'] ?? (existsSync(debian) ? debian : undefined);

export default defineConfig({
  testDir: `${root}web/e2e`,
  testMatch: '**/*.spec.ts',
  outputDir: `${root}.build/e2e`,
  // Far beyond what anything takes on a busy machine with two cores: only what hangs is to fail by the clock.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  // Every spec starts a server of its own, so specs may run side by side.
  workers: 2,
  // Hands, frames and a server on two busy cores: what fails once and not again is named as flaky at the end of the run.
  retries: 1,
  forbidOnly: Boolean(process.env['CI']),
  reporter: [['list'], ['json', { outputFile: `${root}.build/playwright.json` }]],
  use: {
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
