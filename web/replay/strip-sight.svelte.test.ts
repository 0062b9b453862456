import { describe, expect, test } from 'vitest';
import type { Millis } from '../../shared/ids.ts';
import { generateSession } from '../../shared/testing/session-generator.ts';
import { Timeline } from '../../shared/timeline.ts';
import { scaleOf } from './scale.ts';
import { partUnder } from './strip-hand.svelte.ts';
import { StripSight } from './strip-sight.svelte.ts';
import { ticksOf } from './ticks.ts';

const session = generateSession({ seed: 31, authors: 3, events: 20_000, idle: 0.3 });

/** A strip over the session, of which so many commits are there. */
function strip(skipIdle: boolean, count = session.length) {
  let known = $state(0);
  let idleSkipped = $state(skipIdle);
  const timeline = new Timeline(0);
  const grow = (until: number): void => {
    for (const commit of session.slice(timeline.length, until)) timeline.add(commit);
    known = timeline.length;
  };
  grow(count);
  let playhead: Millis = timeline.to;
  const whole = () => scaleOf(timeline, idleSkipped, known / timeline.length, timeline);
  const sight = new StripSight(whole, () => playhead);
  return {
    sight,
    timeline,
    whole,
    grow,
    skip: (skipped: boolean) => (idleSkipped = skipped),
    go: (at: Millis) => (playhead = at),
  };
}

describe.each([true, false])('[T21] with idle time skipped: %s', (skipIdle) => {
  test('all of it is shown until somebody asks for less, and again when they ask for all', () => {
    const { sight, timeline } = strip(skipIdle);
    expect([sight.isWhole, sight.scale.timeAt(0), sight.atPresent]).toEqual([true, timeline.from, true]);
    sight.zoom(0.2, 0.5);
    expect([sight.isWhole, sight.atPresent]).toEqual([false, false]);
    expect(sight.part).toEqual({ from: expect.closeTo(0.4, 6), to: expect.closeTo(0.6, 6) });
    sight.all();
    expect([sight.isWhole, sight.part]).toEqual([true, { from: 0, to: 1 }]);
    sight.zoom(0.1, 0.5);
    sight.zoom(30, 0.5);
    expect(sight.isWhole).toBe(true);
  });

  test('the instant under the pointer stays there, down to half a minute', () => {
    const { sight } = strip(skipIdle);
    const at = sight.scale.timeAt(0.3);
    for (let i = 0; i < 60 && !sight.isShortest; i++) {
      sight.zoom(0.7, 0.3);
      expect(sight.scale.fractionOf(at)).toBeCloseTo(0.3, 3);
    }
    expect(sight.scale.length).toBeCloseTo(30_000, 0);
    sight.zoom(0.5, 0.3);
    expect(sight.scale.length).toBeCloseTo(30_000, 0);
  });

  test('places in a part and instants map onto each other, and it can be moved to either end', () => {
    const { sight, timeline } = strip(skipIdle);
    sight.zoom(0.02, 0.61);
    for (let i = -20; i <= 120; i++) {
      const place = i / 100;
      expect(sight.scale.fractionOf(sight.scale.timeAt(place))).toBeCloseTo(place, 4);
    }
    sight.pan(-1_000);
    expect(sight.scale.timeAt(0)).toBeCloseTo(timeline.from, 0);
    sight.pan(2_000);
    expect([sight.scale.timeAt(1), sight.atPresent]).toEqual([expect.closeTo(timeline.to, 0), true]);
  });

  test('what ends at the present goes on with it, what does not stays where it is', () => {
    const { sight, timeline, grow } = strip(skipIdle, 6_000);
    sight.zoom(0.05, 1);
    const { length } = sight.scale;
    grow(6_400);
    expect(sight.scale.timeAt(1)).toBeCloseTo(timeline.to, 0);
    expect(sight.scale.length).toBeCloseTo(length, 0);
    sight.pan(-3);
    const [from, to] = [sight.scale.timeAt(0), sight.scale.timeAt(1)];
    grow(7_000);
    expect([sight.scale.timeAt(0), sight.scale.timeAt(1)]).toEqual([expect.closeTo(from, 0), expect.closeTo(to, 0)]);
  });

  test('it goes with the playhead, but leaves alone who looks elsewhere while it plays', () => {
    const { sight, timeline, whole } = strip(skipIdle);
    const at = (place: number): Millis => whole().timeAt(place);
    sight.follow(at(0.5), 'Paused');
    sight.zoom(0.2, 0.5);
    sight.follow(at(0.58), 'Paused');
    expect(sight.part.from).toBeCloseTo(0.4, 6);
    sight.follow(at(0.62), 'Paused');
    expect(sight.scale.fractionOf(at(0.62))).toBeCloseTo(0.1, 6);
    sight.follow(at(0.3), 'Paused');
    expect(sight.scale.fractionOf(at(0.3))).toBeCloseTo(0.9, 6);
    sight.follow(at(0.31), 'Playing');
    sight.follow(at(0.34), 'Playing');
    expect(sight.scale.fractionOf(at(0.34))).toBeCloseTo(0.1, 6);
    sight.pan(2);
    const { from } = sight.part;
    sight.follow(at(0.35), 'Playing');
    expect(sight.part.from).toBe(from);
    sight.follow(at(0.36), 'Paused');
    expect(sight.scale.fractionOf(at(0.36))).toBeGreaterThanOrEqual(0);
    sight.follow(timeline.to, 'Live');
    expect([sight.atPresent, sight.isWhole]).toEqual([true, false]);
  });

  test('there are ticks, in order, at round times, with room for what they say', () => {
    const { sight } = strip(skipIdle);
    for (let i = 0; i < 12; i++) {
      const ticks = ticksOf(sight.scale, 900, 928, 'en-GB');
      expect(ticks.length).toBeGreaterThan(0);
      expect(ticks.every(({ x }, k) => k === 0 || x - (ticks[k - 1]?.x ?? 0) >= 68)).toBe(true);
      expect(
        ticks.every(({ label }) => /^(\d\d:\d\d(:\d\d)?|\d{1,2} \w{3,4}( \d{4})?|\w{3,4}( \d{4})?|\d{4})$/.test(label)),
      ).toBe(true);
      sight.zoom(0.5, 0.4);
    }
  });
});

