import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Command } from '../command.ts';
import { emptyBoard, fold } from '../board.ts';
import { sameBoard } from '../same-board.ts';
import { anyCommand, anySession } from '../testing/arbitraries.ts';
import { packClientMessage, packCommit, unpackClientMessages, unpackCommits } from './codec.ts';

test('[W1] commits come back as they were packed', () => {
  fc.assert(
    fc.property(anySession(), ({ commits, board }) => {
      const bytes = commits.map(packCommit);
      expect(bytes.flatMap(unpackCommits)).toEqual(commits);
      expect(
        sameBoard(
          fold(
            emptyBoard,
            bytes.flatMap(unpackCommits).flatMap((c) => c.events),
          ),
          board,
        ),
      ).toBe(true);
    }),
    { seed: 1 },
  );
});

test('[W1] commands come back as they were packed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e9 }), anyCommand, (number: number, command: Command) => {
      const message = { type: 'Command', number, command } as const;
      expect(unpackClientMessages(packClientMessage(message))).toEqual([message]);
    }),
    { seed: 1 },
  );
});
