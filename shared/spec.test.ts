import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const spec = readFileSync(`${root}shared/SPEC.md`, 'utf8');

const numbers = [...spec.matchAll(/^(?:- \*\*|\| )([A-Z]\d+)\b/gm)].map((match) => match[1] as string);
const rules = new Set(numbers);
const cited = new Set(
  ['shared', 'server', 'web'].flatMap((folder) =>
    readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /(\.test|\.spec|contract\/?[\w-]*)\.ts$/.test(file) || file.includes('contract'))
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => [...readFileSync(`${root}${folder}/${file}`, 'utf8').matchAll(/\[([A-Z]\d+)\]/g)])
      .map((match) => match[1] as string),
  ),
);

test('no two rules have one number', () => {
  expect(numbers.filter((rule, i) => numbers.indexOf(rule) !== i)).toEqual([]);
});

test('every rule of SPEC.md is cited by a test', () => {
  expect([...rules].filter((rule) => !cited.has(rule))).toEqual([]);
});

test('every rule that a test cites is in SPEC.md', () => {
  expect([...cited].filter((rule) => !rules.has(rule))).toEqual([]);
});
