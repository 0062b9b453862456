import { existsSync } from 'node:fs';
import { run, tool } from './run.mjs';

const DEBIAN = '/usr/bin/chromium';

/**
 * Sees to it that there is a Chromium for the browser tests: the one that is named, Debian's, or Playwright's own.
 *
 * @returns {Promise<boolean>}
 */
export async function ensureChromium() {
  if (existsSync(process.env['RETRACE_CHROMIUM'] ?? DEBIAN)) return true;
  if (existsSync('/usr/bin/apt-get') && existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    console.log('Installing Chromium …');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const packages = ['chromium', 'fonts-liberation'];
    await run('apt-get', ['update', '-qq'], { env });
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env });
    if (existsSync(DEBIAN)) return true;
  }
  const { chromium } = await import('@playwright/test');
  if (existsSync(chromium.executablePath())) return true;
  return (await tool('@playwright/test/cli.js', ['install', 'chromium'])) === 0;
}
