import { describe, expect, test } from 'vitest';
import { type Playback, type PlaybackInput, type Reel, startLive, step } from './playback.ts';
import { FOLDED_IDLE } from './pace.ts';
import { commitOf } from './testing/commits.ts';
import { Timeline } from './timeline.ts';

/** Events at these times, with more to come unless the history is complete. */
function reelOf(times: readonly number[], complete = true, head = times.at(-1) ?? 0): Reel {
  const timeline = new Timeline(0);
  times.forEach((at, i) => timeline.add(commitOf(i, at, [0, { type: 'BoardRenamed', title: 'a' }])));
  return {
    from: timeline.from,
    to: timeline.to,
    head,
    complete,
    advance: (at, ms, skipIdle) => timeline.advance(at, ms, skipIdle),
    stepFrom: (at, direction, stride) => timeline.stepFrom(at, direction, stride),
  };
}

const seconds = (...list: number[]): number[] => list.map((second) => 1_000_000 + second * 1_000);
const at = (second: number): number => 1_000_000 + second * 1_000;
const whole = reelOf(seconds(0, 1, 2, 3, 4, 60, 61, 62));

const play = (reel: Reel, from: Playback, ...inputs: PlaybackInput[]): Playback =>
  inputs.reduce((playback, input) => step(playback, input, reel), from);
const tick = (elapsed: number): PlaybackInput => ({ type: 'Tick', elapsed });
const seek = (second: number): PlaybackInput => ({ type: 'Seek', at: at(second) });

describe('a whole history', () => {
  test('[T6] Play in the present begins at the beginning, moves with the clock and pauses', () => {
    const playing = play(whole, startLive, { type: 'Play' }, tick(400), tick(600));
    expect(playing).toEqual({ state: 'Playing', at: at(1), speed: 1, skipIdle: true });
    const paused = play(whole, playing, { type: 'Pause' }, tick(5_000));
    expect(paused).toMatchObject({ state: 'Paused', at: at(1) });
    expect(play(whole, paused, { type: 'Play' }, tick(250))).toMatchObject({ state: 'Playing', at: at(1.25) });
  });

  test('[T6] speed is a factor, also while it plays', () => {
    const fast = play(whole, startLive, { type: 'SetSpeed', speed: 16 }, seek(0), { type: 'Play' }, tick(100));
    expect(fast).toMatchObject({ at: at(1.6), speed: 16 });
    expect(play(whole, fast, { type: 'SetSpeed', speed: 0.25 }, tick(400))).toMatchObject({ at: at(1.7) });
  });

  test('[T7] idle time is a short pause, or its full length', () => {
    const skipping = play(whole, startLive, seek(4), { type: 'Play' }, tick(FOLDED_IDLE), tick(250));
    expect(skipping).toMatchObject({ state: 'Playing', at: at(60.25) });
    const waiting = play(whole, startLive, { type: 'SetSkipIdle', skipIdle: false }, seek(4), { type: 'Play' });
    expect(play(whole, waiting, tick(FOLDED_IDLE), tick(250))).toMatchObject({ at: at(4.75), skipIdle: false });
  });

  test('[T6] playing that reaches the end is live again, at the same speed the next time', () => {
    const near = play(whole, startLive, { type: 'SetSpeed', speed: 4 }, seek(61.5), { type: 'Play' });
    expect(play(whole, near, tick(124))).toMatchObject({ state: 'Playing' });
    expect(play(whole, near, tick(125))).toEqual({ state: 'Live', speed: 4, skipIdle: true });
  });

  test('[T6] seeking keeps playing or standing; the end is the present, and before the beginning is the beginning', () => {
    const playing = play(whole, startLive, { type: 'Play' }, seek(3));
    expect(playing).toMatchObject({ state: 'Playing', at: at(3) });
    expect(play(whole, startLive, seek(2))).toMatchObject({ state: 'Paused', at: at(2) });
    expect(play(whole, startLive, seek(-10))).toMatchObject({ state: 'Paused', at: at(0) });
    expect(play(whole, playing, seek(62)).state).toBe('Live');
  });

  test('[T6] skipping back from the present counts a folded pause as short', () => {
    const back = { type: 'Skip', by: -2_000 - FOLDED_IDLE - 1_000 } as const;
    expect(play(whole, startLive, back)).toMatchObject({ state: 'Paused', at: at(3) });
    expect(play(whole, startLive, back, { type: 'Skip', by: 3_600_000 }).state).toBe('Live');
  });

  test('[T6] pausing the present holds it while others draw on', () => {
    const held = play(whole, startLive, { type: 'Pause' });
    expect(held).toMatchObject({ state: 'Paused', at: at(62) });
    const later = reelOf(seconds(0, 62, 63));
    expect(play(later, held, { type: 'HistoryGrew' })).toBe(held);
    expect(play(later, held, { type: 'Play' }, tick(500))).toMatchObject({ state: 'Playing', at: at(62.5) });
    expect(play(later, held, { type: 'GoLive' }).state).toBe('Live');
  });

  test('ticks move nothing that does not play', () => {
    expect(step(startLive, tick(1_000), whole)).toBe(startLive);
  });
});

