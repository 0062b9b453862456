import { expect, test } from 'vitest';
import { boardA, boardB, commit, run } from '../contract.ts';
import { LogUnavailable, WrongRevision } from '../event-log.ts';
import { AppendQueue } from './append-queue.ts';
import { type Append, decodeAppends } from './append-record.ts';
import type { Answer } from './mailbox.ts';

/** A writer whose batches are answered by the test. */
function slowWriter() {
  const batches: { appends: Append[]; answer: (answer: Answer) => void; fail: (error: Error) => void }[] = [];
  const write = (records: readonly Buffer[]) =>
    new Promise<Answer>((answer, fail) => {
      batches.push({ appends: records.flatMap((record) => decodeAppends(record, 1)), answer, fail });
    });
  return { batches, write };
}

const sizes = (writer: ReturnType<typeof slowWriter>) => writer.batches.map(({ appends }) => appends.length);
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('[L21] what is appended in one tick, and what comes while a batch is written, are a batch each', async () => {
  const writer = slowWriter();
  const told: string[] = [];
  const queue = new AppendQueue(writer, (board, head) => told.push(`${board} ${head}`));
  const first = [queue.append(boardA, 0, run(0, 1)), queue.append(boardB, 0, run(0, 2))];
  await turn();
  const second = [queue.append(boardA, 1, run(1, 1)), queue.append(boardA, 2, run(2, 1)), queue.append(boardB, 2, [])];
  await turn();
  expect(sizes(writer)).toEqual([2]);
  writer.batches[0]!.answer([null, null]);
  await Promise.all(first);
  expect(sizes(writer)).toEqual([2, 3]);
  expect(told).toEqual([`${boardA} 1`, `${boardB} 2`]);
  writer.batches[1]!.answer([null, null, null]);
  await Promise.all(second);
  await queue.drained();
  expect(told.slice(2)).toEqual([`${boardA} 2`, `${boardA} 3`]);
});

test('[L21] the next batch is on its way before the news of the last one goes round', async () => {
  const writer = slowWriter();
  const sent: number[] = [];
  const queue = new AppendQueue(writer, () => sent.push(writer.batches.length));
  const appends = [queue.append(boardA, 0, run(0, 1))];
  await turn();
  appends.push(queue.append(boardA, 1, run(1, 1)));
  writer.batches[0]!.answer([null]);
  await turn();
  writer.batches[1]!.answer([null]);
  await Promise.all(appends);
  expect(sent).toEqual([2, 2]);
});

test('[L21] a batch takes no more than the mailbox; an append that is larger goes alone', async () => {
  const writer = slowWriter();
  const queue = new AppendQueue(writer, () => {});
  const bytes = [400_000, 400_000, 400_000, 3_000_000, 10];
  const appends = bytes.map((size, index) => queue.append(boardA, index, [commit(index, index + 1, size)]));
  for (let batch = 0; batch < 4; batch++) {
    await turn();
    const { answer, appends } = writer.batches[batch]!;
    answer(appends.map(() => null));
  }
  await Promise.all(appends);
  expect(sizes(writer)).toEqual([2, 1, 1, 1]);
});

test('refusals reach their own callers only, and the queue goes on', async () => {
  const writer = slowWriter();
  const queue = new AppendQueue(writer, () => {});
  const attempt = async (answer: (batch: (typeof writer.batches)[0]) => void) => {
    const results = Promise.allSettled([queue.append(boardA, 5, run(5, 1)), queue.append(boardB, 0, run(0, 1))]);
    await turn();
    answer(writer.batches.at(-1)!);
    return (await results).map((result) => (result.status === 'rejected' ? (result.reason as unknown) : 'stored'));
  };
  expect(await attempt((batch) => batch.answer([3, null]))).toEqual([new WrongRevision(boardA, 5, 3), 'stored']);
  const failed = await attempt((batch) => batch.answer({ reason: 'the disk is full' }));
  expect(failed).toEqual([expect.any(LogUnavailable), expect.any(LogUnavailable)]);
  const lost = await attempt((batch) => batch.fail(new Error('no thread')));
  expect(lost).toEqual([expect.any(LogUnavailable), expect.any(LogUnavailable)]);
  expect(await attempt((batch) => batch.answer([null, null]))).toEqual(['stored', 'stored']);
});
