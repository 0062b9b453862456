import { NEVER, Observable, Subject } from 'rxjs';
import { describe, expect, test } from 'vitest';
import { type Board, emptyBoard, fold } from '../../shared/board.ts';
import type { Commit } from '../../shared/event.ts';
import type { BoardId, Epoch, Revision } from '../../shared/ids.ts';
import { lastRevision } from '../../shared/record.ts';
import { generateSession } from '../../shared/testing/session-generator.ts';
import type { HistoryPage, HistorySource } from './history-source.ts';
import { Replay } from './replay.svelte.ts';

const session = generateSession({ seed: 77, authors: 3, events: 1_200, idle: 0.02 });
const eventsOf = (commits: readonly Commit[]) => commits.flatMap((commit) => commit.events);
const foldOf = (commits: readonly Commit[]): Board => fold(emptyBoard, eventsOf(commits));

/** A board with its server: what was there on opening, and the rest of the session, which others still draw. */
function open(opened = 300) {
  let live = $state.raw(foldOf(session.slice(0, opened)));
  let epoch = 'epoch-01' as Epoch;
  let log = session.slice(0, opened);
  const commits$ = new Subject<readonly Commit[]>();
  const frames$ = new Subject<number>();
  const asked: Revision[] = [];
  let requests: Subject<HistoryPage>[] = [];
  const history: HistorySource = {
    pages: (after) =>
      new Observable((subscriber) => {
        asked.push(after);
        const pages = new Subject<HistoryPage>();
        requests.push(pages);
        return pages.subscribe(subscriber);
      }),
  };
  const boardId = 'abcdefghijklmnop' as BoardId;
  const replay = new Replay({ boardId, live: () => live, epoch: () => epoch, commits$ }, history, null, frames$);
  return {
    replay,
    asked,
    /** The server sends commits of its log that begin after what was asked for, up to the one with this index. */
    page(until = log.length): void {
      const after = replay.known === 0 ? 0 : (asked.at(-1) ?? 0);
      const commits = log.slice(0, until).filter((commit) => lastRevision(commit) > after);
      const last = until >= log.length;
      const next = last ? null : lastRevision(commits.at(-1) ?? (session[0] as Commit));
      const head = lastRevision(log.at(-1) as Commit);
      requests.at(-1)?.next({ commits, epoch, head, next });
      if (last) requests.at(-1)?.complete();
    },
    fail: (): void => requests.at(-1)?.error(new Error('The server cannot be reached just now.')),
    /** Others draw. `heard`: the connection is there to tell. */
    draw(count: number, heard = true): void {
      const news = session.slice(log.length, log.length + count);
      log = [...log, ...news];
      if (!heard) return;
      live = foldOf(log);
      commits$.next(news);
    },
    restore(): void {
      epoch = 'epoch-02' as Epoch;
      log = session.slice(0, 100);
      requests = [];
      live = foldOf(log);
      commits$.next([]);
    },
    frame: (...elapsed: number[]): void => elapsed.forEach((ms) => frames$.next(ms)),
    time: (index: number): number => session[index]?.at ?? 0,
    fold: (index: number): Board => foldOf(session.slice(0, index + 1)),
  };
}

const outline = (board: Board | null) => board && { revision: board.revision, at: board.at, shapes: board.shapes.size };

describe('looking back', () => {
  test('[T14] where nothing happened yet there is no past to step or skip to', () => {
    const { replay, asked } = open(1);
    replay.stepBy(-1, 'Gesture');
    replay.skip(-5_000);
    expect([replay.mode, asked]).toEqual(['Live', []]);
  });

  test('[T17] to play all of it, what was repeated is let go', () => {
    const { replay, page, time } = open();
    replay.fetch();
    page();
    replay.seek(time(50));
    replay.markLoop();
    replay.seek(time(100));
    replay.markLoop();
    expect(replay.loop).toEqual({ from: time(50), to: time(100) });
    replay.playSince(time(0), 20_000);
    expect([replay.loop, replay.mode, replay.playhead]).toEqual([null, 'Playing', time(0)]);
  });

  test('[T2] takes one to any moment, and back', () => {
    const { replay, page, time, fold: boardAt } = open();
    expect([replay.mode, replay.board]).toEqual(['Live', null]);
    replay.fetch();
    page();
    for (const index of [200, 40, 299 - 1, 0, 150]) {
      replay.seek(time(index));
      expect(replay.mode).toBe('Paused');
      expect(replay.playhead).toBe(time(index));
      expect(outline(replay.board)).toEqual(outline(boardAt(index)));
    }
    replay.goLive();
    expect([replay.mode, replay.board]).toEqual(['Live', null]);
    replay.close();
  });

  test('[T6] plays with the frames, at its speed, and stops with Pause', () => {
    const { replay, page, frame, time } = open();
    replay.fetch();
    page();
    replay.setSkipIdle(false);
    replay.seek(time(0));
    replay.play();
    replay.setSpeed(2);
    frame(16, 16, 18);
    expect(replay.playhead).toBe(time(0) + 100);
    replay.pause();
    frame(16, 16);
    expect(replay.playhead).toBe(time(0) + 100);
    replay.toggle();
    frame(10_000);
    expect(replay.playhead - time(0)).toBe(600);
    replay.close();
  });

  test('[T6] playing shows ink as the hand had it, pausing exactly the fold', () => {
    const { replay, page, frame } = open();
    replay.fetch();
    page();
    replay.play();
    let ahead = 0;
    for (let i = 0; i < 200; i++) {
      frame(7);
      const playing = replay.board;
      const { playhead } = replay;
      replay.pause();
      expect(outline(replay.board)).toEqual(outline(foldOf(session.filter(({ at }) => at <= playhead))));
      if (playing !== replay.board) ahead++;
      replay.play();
    }
    expect(ahead).toBeGreaterThan(20);
    replay.close();
  });

  test('[T4] others draw on meanwhile: the past stays, the span grows, and playing comes to the present', () => {
    const { replay, page, draw, frame, time } = open();
    replay.fetch();
    page();
    replay.seek(time(250));
    const { board } = replay;
    draw(20);
    expect(replay.board).toBe(board);
    expect(replay.playhead).toBe(time(250));
    expect(replay.span.to).toBe(time(319));
    replay.play();
    replay.setSpeed(16);
    for (let i = 0; i < 500 && replay.mode !== 'Live'; i++) frame(16);
    expect([replay.mode, replay.board]).toEqual(['Live', null]);
    replay.close();
  });
});

