import { expect, test } from 'vitest';
import { emptyBoard } from '../shared/board.ts';
import { author, startStroke } from '../shared/testing/peers.ts';
import type { Moment } from './past.ts';
import type { Published } from './published.ts';
import { FaultyLog } from './log/faulty-log.ts';
import { memoryLog } from './log/memory.ts';
import { openTestBoard, quiet, submitter, TEST_BOARD, testBoards } from './testing/hosts.ts';

const ada = author('Ada');
const bram = author('Bram');

test('[S1] a lone command is in the log at once; those that wait for the log share one commit', async () => {
  const log = new FaultyLog(memoryLog());
  const { host } = await openTestBoard(testBoards(log));
  const published: Published[] = [];
  host.published$.subscribe((one) => published.push(one));
  const a = submitter(host, ada);
  const b = submitter(host, bram);
  const release = log.hold();
  a.submit(startStroke(1));
  await quiet();
  a.submit({ type: 'EndStroke' });
  b.submit(startStroke(1));
  await quiet();
  expect(published).toEqual([]);
  release();
  await quiet();
  expect(published.map(({ after, last }) => [after, last])).toEqual([
    [1, 3],
    [3, 6],
  ]);
  expect((await log.read(TEST_BOARD, 1, 1e6)).length).toBe(2);
});

test('[S2] nothing is published or answered before the log has it', async () => {
  const log = new FaultyLog(memoryLog());
  const { host } = await openTestBoard(testBoards(log));
  let heard = 0;
  host.published$.subscribe(() => heard++);
  const { submit, outcomes } = submitter(host, ada);
  const release = log.hold();
  submit(startStroke(1));
  await quiet();
  expect([heard, outcomes.size, host.board.revision]).toEqual([0, 0, 1]);
  release();
  await quiet();
  expect([heard, outcomes.get(1)?.type, host.board.revision]).toEqual([1, 'Recorded', 3]);
});

test('[S3] [P3] a repeated number is answered and not applied, a skipped one is told what was expected', async () => {
  const { host } = await openTestBoard(testBoards());
  const { submit, outcomes } = submitter(host, ada);
  submit(startStroke(1));
  await quiet();
  outcomes.clear();
  submit(startStroke(2), 1);
  submit(startStroke(2), 3);
  await quiet();
  expect(host.board.shapes.size).toBe(1);
  expect(outcomes.get(1)).toEqual({ type: 'Settled', at: 3 });
  expect(outcomes.get(3)).toEqual({ type: 'Skipped', expected: 2 });
});

test('[S3] a command that came to nothing is known as well, and a client may say what is settled', async () => {
  const { host } = await openTestBoard(testBoards());
  const { submit, outcomes } = submitter(host, ada);
  submit({ type: 'EndStroke' });
  submit({ type: 'Undo' });
  submit(startStroke(1));
  await quiet();
  expect([1, 2, 3].map((number) => outcomes.get(number)?.type)).toEqual(['Settled', 'Rejected', 'Recorded']);
  expect(host.board.authors[0]?.settled).toBe(3);
  host.leave(bram.client, await host.enter(bram.client, 7));
  const b = submitter(host, bram);
  b.submit(startStroke(1), 8);
  await quiet();
  expect(b.outcomes.get(8)?.type).toBe('Recorded');
  expect(host.board.authors[1]?.settled).toBe(8);
});

test('[S3] [P3] a client that begins anew is not taken for itself before: what was not in the log is withdrawn', async () => {
  const log = new FaultyLog(memoryLog());
  const boards = testBoards(log);
  const { host } = await openTestBoard(boards);
  const before = await host.enter(ada.client, 0);
  const answered: string[] = [];
  const submit = (entry: symbol, number: number, who: string): boolean =>
    host.submit({
      entry,
      author: ada,
      number,
      command: startStroke(number),
      from: { answer: (_number, { type }) => void answered.push(who + type) },
    });
  const release = log.hold();
  submit(before, 1, 'first ');
  await quiet();
  submit(before, 2, 'second ');
  const entering = host.enter(ada.client, 0);
  release();
  const now = await entering;
  expect(host.settledBy(ada.client)).toBe(1);
  submit(now, 2, 'again ');
  await quiet();
  expect(answered).toEqual(['first Recorded', 'again Recorded']);
  expect(host.board.shapes.size).toBe(2);
});

