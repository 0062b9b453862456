import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoff } from './backoff.ts';

test('[C14] waits are spread from nearly none to a longest that doubles from 0.25 s to 10 s', () => {
  const longest = (attempt: number): number => backoff(attempt, 0.999_999);
  expect([0, 1, 2, 3, 4, 5, 6, 1000].map(longest)).toEqual([250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
  fc.assert(
    fc.property(fc.nat(), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (attempt, random) => {
      const wait = backoff(attempt, random);
      expect(wait).toBeGreaterThanOrEqual(20);
      expect(wait).toBeLessThanOrEqual(10_000);
      expect(Math.abs(wait - random * longest(attempt))).toBeLessThanOrEqual(20);
    }),
    { seed: 1 },
  );
});
