import { expect, it } from 'vitest';
import { kinds } from './kinds.ts';
import { testKind } from './kinds-contract.ts';

for (const kind of Object.values(kinds)) testKind(kind);

it('[K5] gives every kind a name and a code of its own', () => {
  for (const [name, kind] of Object.entries(kinds)) expect(kind.name).toBe(name);
  const codes = Object.values(kinds).map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
});

it('[K5] never changes a code, for logs hold them', () => {
  expect(Object.fromEntries(Object.values(kinds).map((kind) => [kind.name, kind.code]))).toEqual({
    pen: 1,
    highlighter: 2,
    rectangle: 3,
    ellipse: 4,
    diamond: 5,
    triangle: 6,
    line: 7,
    arrow: 8,
    text: 9,
    note: 10,
    frame: 11,
    image: 12,
  });
});