describe('loading', () => {
  test('[T9] begins when somebody looks back, and shows what it has', () => {
    const { replay, asked, page, time, fold: boardAt } = open();
    expect(asked).toEqual([]);
    replay.seek(time(200));
    expect(asked).toEqual([0]);
    expect([replay.mode, replay.board]).toEqual(['Loading', null]);
    page(100);
    expect(replay.mode).toBe('Loading');
    expect(outline(replay.board)).toEqual(outline(boardAt(99)));
    expect(replay.known).toBeCloseTo((replay.board?.revision ?? 0) / replay.head, 9);
    replay.seek(time(50));
    expect(outline(replay.board)).toEqual(outline(boardAt(50)));
    replay.seek(time(200));
    page(250);
    expect(replay.mode).toBe('Paused');
    expect(outline(replay.board)).toEqual(outline(boardAt(200)));
    replay.close();
  });

  test('[T9] a failure is said, keeps what is there, and can be tried again', () => {
    const { replay, asked, page, fail, time } = open();
    replay.seek(time(200));
    page(100);
    fail();
    expect(replay.load).toMatchObject({ state: 'Failed' });
    expect(replay.board?.revision).toBe(eventsOf(session.slice(0, 100)).length);
    replay.fetch();
    expect(asked.at(-1)).toBe(replay.board?.revision);
    page();
    expect([replay.mode, replay.load.state]).toEqual(['Paused', 'Complete']);
    replay.close();
  });

  test('[T4] what is confirmed while pages come is added behind them', () => {
    const { replay, asked, page, draw, time, fold: boardAt } = open();
    replay.fetch();
    draw(5);
    page(200);
    draw(5);
    page();
    draw(5);
    expect(asked).toEqual([0]);
    replay.seek(time(312));
    expect(outline(replay.board)).toEqual(outline(boardAt(312)));
    replay.close();
  });

  test('[T4] a hole between pages and live is fetched', () => {
    const { replay, asked, page, draw, time, fold: boardAt } = open();
    replay.fetch();
    page();
    draw(50, false);
    draw(5);
    expect(replay.load.state).toBe('Loading');
    expect(asked).toEqual([0, eventsOf(session.slice(0, 300)).length]);
    page();
    expect(replay.load.state).toBe('Complete');
    replay.seek(time(353));
    expect(outline(replay.board)).toEqual(outline(boardAt(353)));
    replay.close();
  });

  test('[T4] another epoch begins anew', () => {
    const { replay, asked, page, restore, time, fold: boardAt } = open();
    replay.fetch();
    page();
    replay.seek(time(50));
    restore();
    expect(asked).toEqual([0, 0]);
    page();
    replay.seek(time(60));
    expect(outline(replay.board)).toEqual(outline(boardAt(60)));
    expect(replay.span.to).toBe(time(99));
    replay.close();
  });

  test('[T9] a small history is fetched unasked, a large one is not', () => {
    const small = open();
    small.replay.fetchUnasked();
    expect(small.asked).toEqual([0]);
    const history: HistorySource = { pages: () => NEVER };
    const large = { ...emptyBoard, revision: 1_000_000 };
    const source = { boardId: 'abcdefghijklmnop' as BoardId, live: () => large, epoch: () => null, commits$: NEVER };
    const replay = new Replay(source, history);
    replay.fetchUnasked();
    expect(replay.load.state).toBe('Idle');
    replay.close();
    small.replay.close();
  });

  test('[T9] closing cancels what is being fetched', () => {
    let cancelled = 0;
    const history: HistorySource = { pages: () => new Observable(() => () => cancelled++) };
    const source = {
      boardId: 'abcdefghijklmnop' as BoardId,
      live: () => emptyBoard,
      epoch: () => null,
      commits$: NEVER,
    };
    const replay = new Replay(source, history);
    replay.fetch();
    replay.close();
    expect(cancelled).toBe(1);
  });
});
