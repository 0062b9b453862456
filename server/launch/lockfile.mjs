// `npm run lockfile`, after adding or updating a package: completes package-lock.json, and that of the peers that
// benchmarks compare with.
//
// A native package names one optional package per platform, and npm writes down only those that its registry had.
// A lockfile without the others is refused by `npm ci`, everywhere. This adds what is missing, by name and version.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './run.mjs';

export const LOCKFILES = ['package-lock.json', 'web/testing/peers/package-lock.json'];

/**
 * @typedef {{ version: string, dev?: boolean, optional?: boolean, os?: string[], cpu?: string[], libc?: string[],
 *   engines?: { node: string }, optionalDependencies?: Record<string, string> }} Entry
 * @typedef {Record<string, Entry>} Packages
 */

/**
 * @param {Packages} packages the lockfile's, by path
 * @returns {Packages} what is missing
 */
export function missingPlatforms(packages) {
  /** @type {Packages} */
  const missing = {};
  for (const [path, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const known = { ...packages, ...missing };
      const [nested, shared] = [`${path}/node_modules/${name}`, `node_modules/${name}`];
      // A range (`^1.2.0`) cannot be completed without asking the registry; platform packages have none.
      if (!/^\d/.test(version) || [nested, shared].some((place) => known[place]?.version === version)) continue;
      missing[known[shared] === undefined ? shared : nested] = {
        version,
        ...(dev === true ? { dev } : {}),
        optional: true,
        ...platform(name),
      };
    }
  }
  return missing;
}

/**
 * What a platform package is for, read off its name: `@scope/tool-linux-x64-musl`, `@scope/tool-darwin-arm64-22`.
 *
 * @param {string} name
 * @returns {Pick<Entry, 'os' | 'cpu' | 'libc' | 'engines'>}
 */
export function platform(name) {
  const found = /(?:^|[/-])(android|darwin|freebsd|linux|openharmony|win32)-([a-z0-9]+)(?:-([a-z]+|\d+))?$/.exec(name);
  const [, os, cpu, variant = ''] = found ?? [];
  if (os === undefined || cpu === undefined) throw new Error(`${name} does not say which platform it is for.`);
  const node = Number.parseInt(variant, 10);
  return {
    os: [os],
    cpu: [cpu],
    ...(os === 'linux' && variant.startsWith('musl') ? { libc: ['musl'] } : {}),
    ...(os === 'linux' && variant.startsWith('gnu') ? { libc: ['glibc'] } : {}),
    ...(node > 0 ? { engines: { node: `>=${node}.0.0 <${node + 1}.0.0` } } : {}),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const name of LOCKFILES) {
    const file = join(root, name);
    const lockfile = JSON.parse(readFileSync(file, 'utf8'));
    const missing = missingPlatforms(lockfile.packages);
    const entries = Object.entries({ ...lockfile.packages, ...missing }).sort(([a], [b]) => a.localeCompare(b, 'en'));
    lockfile.packages = Object.fromEntries(entries);
    writeFileSync(file, `${JSON.stringify(lockfile, null, 2)}\n`);
    console.log(`${Object.keys(missing).length} platform packages added to ${name}.`);
  }
}
