import { NEVER } from 'rxjs';
import { expect, test, vi } from 'vitest';
import { type Board, emptyBoard, fold } from '../../shared/board.ts';
import type { Commit } from '../../shared/event.ts';
import type { BoardId, Epoch } from '../../shared/ids.ts';
import { generateSession } from '../../shared/testing/session-generator.ts';
import type { HistorySource } from './history-source.ts';
import { Replay } from './replay.svelte.ts';

const session = generateSession({ seed: 78, authors: 3, events: 1_200, idle: 0.02 });
const epoch = 'epoch-01' as Epoch;
const foldOf = (commits: readonly Commit[]): Board =>
  fold(
    emptyBoard,
    commits.flatMap(({ events }) => events),
  );
const outline = (board: Board | null) => board && { revision: board.revision, at: board.at, shapes: board.shapes.size };

test('[T22] [T25] a moment that is not known shows before the history is asked for, and then what lies around it', async () => {
  const middle = session[350]!;
  const asked: string[] = [];
  const history: HistorySource = {
    pages: () => {
      asked.push('history');
      return NEVER;
    },
    boardAt: async (at) => {
      asked.push('moment');
      return { at, board: foldOf(session.filter((commit) => commit.at <= at)), epoch };
    },
    around: async () => {
      asked.push('around');
      return { base: foldOf(session.slice(0, 300)), commits: session.slice(300, 400), epoch };
    },
  };
  const boardId = 'abcdefghijklmnop' as BoardId;
  const live = foldOf(session);
  const replay = new Replay({ boardId, live: () => live, epoch: () => epoch, commits$: NEVER }, history);
  replay.seek(middle.at);
  await vi.waitFor(() => expect(asked).toEqual(['moment', 'around', 'history']));
  expect(outline(replay.board)).toEqual(outline(foldOf(session.slice(0, 351))));
  // There the hand moves without another question.
  for (const index of [320, 390, 341]) {
    replay.seek(session[index]!.at);
    expect(outline(replay.board)).toEqual(outline(foldOf(session.slice(0, index + 1))));
  }
  expect([replay.mode, asked]).toEqual(['Loading', ['moment', 'around', 'history']]);
  replay.close();
});
