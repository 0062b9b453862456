import { expect, test } from 'vitest';
import { run } from './backup.bench.ts';

test('[L26] the benchmark of backups runs, in a short form', async () => {
  const options: Record<string, string> = { backups: '2', mb: '10', seconds: '1' };
  const measures = await run({ log: () => {}, option: (name, fallback) => options[name] ?? fallback });
  const value = (of: string) => measures.find(({ metric }) => metric === of)?.value;
  expect(value('misfits')).toBe(0);
  for (const metric of ['append_p50', 'append_longest', 'loop_stall', 'backup'])
    expect(value(metric)).toBeGreaterThan(0);
});
