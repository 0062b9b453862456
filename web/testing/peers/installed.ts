// The peers' packages, in a folder of their own below .build: `npm ci` of the project knows nothing of them.

import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm, root } from '../../../server/launch/run.mjs';

const FILES = ['package.json', 'package-lock.json'];
const wanted = fileURLToPath(new URL('.', import.meta.url));
const folder = join(root, '.build/peers');
const stamp = join(folder, 'installed.json');

/** Where the peers' packages are, installed if they are not those of the lockfile; null where npm could not. */
export async function installed(log: (text: string) => void): Promise<string | null> {
  const packages = join(folder, 'node_modules');
  const lockfile = readFileSync(join(wanted, 'package-lock.json'), 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockfile) return packages;
  log('Installing Excalidraw and tldraw, for this benchmark only (a minute or two) …');
  mkdirSync(folder, { recursive: true });
  for (const file of FILES) copyFileSync(join(wanted, file), join(folder, file));
  const args = ['--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  if ((await npm(['ci', ...args])) !== 0) return null;
  writeFileSync(stamp, lockfile);
  return packages;
}

/** As the package says itself. */
export function versionOf(packages: string, name: string): string {
  const { version } = JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8')) as { version: string };
  return version;
}
