import { EMPTY, lastValueFrom } from 'rxjs';
import { describe, expect, test } from 'vitest';
import { type Board, emptyBoard, fold } from '../../shared/board.ts';
import type { Epoch, Millis } from '../../shared/ids.ts';
import { boardDifference } from '../../shared/testing/same-board.ts';
import { generateSession } from '../../shared/testing/session-generator.ts';
import type { HistorySource } from './history-source.ts';
import type { FetchedMoment } from './moment-source.ts';
import { behind, UnloadedMoments } from './unloaded-moments.ts';

const epoch = 'epoch-01' as Epoch;
const boardAt = (at: Millis): Board => ({ ...emptyBoard, revision: at, at });

/** Moments whose answers come when the test says so. */
function moments() {
  const asked: Millis[] = [];
  const answers: ((fetched: FetchedMoment | null) => void)[] = [];
  let arrived = 0;
  const unloaded = new UnloadedMoments(
    {
      boardAt: (at) => {
        asked.push(at);
        return new Promise((resolve) => answers.push(resolve));
      },
    },
    () => arrived++,
  );
  return {
    unloaded,
    asked,
    arrived: () => arrived,
    async answer(found = true, from = epoch): Promise<void> {
      const at = asked.at(-1) ?? 0;
      answers.at(-1)?.(found ? { at, board: boardAt(at), epoch: from } : null);
      await new Promise((resolve) => setTimeout(resolve));
    },
  };
}

test('[T22] what is wanted is asked for once, and is there when it has come', async () => {
  const { unloaded, asked, answer, arrived } = moments();
  expect(unloaded.boardAt(500, epoch)).toBeNull();
  expect(unloaded.boardAt(500, epoch)).toBeNull();
  await answer();
  expect(unloaded.boardAt(500, epoch)?.revision).toBe(500);
  expect([asked, arrived()]).toEqual([[500], 1]);
});

test('[T22] of what is wanted while one is on its way only the last is asked for', async () => {
  const { unloaded, asked, answer } = moments();
  for (const at of [500, 510, 520, 530]) unloaded.boardAt(at, epoch);
  expect(asked).toEqual([500]);
  await answer();
  expect(asked).toEqual([500, 530]);
  // Until it comes, the nearest before it shows: never one of later.
  expect(unloaded.boardAt(530, epoch)?.revision).toBe(500);
  expect(unloaded.boardAt(490, epoch)).toBeNull();
});

test('[T22] where a moment cannot be had the next one is asked for all the same', async () => {
  const { unloaded, asked, answer, arrived } = moments();
  unloaded.boardAt(500, epoch);
  unloaded.boardAt(600, epoch);
  await answer(false);
  await answer(false);
  unloaded.boardAt(600, epoch);
  expect([asked, arrived()]).toEqual([[500, 600], 0]);
});

test('[T22] a board of another store is never shown', async () => {
  const { unloaded, answer } = moments();
  unloaded.boardAt(500, epoch);
  await answer(true, 'epoch-02' as Epoch);
  expect(unloaded.boardAt(500, epoch)).toBeNull();
});

test('[T22] what comes after the history is here is let go', async () => {
  const { unloaded, answer, arrived } = moments();
  unloaded.boardAt(500, epoch);
  unloaded.clear();
  await answer();
  expect(arrived()).toBe(0);
});

test('[T25] behind what is sealed nothing is asked for but the moments', async () => {
  const around: Millis[] = [];
  const session = generateSession({ seed: 31, authors: 2, events: 300 });
  const end = session.at(-1)!.at;
  const unloaded = new UnloadedMoments(
    {
      boardAt: async (at) => ({ at, board: boardAt(at), epoch }),
      around: async (at) => {
        around.push(at);
        return { base: emptyBoard, commits: session, epoch };
      },
    },
    () => undefined,
  );
  for (const at of [end + 10, end + 20, end + 30]) {
    expect(unloaded.boardAt(at, epoch)?.revision).not.toBe(at);
    await unloaded.arrival();
    expect(unloaded.boardAt(at, epoch)?.revision).toBe(at);
  }
  expect(around).toEqual([end + 10]);
});

describe('[T25] what lies around a moment', () => {
  const session = generateSession({ seed: 31, authors: 3, events: 2_000 });
  const events = session.flatMap((commit) => commit.events);
  const foldTo = (at: Millis): Board =>
    fold(
      emptyBoard,
      events.filter((event) => event.at <= at),
    );
  const at = (share: number): Millis => session[Math.floor(share * (session.length - 1))]!.at;
  /** A server that answers with what lies a tenth of the history to each side. */
  function server() {
    const asked: string[] = [];
    const index = (instant: Millis): number => session.findLastIndex((commit) => commit.at <= instant);
    const unloaded = new UnloadedMoments(
      {
        boardAt: async (instant) => {
          asked.push(`moment ${index(instant)}`);
          return { at: instant, board: foldTo(instant), epoch };
        },
        around: async (instant) => {
          asked.push(`around ${index(instant)}`);
          const tenth = Math.floor(session.length / 10);
          const begin = Math.max(1, index(instant) - tenth);
          const base = foldTo(session[begin - 1]!.at);
          return { base, commits: session.slice(begin, index(instant) + tenth), epoch };
        },
      },
      () => undefined,
    );
    return { unloaded, asked };
  }

  test('comes behind it, and then nothing there is asked for any more', async () => {
    const { unloaded, asked } = server();
    unloaded.boardAt(at(0.5), epoch);
    await unloaded.arrival();
    const index = Math.floor(0.5 * (session.length - 1));
    expect(asked).toEqual([`moment ${index}`, `around ${index}`]);
    for (const share of [0.5, 0.45, 0.58, 0.41]) {
      const board = unloaded.boardAt(at(share), epoch)!;
      expect(boardDifference(board, foldTo(at(share)))).toBeNull();
    }
    expect(unloaded.arrival()).toBeNull();
    expect(asked).toHaveLength(2);
    // Of another store it is nothing, and beyond it the next moment is asked for.
    expect(unloaded.boardAt(at(0.5), 'epoch-02' as Epoch)).toBeNull();
    await unloaded.arrival();
    unloaded.boardAt(at(0.8), epoch);
    await unloaded.arrival();
    expect(asked.at(-1)).toBe(`around ${Math.floor(0.8 * (session.length - 1))}`);
  });

  test('goes before the rest of the history, for a while', async () => {
    const { unloaded, asked } = server();
    const history: HistorySource = {
      pages: () => {
        asked.push('history');
        return EMPTY;
      },
    };
    behind(unloaded, history).pages(0, null).subscribe();
    expect(asked.splice(0)).toEqual(['history']);
    unloaded.boardAt(at(0.5), epoch);
    await lastValueFrom(behind(unloaded, history).pages(0, null), { defaultValue: null });
    expect(asked.map((what) => what.split(' ')[0])).toEqual(['moment', 'around', 'history']);
  });

  test('is let go where it cannot be had', async () => {
    const never = new UnloadedMoments(
      { boardAt: async () => null, around: () => Promise.reject(new Error('no')) },
      () => expect.unreachable(),
    );
    never.boardAt(at(0.5), epoch);
    await never.arrival();
    expect([never.boardAt(at(0.5), epoch), never.arrival()]).toEqual([null, null]);
  });
});
