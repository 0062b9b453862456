import { describe, expect, test } from 'vitest';
import { Activity, FINEST_WIDTH, MAX_BUCKETS } from './activity.ts';
import type { BoardEvent } from './event.ts';
import { FOLDED_IDLE, IDLE_AFTER } from './pace.ts';
import { generateSession } from './testing/session-generator.ts';
import { commitOf, joined, samplesAfter, strokeStarted } from './testing/commits.ts';
import { seededRandom } from './testing/random.ts';
import { Timeline } from './timeline.ts';

const renamed: BoardEvent = { type: 'BoardRenamed', title: 'a' };

function timelineOf(commits: ReturnType<typeof generateSession>): Timeline {
  const timeline = new Timeline(0);
  for (const commit of commits) timeline.add(commit);
  return timeline;
}

describe('time and revision', () => {
  const timeline = timelineOf([
    commitOf(0, 1_000, [0, renamed]),
    commitOf(1, 2_000, [0, renamed], [0, renamed]),
    commitOf(3, 2_000, [0, renamed]),
    commitOf(4, 3_000, [0, renamed]),
  ]);

  test('[T1] the revision at an instant is the last one made by then', () => {
    const instants = [0, 999.9, 1_000, 1_999, 2_000, 2_999, 3_000, 9_000];
    expect(instants.map((at) => timeline.revisionAt(at))).toEqual([0, 0, 1, 1, 4, 4, 5, 5]);
  });

  test('[T1] every revision has the time of its commit', () => {
    expect([1, 2, 3, 4, 5].map((revision) => timeline.timeOf(revision))).toEqual([1_000, 2_000, 2_000, 2_000, 3_000]);
  });

  test('a timeline of nothing knows nothing', () => {
    const none = new Timeline(7);
    expect(none.revisionAt(5_000)).toBe(7);
    expect([none.from, none.to, none.length]).toEqual([0, 0, 0]);
  });
});

describe('steps', () => {
  const moved = (gesture: number): BoardEvent => ({
    type: 'ShapesMoved',
    gesture,
    shapes: [],
    matrix: [1, 0, 0, 1, 1, 0],
  });
  const timeline = timelineOf([
    commitOf(0, 1_000, [0, renamed]),
    commitOf(1, 2_000, [0, joined(1)], [1, strokeStarted(1, samplesAfter(0, 100))]),
    commitOf(3, 3_000, [1, { type: 'StrokeEnded' }]),
    commitOf(4, 4_000, [1, moved(5)]),
    commitOf(5, 5_000, [1, moved(5)]),
    commitOf(6, 6_000, [1, moved(6)]),
  ]);

  test('[T14] a gesture is one step, however many commits it took; a short step goes to each of them', () => {
    const all = (stride: 'Gesture' | 'Commit', direction: 1 | -1): number[] => {
      const found: number[] = [];
      let at: number | null = direction > 0 ? 0 : 9_000;
      while ((at = timeline.stepFrom(at, direction, stride)) !== null) found.push(at);
      return found;
    };
    expect(all('Gesture', 1)).toEqual([1_000, 3_000, 5_000, 6_000]);
    expect(all('Gesture', -1)).toEqual([6_000, 5_000, 3_000, 1_000]);
    expect(all('Commit', 1)).toEqual([1_000, 2_000, 3_000, 4_000, 5_000, 6_000]);
    expect(timeline.stepFrom(3_500, -1, 'Gesture')).toBe(3_000);
  });
});

