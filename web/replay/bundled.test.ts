import { expect, it } from 'vitest';
import { bundled } from './bundled.ts';

it('[D15] moments that lie too near to each other to be pressed one by one are one button', () => {
  const at = (...places: number[]) => places.map((x) => ({ x }));
  expect(bundled([], 24)).toEqual([]);
  expect(bundled(at(50, 0, 24), 24)).toEqual([at(0), at(24), at(50)]);
  expect(bundled(at(0, 23, 100, 46, 101), 24)).toEqual([at(0, 23, 46), at(100, 101)]);
});
