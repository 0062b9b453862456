import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanText, textFault } from './text.ts';

test.each([
  ['Ann', null],
  ['  Ann ', null],
  ['Zoë', null],
  ['مريم', null],
  ['👩‍🚀', null],
  ['', 'not be empty'],
  ['   ', 'not be empty'],
  ['x'.repeat(41), 'at most 40 characters, not 41'],
  ['a\nb', 'control characters'],
  ['a\u0000', 'control characters'],
  ['a\u0085', 'control characters'],
  ['\u202egnp.exe', 'direction overrides'],
  ['\u2066x', 'direction overrides'],
  ['\ud83d', 'control characters'],
  ['Zoe\u0308', 'normal form C'],
])('[W5] a name %j: %s', (name, fault) => {
  if (fault === null) expect(textFault(name, 1, 40)).toBeNull();
  else expect(textFault(name, 1, 40)).toContain(fault);
});

test('[W5] any text can be made clean, and clean text stays as it is', () => {
  const anyCode = fc.oneof(fc.nat(0x2100), fc.nat(0x10ffff), fc.integer({ min: 0xd800, max: 0xdfff }));
  const anyText = fc.array(anyCode, { maxLength: 80 }).map((codes) => String.fromCodePoint(...codes));
  fc.assert(
    fc.property(anyText, (text) => {
      const clean = cleanText(text, 40);
      expect(textFault(clean, 0, 40)).toBeNull();
      expect(cleanText(clean, 40)).toBe(clean);
    }),
    { seed: 1, numRuns: 1000 },
  );
});
