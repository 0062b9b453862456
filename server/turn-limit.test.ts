import { expect, test } from 'vitest';
import { type ShapeId, shapeId } from '../shared/ids.ts';
import { author, startStroke } from '../shared/testing/peers.ts';
import { openTestBoard, quiet, submitter, testBoards } from './testing/hosts.ts';
import { TurnLimit } from './turn-limit.ts';

const { client } = author('Ada');
const shapes = (count: number): ShapeId[] => Array.from({ length: count }, (_, i) => shapeId(client, i + 1));
const undo = (count: number) => [{ type: 'ShapesRestored', shapes: shapes(count), gesture: 1, step: 'undo' }] as const;

test('[S18] one undo may be as great as it is; the next one waits until what it owes is worked off', () => {
  const limit = new TurnLimit();
  const allowed = (count: number, now: number): boolean => {
    const tally = limit.tally(now);
    const allows = tally.allows(client, undo(count));
    tally.settle();
    return allows;
  };
  expect(allowed(60_000, 0)).toBe(true);
  expect(allowed(60_000, 0)).toBe(true);
  expect(allowed(1, 0)).toBe(false);
  expect(allowed(1, 999)).toBe(false);
  expect(allowed(1, 1001)).toBe(true);
  expect(allowed(200_000, 60_000)).toBe(true);
});

test('[S18] in one plan all of a client count; a plan that is dropped owes nothing; erasing by hand is not counted', () => {
  const limit = new TurnLimit();
  const erased = [{ type: 'ShapesErased', shapes: shapes(200_000), gesture: 1, step: 'do' }] as const;
  const dropped = limit.tally(0);
  expect([undo(150_000), undo(1), erased].map((events) => dropped.allows(client, events))).toEqual([true, false, true]);
  expect(dropped.allows(author('Bram').client, undo(1))).toBe(true);
  expect(limit.tally(0).allows(client, undo(1))).toBe(true);
});

test('[S18] a flood of great undos stops where it goes too far; nothing is lost, and it goes on later', async () => {
  const boards = testBoards();
  const { host } = await openTestBoard(boards);
  const { submit, outcomes } = submitter(host, author('Ada'));
  for (let number = 1; number <= 600; number++) submit(startStroke(number));
  submit({ type: 'EraseShapes', gesture: 601, shapes: shapes(500) });
  submit({ type: 'EraseShapes', gesture: 601, shapes: shapes(600).slice(500) });
  await quiet(20);
  const before = outcomes.size;
  for (let i = 0; i < 300; i++) submit({ type: i % 2 === 0 ? 'Undo' : 'Redo' });
  await quiet(20);
  const first = [...outcomes.values()].findIndex(({ type }) => type === 'TooFast');
  expect(first - before).toBe(Math.ceil(100_000 / 600));
  expect([...outcomes.values()].slice(first + 1).every(({ type }) => type === 'Skipped')).toBe(true);
  const { revision } = host.board;
  boards.advance(1000);
  submit({ type: 'Redo' }, first + 1);
  await quiet();
  expect([outcomes.get(first + 1)?.type, host.board.revision]).toEqual(['Recorded', revision + 1]);
});

test('[S18] what an undo puts back of changes counts too, and a long text more than a colour', () => {
  const back = (text: string) =>
    [{ type: 'ShapesChanged', shapes: shapes(50_000), settings: [{ text }], gesture: 1, step: 'undo' }] as const;
  const times = (text: string): number => {
    const tally = new TurnLimit().tally(0);
    let allowed = 0;
    while (allowed < 100 && tally.allows(client, back(text))) allowed++;
    return allowed;
  };
  expect(times('')).toBe(2);
  expect(times('x'.repeat(64 * 50_000))).toBe(1);
  const done = { ...back('')[0], step: 'do' } as const;
  expect(
    new TurnLimit().tally(0).allows(
      client,
      Array.from({ length: 9 }, () => done),
    ),
  ).toBe(true);
});
