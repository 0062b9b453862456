import { expect, test } from 'vitest';
import { InTurn } from './in-turn.ts';

const here = new AbortController().signal;

test('[N27] one at a time, in order; a failure is told to its own asker and holds up nobody', async () => {
  const turns = new InTurn(9);
  const log: string[] = [];
  const work = (name: string) => async (): Promise<string> => {
    log.push(`${name} begins`);
    await Promise.resolve();
    log.push(`${name} ends`);
    if (name === 'b') throw new Error('b failed');
    return name;
  };
  const results = await Promise.allSettled(['a', 'b', 'c'].map((name) => turns.run(work(name), here)));
  expect(results.map((result) => (result.status === 'fulfilled' ? result.value : 'failed'))).toEqual([
    'a',
    'failed',
    'c',
  ]);
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});

test('[N27] who comes when too many wait is turned away; who has gone costs nothing', async () => {
  const turns = new InTurn(2);
  let done = 0;
  const work = async (): Promise<number> => ++done;
  const gone = new AbortController();
  const answers = [turns.run(work, here), turns.run(work, gone.signal), turns.run(work, here)];
  gone.abort();
  expect(await Promise.all(answers)).toEqual([1, null, null]);
  expect(await turns.run(work, here)).toBe(2);
});
