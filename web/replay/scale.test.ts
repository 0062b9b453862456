import { describe, expect, test } from 'vitest';
import { generateSession } from '../../shared/testing/session-generator.ts';
import { Timeline } from '../../shared/timeline.ts';
import { scaleOf } from './scale.ts';

const session = generateSession({ seed: 31, authors: 3, events: 2_000, idle: 0.1 });

function timelineOf(count: number): Timeline {
  const timeline = new Timeline(0);
  for (const commit of session.slice(0, count)) timeline.add(commit);
  return timeline;
}

const whole = timelineOf(session.length);
const places = Array.from({ length: 101 }, (_, i) => i / 100);

describe.each([true, false])('with idle time skipped: %s', (skipIdle) => {
  const span = { from: whole.from, to: whole.to };

  test('[T10] places and instants map onto each other, from the first event to the last', () => {
    const scale = scaleOf(whole, skipIdle, 1, span);
    expect(scale.timeAt(0)).toBe(whole.from);
    expect(scale.timeAt(1)).toBeCloseTo(whole.to, 3);
    for (const place of places) expect(scale.fractionOf(scale.timeAt(place))).toBeCloseTo(place, 6);
  });

  test('[T10] what is not loaded yet has its share of the strip, and can be pointed at', () => {
    const part = timelineOf(300);
    const scale = scaleOf(part, skipIdle, 0.4, span);
    expect(scale.fractionOf(part.to)).toBeCloseTo(0.4, 9);
    expect(scale.timeAt(1)).toBeCloseTo(whole.to, 3);
    for (const place of places) expect(scale.fractionOf(scale.timeAt(place))).toBeCloseTo(place, 6);
    expect(scale.timeAt(0.7)).toBeGreaterThan(part.to);
  });

  test('[T10] a scale that is held stays as it is while the history grows', () => {
    const growing = timelineOf(300);
    const held = scaleOf(growing, skipIdle, 1, { from: growing.from, to: growing.to });
    const before = places.map((place) => held.timeAt(place));
    for (const commit of session.slice(300)) growing.add(commit);
    expect(places.map((place) => held.timeAt(place))).toEqual(before);
    expect(held.fractionOf(growing.to)).toBeGreaterThan(1);
  });
});

test('[T10] before anything is loaded the strip is the time from creation to now', () => {
  const scale = scaleOf(new Timeline(0), true, 0, { from: 1_000, to: 3_000 });
  expect([scale.timeAt(0), scale.timeAt(0.5), scale.timeAt(1)]).toEqual([1_000, 2_000, 3_000]);
  expect(scale.fractionOf(1_500)).toBeCloseTo(0.25, 9);
});
