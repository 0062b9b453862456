import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LOCKFILES, missingPlatforms, platform } from './lockfile.mjs';

const lockfiles = LOCKFILES.map(
  (file) => [file, readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')] as const,
);

test.each(lockfiles)(
  '%s knows every platform, so that `npm ci` accepts it (otherwise: npm run lockfile)',
  (_, text) => {
    expect(Object.keys(missingPlatforms(JSON.parse(text).packages))).toEqual([]);
  },
);

test.each(lockfiles)('%s holds no address to download from', (_, text) => {
  expect(text).not.toContain('"resolved"');
});

test('a missing platform is added beside its siblings, or below its parent where another version has that place', () => {
  const packages = {
    'node_modules/old': { version: '1.0.0', optionalDependencies: { '@x/os-linux-x64-22': '1.0.0' } },
    'node_modules/new': { version: '2.0.0', dev: true, optionalDependencies: { '@x/os-linux-x64-22': '2.0.0' } },
  };
  const linux = { optional: true, os: ['linux'], cpu: ['x64'], engines: { node: '>=22.0.0 <23.0.0' } };
  const added = {
    'node_modules/@x/os-linux-x64-22': { version: '1.0.0', ...linux },
    'node_modules/new/node_modules/@x/os-linux-x64-22': { version: '2.0.0', dev: true, ...linux },
  };
  expect(missingPlatforms(packages)).toEqual(added);
  expect(missingPlatforms({ ...packages, ...added })).toEqual({});
});

test.each([
  ['@oxlint/binding-linux-arm64-musl', { os: ['linux'], cpu: ['arm64'], libc: ['musl'] }],
  ['@oxlint/binding-linux-arm-gnueabihf', { os: ['linux'], cpu: ['arm'], libc: ['glibc'] }],
  ['@oxlint/binding-win32-x64-msvc', { os: ['win32'], cpu: ['x64'] }],
  ['@uwsjs/darwin-arm64-22', { os: ['darwin'], cpu: ['arm64'], engines: { node: '>=22.0.0 <23.0.0' } }],
  ['lightningcss-freebsd-x64', { os: ['freebsd'], cpu: ['x64'] }],
])('%s says which platform it is for', (name, expected) => {
  expect(platform(name)).toEqual(expected);
});