test('[T21] a stretch of time stays in sight when pauses are skipped or no longer', () => {
  const { sight, skip } = strip(true);
  sight.zoom(0.2, 0.4);
  const ends = [sight.scale.timeAt(0), sight.scale.timeAt(1)];
  skip(false);
  expect(sight.scale.timeAt(0)).toBeCloseTo(ends[0] ?? 0, -1);
  expect(sight.scale.timeAt(1)).toBeCloseTo(ends[1] ?? 0, -1);
});

test('[T21] a part that has become all there is, because pauses are skipped, is all; and a part again with the pauses', () => {
  const { sight, skip, whole } = strip(false, 1_000);
  sight.zoom(0.5, 0.5);
  expect(sight.isWhole).toBe(false);
  skip(true);
  // Nothing shorter than half a minute is looked at.
  expect(whole().length).toBeLessThan(30_000);
  expect(sight.isWhole).toBe(true);
  skip(false);
  expect(sight.isWhole).toBe(false);
});

test('[T21] two fingers keep the places that they took hold of', () => {
  expect(partUnder([0.4, 0.6], [0.25, 0.75])).toEqual({ from: expect.closeTo(0.3), to: expect.closeTo(0.7) });
  expect(partUnder([0.4, 0.6], [0.5, 0.5])).toBeNull();
  expect(partUnder([0.4, 0.6], [0.75, 0.25])).toBeNull();
});

const whole = (from: Date, to: Date) => scaleOf(new Timeline(0), false, 0, { from: from.getTime(), to: to.getTime() });
const labels = (from: Date, to: Date): string[] =>
  ticksOf(whole(from, to), 800, 800, 'en-GB').map(({ label }) => label);

test('[T21] no tick is where the one before still speaks, or where it would be cut off', () => {
  const from = new Date(2026, 2, 2, 9, 30, 0, 500);
  // So many px from second to second.
  for (const apart of [69, 72, 75, 90]) {
    for (const locale of ['en-GB', 'en-US']) {
      const to = new Date(from.getTime() + (800 / apart) * 1000);
      const ticks = ticksOf(whole(from, to), 800, 800, locale);
      const ends = ticks.map(({ x, label }) => x + 6 * label.length + 8);
      expect(ticks.length).toBeGreaterThan(3);
      expect(ticks.every(({ x }, k) => x >= (ends[k - 1] ?? 0))).toBe(true);
      expect(Math.max(...ends)).toBeLessThanOrEqual(800);
    }
  }
});

test('[T21] ticks say seconds of a minute, hours of a day, days of a week, months of a year, and years', () => {
  expect(labels(new Date(2026, 2, 2, 9, 30, 1), new Date(2026, 2, 2, 9, 31, 1))).toContain('09:30:20');
  expect(labels(new Date(2026, 2, 2, 9, 29), new Date(2026, 2, 2, 10, 29))).toContain('10:00');
  expect(labels(new Date(2026, 2, 2, 20), new Date(2026, 2, 3, 6))).toContain('3 Mar');
  expect(labels(new Date(2026, 2, 2, 12), new Date(2026, 2, 9, 12))).toContain('5 Mar');
  expect(labels(new Date(2026, 2, 2, 12), new Date(2026, 3, 8, 12))).toContain('9 Mar');
  expect(labels(new Date(2025, 6, 15), new Date(2026, 5, 15))).toEqual(
    expect.arrayContaining(['Aug 2025', 'Oct', '2026', 'Apr']),
  );
  expect(labels(new Date(2019, 6, 15), new Date(2026, 6, 15))).toEqual(expect.arrayContaining(['2020', '2025']));
});
