import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BoardId } from '../../shared/ids.ts';
import { commit, plain } from './contract.ts';
import type { EventLog, PackedCommit } from './event-log.ts';
import { memoryLog } from './memory.ts';
import { openSqliteLog } from './sqlite.ts';

// The two logs are told the same, some of it at the same time, and have to answer the same.

type Step =
  | { type: 'append'; board: number; offset: number; lengths: number[]; size: number }
  | { type: 'read'; board: number; after: number; maxBytes: number }
  | { type: 'head'; board: number };

const board = fc.nat(2);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    type: fc.constant('append' as const),
    board,
    // Mostly right, sometimes behind or ahead of the head.
    offset: fc.oneof(
      { weight: 5, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.integer({ min: -3, max: 3 }) },
    ),
    lengths: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 6 }),
    // Now and then one that does not fit the memory that the threads share.
    size: fc.oneof(
      { weight: 30, arbitrary: fc.nat(300) },
      { weight: 5, arbitrary: fc.constant(5_000) },
      { weight: 1, arbitrary: fc.constant(600_000) },
    ),
  }),
  fc.record({ type: fc.constant('read' as const), board, after: fc.nat(60), maxBytes: fc.nat(20_000) }),
  fc.record({ type: fc.constant('head' as const), board }),
);
/** Each inner list is asked for at once, without waiting. */
const story = fc.array(fc.array(step, { minLength: 1, maxLength: 8 }), { maxLength: 12 });

const say = (log: EventLog, heads: number[], prefix: string, step: Step): Promise<unknown> => {
  const id = `${prefix}${step.board}`.padStart(16, 'B') as BoardId;
  if (step.type === 'head') return log.head(id);
  if (step.type === 'read') return log.read(id, step.after, step.maxBytes).then(plain);
  const expected = Math.max(0, heads[step.board]! + step.offset);
  let head = expected;
  const commits: PackedCommit[] = step.lengths.map((length) => commit(head, (head += length), step.size));
  return log.append(id, expected, commits).then(
    () => 'stored',
    (error: unknown) => String(error),
  );
};

test('the log in SQLite answers as the one in memory does, whatever is asked', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'retrace-fuzz-'));
  const sqlite = await openSqliteLog({ dataFolder: folder, synchronous: 'NORMAL' });
  const memory = memoryLog();
  let stories = 0;
  try {
    await fc.assert(
      fc.asyncProperty(story, async (batches) => {
        const prefix = `Story${stories++}x`;
        for (const batch of batches) {
          const boards = [0, 1, 2].map((n) => `${prefix}${n}`.padStart(16, 'B') as BoardId);
          const heads = await Promise.all(boards.map((id) => memory.head(id)));
          // Reads among appends that are still on their way may see either state: they are asked for afterwards.
          const appends = batch.filter(({ type }) => type === 'append');
          const reads = batch.filter(({ type }) => type !== 'append');
          for (const steps of [appends, reads]) {
            const answers = await Promise.all(
              [memory, sqlite].map((log) => Promise.all(steps.map((step) => say(log, heads, prefix, step)))),
            );
            expect(answers[1]).toEqual(answers[0]);
          }
        }
      }),
      { seed: 20_261, numRuns: 300 },
    );
  } finally {
    await sqlite.close();
    await rm(folder, { recursive: true });
  }
});
