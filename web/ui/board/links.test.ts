import { expect, test } from 'vitest';
import { linkOf } from './links.ts';

test.each([
  ['', ''],
  ['  ', ''],
  ['https://example.org/a?b=c#d', 'https://example.org/a?b=c#d'],
  ['example.org', 'https://example.org/'],
  ['ada@example.org', 'mailto:ada@example.org'],
  ['http://localhost:3000/b/x', 'http://localhost:3000/b/x'],
  ['https://example.org/ä b', 'https://example.org/%C3%A4%20b'],
])('[G19] %j is meant as %j', (typed, link) => {
  expect(linkOf(typed)).toBe(link);
});

test.each([
  'javascript:alert(1)',
  ' JavaScript:alert(1)',
  'data:text/html,hello',
  'file:///etc/passwd',
  'https://',
  'x'.repeat(2100),
])('[G19] %j is no link', (typed) => {
  expect(linkOf(typed)).toBeNull();
});
