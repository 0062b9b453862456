// What the prose of the project says of its files and settings is so.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { settings } from '../server/config.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

const readme = read('README.md');
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'shared/README.md',
  'shared/SPEC.md',
  'shared/wire/README.md',
  'shared/fixtures/ink/README.md',
];

/** What its links and pictures lead to, without addresses elsewhere. */
const targets = (text: string): string[] =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target).filter((target) => !/^[a-z]+:/.test(target));

/** As GitHub makes them of headings. */
const anchors = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );

test.each(pages)('every link in %s leads to something', (page) => {
  const broken = targets(read(page)).filter((target) => {
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? page : join(dirname(page), path);
    return !existsSync(join(root, file)) || (anchor !== undefined && !anchors(read(file)).includes(anchor));
  });
  expect(broken).toEqual([]);
});

/** The rows of the table under these headings. */
function rowsUnder(header: string): string[] {
  const [, behind = ''] = readme.split(`\n${header}\n|---|---|---|\n`);
  const [table = ''] = behind.split('\n\n');
  return table.split('\n');
}

test('the table of settings is that of server/config.ts', () => {
  const rows = Object.values(settings).map(
    ({ variable, fallback, about }) => `| \`${variable}\` | ${fallback && `\`${fallback}\``} | ${about} |`,
  );
  expect(rowsUnder('| variable | usual | |')).toEqual(rows);
});

test('the table of what makes tests longer is that of the tests', () => {
  const usual = /process\.env\['(\w+)'\] \?\? ([\d_]+)/g;
  const files = ['shared', 'server', 'web'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
  );
  const found = files
    .filter((file) => /\.(test|spec)\.ts$/.test(file))
    .flatMap((file) => [...read(file).matchAll(usual)].map(([, name, value]) => `${name} ${value} ${file}`));
  const told = rowsUnder('| | usual | what it lengthens |').map((row) => {
    const [, name, value, file] = /^\| `(\w+)` \| ([\d ]+) \| \[.*?\]\((.*?)\)/.exec(row) ?? [];
    return `${name} ${value?.replaceAll(' ', '_')} ${file}`;
  });
  expect(told.sort()).toEqual(found.sort());
});