test('[S4] two hosts on one log: whoever is late takes in the other and decides again', async () => {
  const log = memoryLog();
  const first = await openTestBoard(testBoards(log));
  const second = await testBoards(log).boards.open(TEST_BOARD);
  const a = submitter(first.host, ada);
  const b = submitter(second!.host, bram);
  a.submit(startStroke(1));
  b.submit(startStroke(1));
  await quiet(20);
  expect([a.outcomes.get(1)?.type, b.outcomes.get(1)?.type]).toEqual(['Recorded', 'Recorded']);
  expect(first.host.board.revision).toBe(5);
  expect(second!.host.board.shapes.size).toBe(2);
});

test('[S5] [P9] while the log takes nothing, nothing is confirmed; what waits goes in when it can', async () => {
  const log = new FaultyLog(memoryLog());
  const boards = testBoards(log);
  const { host } = await openTestBoard(boards);
  const writable: boolean[] = [];
  host.writable$.subscribe((state) => writable.push(state));
  const { submit, outcomes } = submitter(host, ada);
  log.failAppends = true;
  submit(startStroke(1));
  await quiet();
  submit({ type: 'EndStroke' });
  expect([writable, outcomes.size, host.board.revision]).toEqual([[false], 0, 1]);
  boards.advance(500);
  await quiet();
  expect([writable, outcomes.size]).toEqual([[false], 0]);
  log.failAppends = false;
  boards.advance(500);
  await quiet();
  expect([writable, outcomes.size, host.board.revision]).toEqual([[false, true], 2, 4]);
});

test('[S6] closing commits what waits', async () => {
  const boards = testBoards();
  const { host } = await openTestBoard(boards);
  const { submit, outcomes } = submitter(host, ada);
  submit(startStroke(1));
  submit({ type: 'EndStroke' });
  await host.close();
  expect(outcomes.size).toBe(2);
  expect(await boards.log.head(TEST_BOARD)).toBe(4);
  expect(submit({ type: 'Undo' })).toBe(false);
});

test('[P4] a clock that is set back does not take the board back: times never fall', async () => {
  const boards = testBoards();
  const { host } = await openTestBoard(boards);
  const { submit } = submitter(host, ada);
  const times: number[] = [];
  host.published$.subscribe(({ board }) => times.push(board.at));
  const began = boards.now();
  for (const [number, step] of [5000, -3_600_000, 10, 3_600_000].entries()) {
    boards.advance(step);
    submit(startStroke(number + 1));
    await quiet(2);
  }
  expect(times).toEqual([began + 5000, began + 5000, began + 5000, began + 5010]);
});

test('[S17] the past is the fold up to a moment, in whatever order it is asked for', async () => {
  const boards = testBoards();
  const open = await openTestBoard(boards);
  const { host } = open;
  const { submit } = submitter(host, ada);
  for (let number = 1; number <= 20; number++) {
    boards.advance(100);
    submit(startStroke(number));
    await quiet(2);
  }
  const asker = { address: '127.0.0.1', signal: new AbortController().signal };
  const boardAt = async (moment: Moment) => (await boards.boards.boardAt(open, moment, asker)) ?? emptyBoard;
  for (const revision of [9, 3, 15, 3, 1, 16]) expect((await boardAt({ revision })).revision).toBe(revision);
  const { at } = await boardAt({ revision: 10 });
  expect((await boardAt({ time: at })).revision).toBe(10);
  expect((await boardAt({ time: at - 1 })).revision).toBe(9);
  expect((await boardAt({ time: at + 1e9 })).revision).toBe(22);
});

test('[S17] a moment that nobody waits for any more is not looked for, and one address does not keep others from theirs', async () => {
  const boards = testBoards();
  const open = await openTestBoard(boards);
  const { submit } = submitter(open.host, ada);
  for (let number = 1; number <= 20; number++) {
    submit(startStroke(number));
    await quiet(2);
  }
  const order: number[] = [];
  const ask = (address: string, revision: number, signal = new AbortController().signal) =>
    boards.boards.boardAt(open, { revision }, { address, signal }).then((board) => {
      if (board) order.push(board.revision);
      return board !== null;
    });
  const leaving = new AbortController();
  const answers = [ask('10.0.0.1', 3, leaving.signal), ask('10.0.0.1', 4, leaving.signal)];
  for (let i = 0; i < 200; i++) answers.push(ask('10.0.0.1', 5 + (i % 10)));
  answers.push(ask('10.0.0.2', 20));
  leaving.abort();
  const answered = await Promise.all(answers);
  expect([answered[0], answered[1], answered.at(-1)]).toEqual([false, false, true]);
  expect(order.indexOf(20)).toBeLessThan(2);
  expect(order.length).toBeLessThan(100);
});
