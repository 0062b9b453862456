import { expect, test } from 'vitest';
import { run } from './storage.bench.ts';

test('the benchmark of storage runs, in a short form, and a sealed point takes less than half', async () => {
  const measures = await run({ log: () => {}, option: (name, fallback) => (name === 'events' ? '9000' : fallback) });
  const bytes = measures.filter(({ metric }) => metric === 'bytes_per_point').map(({ value }) => value);
  expect(bytes).toHaveLength(2);
  const [live = 0, sealed = Infinity] = bytes;
  expect(sealed).toBeLessThan(live / 2);
  for (const { value, ratio = 1 } of measures) expect([value, ratio].every((number) => number > 0)).toBe(true);
});
