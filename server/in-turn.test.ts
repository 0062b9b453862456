import { setImmediate as tick } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type Asker, InTurn } from './in-turn.ts';

const from = (address: string, signal = new AbortController().signal): Asker => ({ address, signal });
const here = from('127.0.0.1');

/** Work that ends when it is let, and notes its name when it begins. */
function held(begun: string[], name: string): { work: () => Promise<string>; end: () => void } {
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { work: () => (begun.push(name), ended.then(() => name)), end };
}

test('[N27] one at a time, in order; a failure is told to its own asker and holds up nobody', async () => {
  const turns = new InTurn({ waiting: 9, each: 9 });
  const log: string[] = [];
  const work = (name: string) => async (): Promise<string> => {
    log.push(`${name} begins`);
    await Promise.resolve();
    log.push(`${name} ends`);
    if (name === 'b') throw new Error('b failed');
    return name;
  };
  const results = await Promise.allSettled(['a', 'b', 'c'].map((name) => turns.run(here, work(name))));
  expect(results.map((result) => (result.status === 'fulfilled' ? result.value : 'failed'))).toEqual([
    'a',
    'failed',
    'c',
  ]);
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});

test('[N27] who comes when too many wait is turned away; who has gone gives up their place at once', async () => {
  const turns = new InTurn({ waiting: 1, each: 9 });
  const begun: string[] = [];
  const first = held(begun, 'first');
  const gone = new AbortController();
  const answers = [
    turns.run(here, first.work),
    turns.run(from('127.0.0.1', gone.signal), async () => 'gone'),
    turns.run(here, async () => 'one too many'),
  ];
  gone.abort();
  answers.push(turns.run(here, async () => 'in their place'));
  expect(await answers[1]).toBeNull();
  first.end();
  expect(await Promise.all(answers)).toEqual(['first', null, null, 'in their place']);
  expect(await turns.run(from('10.0.0.1', gone.signal), async () => 'never')).toBeNull();
});

test('[N27] addresses take turns: one that asks for much is waited for once by another, and may not ask for more', async () => {
  const turns = new InTurn({ waiting: 100, each: 3 });
  const begun: string[] = [];
  const first = held(begun, 'greedy 0');
  const note = (name: string) => async () => begun.push(name);
  const greedy = from('10.0.0.1');
  const answers: Promise<unknown>[] = [turns.run(greedy, first.work)];
  for (let i = 1; i <= 5; i++) answers.push(turns.run(greedy, note(`greedy ${i}`)));
  answers.push(turns.run(from('10.0.0.2'), note('modest')));
  first.end();
  const results = await Promise.all(answers);
  expect(begun).toEqual(['greedy 0', 'greedy 1', 'modest', 'greedy 2', 'greedy 3']);
  expect(results.slice(4, 6)).toEqual([null, null]);
});

test('[E13] as many at once as there are threads, and no more', async () => {
  const turns = new InTurn({ atOnce: 2, waiting: 9, each: 9 });
  const begun: string[] = [];
  const works = ['a', 'b', 'c', 'd'].map((name) => held(begun, name));
  const answers = works.map(({ work }) => turns.run(here, work));
  await tick();
  expect(begun).toEqual(['a', 'b']);
  works[1]!.end();
  await answers[1];
  await tick();
  expect(begun).toEqual(['a', 'b', 'c']);
  for (const { end } of works) end();
  expect(await Promise.all(answers)).toEqual(['a', 'b', 'c', 'd']);
});
