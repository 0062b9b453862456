import { expect, test } from 'vitest';
import { run } from './join.bench.ts';

// What a server costs is read from /proc.
test.skipIf(process.platform !== 'linux')(
  'the benchmark of joining runs, in a short form',
  { timeout: 120_000 },
  async () => {
    const options: Record<string, string> = { strokes: '', events: '3100', left: '20', runs: '1' };
    const measures = await run({ log: () => {}, option: (name, fallback) => options[name] ?? fallback });
    const cases = [...new Set(measures.map((measure) => measure.case))];
    expect(cases).toEqual(['warm', 'cold', 'rebuilt'].map((how) => `events=3100, ${how}`));
    for (const { value, ratio = 1 } of measures) expect([value, ratio].every(Number.isFinite)).toBe(true);
    for (const { value } of measures.filter(({ metric }) => metric === 'bytes')) {
      // Two to three bytes a sample: of 20 strokes that are left, and of 80 that somebody could bring back.
      expect(value).toBeGreaterThan(20 * 60 * 1.5);
      expect(value).toBeLessThan(100 * 60 * 5);
    }
  },
);
