import { expect, it } from 'vitest';
import { kinds, kindWithCode } from './kinds.ts';
import { testKind } from './kinds-contract.ts';

for (const kind of Object.values(kinds)) testKind(kind);

it('[K5] gives every kind a name and a code of its own', () => {
  for (const [name, kind] of Object.entries(kinds)) {
    expect(kind.name).toBe(name);
    expect(kindWithCode(kind.code)).toBe(kind);
  }
  expect(kindWithCode(999)).toBeUndefined();
});

it('[K5] never changes a code, for logs hold them', () => {
  expect(Object.fromEntries(Object.values(kinds).map((kind) => [kind.name, kind.code]))).toEqual({ pen: 1 });
});