describe('a history that is being loaded', () => {
  const none = reelOf([], false, at(62));
  const part = reelOf(seconds(0, 1, 2), false, at(62));

  test('[T9] Play waits for the beginning only', () => {
    const waiting = play(none, startLive, { type: 'Play' }, tick(1_000));
    expect(waiting).toMatchObject({ state: 'Loading', then: 'Playing' });
    expect(play(part, waiting, { type: 'HistoryGrew' })).toMatchObject({ state: 'Playing', at: at(0) });
  });

  test('[T9] what is known can be seen at once; what is not is waited for, and seen then', () => {
    expect(play(part, startLive, seek(1))).toMatchObject({ state: 'Paused', at: at(1) });
    const waiting = play(part, startLive, seek(4));
    expect(waiting).toMatchObject({ state: 'Loading', at: at(4), then: 'Paused' });
    expect(play(part, waiting, { type: 'HistoryGrew' })).toMatchObject({ state: 'Loading' });
    expect(play(whole, waiting, { type: 'HistoryGrew' })).toMatchObject({ state: 'Paused', at: at(4) });
  });

  test('[T9] playing that overtakes the loading waits and goes on', () => {
    const waiting = play(part, startLive, seek(1), { type: 'Play' }, tick(3_000));
    expect(waiting).toMatchObject({ state: 'Loading', at: at(2), then: 'Playing' });
    expect(play(whole, waiting, { type: 'HistoryGrew' }, tick(500))).toMatchObject({ state: 'Playing', at: at(2.5) });
  });

  test('[T9] waiting can be turned to pausing, to another moment, or given up', () => {
    const waiting = play(part, startLive, seek(40), { type: 'Play' });
    expect(waiting).toMatchObject({ then: 'Playing' });
    expect(play(part, waiting, { type: 'Pause' })).toMatchObject({ state: 'Loading', then: 'Paused', at: at(40) });
    expect(play(part, waiting, seek(2))).toMatchObject({ state: 'Playing', at: at(2) });
    expect(play(part, waiting, { type: 'GoLive' }).state).toBe('Live');
  });

  test('[T9] skipping back from a present whose history is unknown waits for that moment', () => {
    expect(play(none, startLive, { type: 'Skip', by: -1_000 })).toMatchObject({ state: 'Loading', at: at(61) });
  });

  test('a board without any event has no past', () => {
    expect(play(reelOf([]), startLive, { type: 'Play' }, tick(16)).state).toBe('Live');
  });
});

describe('stepping', () => {
  const forward: PlaybackInput = { type: 'Step', direction: 1, stride: 'Gesture' };
  const back: PlaybackInput = { ...forward, direction: -1 };

  test('[T14] a step stands still where something was done, and the last one forward is the present', () => {
    const playing = play(whole, startLive, seek(2.5), { type: 'Play' });
    expect(play(whole, playing, forward)).toMatchObject({ state: 'Paused', at: at(3) });
    expect(play(whole, playing, back, back)).toMatchObject({ state: 'Paused', at: at(1) });
    expect(play(whole, startLive, back)).toMatchObject({ state: 'Paused', at: at(61) });
    expect(play(whole, startLive, back, forward)).toMatchObject({ state: 'Live' });
    expect(play(whole, startLive, forward)).toMatchObject({ state: 'Live' });
    expect(play(whole, startLive, seek(0), back)).toMatchObject({ state: 'Paused', at: at(0) });
  });

  test('[T14] where the history is not known yet, a step waits for it', () => {
    const part = reelOf(seconds(0, 1, 2), false, at(60));
    expect(play(part, startLive, back)).toMatchObject({ state: 'Loading', at: at(60), then: 'Paused' });
    expect(play(part, startLive, seek(2), forward)).toMatchObject({ state: 'Loading', at: at(60) });
    expect(play(part, startLive, seek(2), back)).toMatchObject({ state: 'Paused', at: at(1) });
  });
});

describe('repeating', () => {
  const mark: PlaybackInput = { type: 'MarkLoop' };

  test('[T17] what lies between two marks is played over and over, whichever was set first', () => {
    for (const [first, second] of [
      [1, 3],
      [3, 1],
    ] as const) {
      // prettier-ignore
      const looping = play(whole, startLive, seek(first), mark, seek(second), mark);
      expect(looping).toMatchObject({ state: 'Playing', at: at(1), loop: { from: at(1), to: at(3) } });
      expect(play(whole, looping, tick(1_999))).toMatchObject({ at: at(2.999) });
      expect(play(whole, looping, tick(1_999), tick(2))).toMatchObject({ state: 'Playing', at: at(1) });
      expect(play(whole, looping, { type: 'Pause' }, { type: 'Play' }, tick(2_000))).toMatchObject({ at: at(1) });
    }
  });

  test('[T17] beyond its end nothing is repeated, a third mark ends it, and the present has none', () => {
    const looping = play(whole, startLive, seek(1), mark, seek(3), mark);
    expect(play(whole, looping, seek(3.5), tick(400))).toMatchObject({ at: at(3.9) });
    expect(play(whole, looping, mark)).not.toHaveProperty('loop');
    expect(play(whole, looping, { type: 'GoLive' })).toEqual(startLive);
    expect(play(whole, startLive, mark)).toEqual(startLive);
    expect(play(whole, startLive, seek(1), mark, mark)).not.toHaveProperty('loop');
  });
});