describe('idle time', () => {
  const long = IDLE_AFTER + 60_000;
  const timeline = timelineOf([
    commitOf(0, 1_000, [0, renamed]),
    commitOf(1, 1_000 + IDLE_AFTER, [0, renamed]),
    commitOf(2, 1_000 + IDLE_AFTER + long, [0, joined(1)], [1, strokeStarted(1, samplesAfter(0, 100))]),
    commitOf(4, 2_000 + IDLE_AFTER + long, [0, renamed]),
  ]);
  const idle = timeline.idles[0];

  test('[T7] only a pause longer than the threshold is idle, and it ends when the hand begins', () => {
    expect(timeline.idles).toHaveLength(1);
    expect(idle).toMatchObject({ from: 1_000 + IDLE_AFTER, to: 1_000 + IDLE_AFTER + long - 100 });
  });

  test('[T7] skipping plays a pause in half a second, and all else at its own pace', () => {
    const { from = 0, to = 0 } = idle ?? {};
    expect(timeline.advance(1_000, 1_000, true)).toBe(2_000);
    expect(timeline.advance(from, FOLDED_IDLE, true)).toBe(to);
    expect(timeline.advance(from, FOLDED_IDLE / 2, true)).toBe((from + to) / 2);
    expect(timeline.advance(from - 10, FOLDED_IDLE + 30, true)).toBe(to + 20);
    expect(timeline.advance(to + 20, -(FOLDED_IDLE + 30), true)).toBe(from - 10);
    expect(timeline.advance(from, FOLDED_IDLE, false)).toBe(from + FOLDED_IDLE);
  });

  test('[T7] folded time and clock time map onto each other, in order', () => {
    const session = timelineOf(generateSession({ seed: 11, authors: 3, events: 3_000, idle: 0.2 }));
    expect(session.idles.length).toBeGreaterThan(3);
    const random = seededRandom(3);
    const pace = session.pace(true);
    const instants = Array.from({ length: 500 }, () => session.from + random() * (session.to - session.from));
    instants.sort((a, b) => a - b);
    let last = 0;
    for (const at of instants) {
      const offset = pace.offsetOf(at);
      expect(offset).toBeGreaterThanOrEqual(last);
      expect(Math.abs(pace.timeAt(offset) - at)).toBeLessThan(1);
      last = offset;
    }
  });
});

describe('activity', () => {
  const sumOf = (activity: Activity): number => {
    let sum = 0;
    for (let i = 0; i < activity.length; i++) for (const amount of activity.bucket(i).values()) sum += amount;
    return sum;
  };

  test('[T8] the buckets hold every event once, by clock and by folded time', () => {
    const timeline = new Timeline(0);
    let events = 0;
    for (const commit of generateSession({ seed: 5, authors: 4, events: 4_000, idle: 0.1 })) {
      timeline.add(commit);
      events += commit.events.length;
      if (events % 97 === 0) expect(sumOf(timeline.activity(true))).toBe(events);
    }
    expect(sumOf(timeline.activity(true))).toBe(events);
    expect(sumOf(timeline.activity(false))).toBe(events);
  });

  test('[T8] widening the buckets keeps who did what, and when', () => {
    const fine = new Activity();
    const times = Array.from({ length: 3_000 }, (_, i) => i * i * 3);
    for (const at of times) fine.add(at, at % 3, 1);
    expect(fine.length).toBeLessThanOrEqual(MAX_BUCKETS);
    for (let i = 0; i < fine.length; i++) {
      const inside = times.filter((at) => Math.floor(at / fine.width) === i);
      for (const author of [0, 1, 2]) {
        expect(fine.bucket(i).get(author) ?? 0).toBe(inside.filter((at) => at % 3 === author).length);
      }
    }
  });

  test('[T21] any part can be looked at as finely as wished, and holds what was done in it', () => {
    const timeline = new Timeline(0);
    const session = generateSession({ seed: 5, authors: 4, events: 6_000, idle: 0.3 });
    for (const commit of session) timeline.add(commit);
    const activity = timeline.activity(false);
    const random = seededRandom(9);
    const length = timeline.to - timeline.from;
    expect(activity.width).toBeGreaterThan(FINEST_WIDTH);
    for (let i = 0; i < 40; i++) {
      const at = timeline.from + FINEST_WIDTH * Math.floor((random() * length) / FINEST_WIDTH);
      const end = at + FINEST_WIDTH * 80;
      const deeds = [...activity.deeds(at - timeline.from, end - timeline.from, FINEST_WIDTH)];
      for (const author of [1, 2, 3, 4]) {
        const counted = deeds.filter((deed) => deed.author === author).reduce((sum, { amount }) => sum + amount, 0);
        const made = session.filter((commit) => commit.at >= at && commit.at < end).flatMap(({ events }) => events);
        expect(counted).toBe(made.filter(({ by }) => by === author).length);
      }
    }
  });
});
