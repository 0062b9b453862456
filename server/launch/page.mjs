import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, tool } from './run.mjs';

const page = join(root, '.build/web/index.html');
const stampFile = join(root, '.build/web.stamp');

// Neither reaches the page.
const IGNORED = /\.(test|bench)\.ts$|\.md$|^web\/(e2e|testing)\/|^shared\/fixtures\//;

/**
 * Builds the page where its sources are not those it was last built from.
 *
 * @returns {Promise<boolean>} whether there is a page now
 */
export async function ensurePage() {
  const sources = sourcesHash();
  if (existsSync(page) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === sources) return true;
  console.log('Building the page …');
  rmSync(stampFile, { force: true });
  if ((await tool('vite/bin/vite.js', ['build', '--config', 'web/vite.config.ts', '--logLevel', 'warn'])) !== 0) {
    console.error('The page could not be built; what Vite says is above.');
    return false;
  }
  writeFileSync(stampFile, sources);
  return true;
}

function sourcesHash() {
  const hash = createHash('sha256');
  for (const file of ['package-lock.json', 'tsconfig.json', ...filesBelow('shared'), ...filesBelow('web')]) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

/**
 * @param {string} folder
 * @returns {string[]} sorted, so that the hash does not depend on the file system
 */
function filesBelow(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/'))
    .filter((file) => !IGNORED.test(file))
    .sort();
}
