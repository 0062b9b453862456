import { expect, test } from 'vitest';
import type { ClientId } from '../../shared/ids.ts';
import type { Track } from '../../shared/wire/track-codec.ts';
import { Hands, type TrackSource } from './hands.ts';

const HOUR = 3_600_000;
const START = 500_000 * HOUR;
const client = 'AAAAAAAAAAAA.1' as ClientId;
const sight = { minX: 0, minY: 0, maxX: 640, maxY: 360 };
const track: Track = {
  people: [
    { client, name: 'Ada', color: 'blue' },
    { client, name: 'Ada L.', color: 'red' },
  ],
  samples: [
    { at: START + 1000, person: 0, cursor: { x: 0, y: 0 }, laser: false, sight },
    { at: START + 1200, person: 0, cursor: { x: 10, y: -20 }, laser: false },
    { at: START + 3000, person: 1, cursor: { x: 50, y: 50 }, laser: true },
    { at: START + 4000, person: 1, cursor: null, laser: false },
  ],
};

function hands({ hours = [500_000], now = START + 5 * HOUR } = {}) {
  const asked: string[] = [];
  const source: TrackSource = {
    hours: async () => (asked.push('hours'), hours),
    tracks: async (hour) => (asked.push(`${hour}`), hour === 500_000 ? [track] : []),
  };
  return { asked, hands: new Hands(source, () => now) };
}
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

test('[Q4] people point where they pointed then, under the names they had', async () => {
  const { hands: past } = hands();
  let grew = 0;
  past.grew$.subscribe(() => grew++);
  expect(past.peopleAt(START + 1100)).toEqual([]);
  await settled();
  expect(grew).toBe(1);
  const at = (ms: number) => past.peopleAt(START + ms).map(({ name, cursor, laser }) => [name, cursor, laser]);
  expect(at(999)).toEqual([]);
  expect(at(1000)).toEqual([['Ada', { x: 0, y: 0 }, false]]);
  expect(at(1100)).toEqual([['Ada', { x: 5, y: -10 }, false]]);
  // Between samples that lie far apart the hand rested.
  expect(at(2000)).toEqual([['Ada', { x: 10, y: -20 }, false]]);
  expect(at(3500)).toEqual([['Ada L.', { x: 50, y: 50 }, true]]);
  expect(at(4500)).toEqual([['Ada L.', null, false]]);
  expect(at(60_000)).toEqual([]);
  expect(past.peopleAt(START + 3500)[0]?.sight).toEqual(sight);
});

test('[Q4] an hour is fetched once, one of which nothing is known not at all, the present one again', async () => {
  const { hands: past, asked } = hands();
  for (let i = 0; i < 5; i++) {
    past.peopleAt(START + 1000 + i);
    past.peopleAt(START + HOUR + i);
    await settled();
  }
  expect(asked).toEqual(['hours', '500000']);
  const live = hands({ now: START + 1000 });
  live.hands.peopleAt(START + 1000);
  await settled();
  live.hands.peopleAt(START + 1000);
  await settled();
  expect(live.asked).toEqual(['hours', '500000']);
});
