import { expect, test } from 'vitest';
import type { Steps } from '../../shared/steps.ts';
import { GivenUp, inSlices } from './in-slices.ts';

/** Time that only passes where a step says so. */
function machine() {
  let now = 0;
  const turns: string[] = [];
  const told = (how: string, run: () => void): void => {
    turns.push(`${how} at ${now}`);
    setImmediate(run);
  };
  return {
    turns,
    scheduler: {
      soon: (run: () => void) => told('soon', run),
      after: (ms: number, run: () => void) => told(`after ${ms}`, run),
    },
    elapsed: () => now,
    *work(steps: number, ms: number): Steps<string> {
      for (let i = 0; i < steps; i++) {
        now += ms;
        yield;
      }
      return 'done';
    },
  };
}

test('[J9] others get their turn after every slice of steps, and before the first', async () => {
  const { work, turns, ...slicing } = machine();
  expect(await inSlices(work(9, 0.5), slicing)).toBe('done');
  expect(turns).toEqual(['soon at 0', 'soon at 1.5', 'soon at 3', 'soon at 4.5']);
});

test('[J9] what nobody waits for rests between its slices, until somebody does', async () => {
  const { work, turns, ...slicing } = machine();
  let asked = 0;
  await inSlices(work(4, 2), slicing, () => (++asked < 4 ? 'idle' : 'urgent'));
  expect(turns).toEqual(['soon at 0', 'after 6 at 2', 'after 6 at 4', 'soon at 6', 'soon at 8']);
});

test('work can be given up between slices, and what it throws is thrown', async () => {
  const { work, turns, ...slicing } = machine();
  let asked = 0;
  await expect(inSlices(work(9, 2), slicing, () => (++asked < 3 ? 'idle' : 'give up'))).rejects.toThrow(GivenUp);
  expect(turns).toHaveLength(2);
  const failing = (function* (): Steps<never> {
    yield;
    throw new Error('It cannot be packed.');
  })();
  await expect(inSlices(failing, slicing)).rejects.toThrow('It cannot be packed.');
});
