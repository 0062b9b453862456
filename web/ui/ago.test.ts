import { describe, expect, it } from 'vitest';
import { ago, clockTime, duration, shortAgo } from './ago.ts';

const now = new Date(2026, 4, 20, 15, 0, 0).getTime();
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('times as a person says them', () => {
  it('counts in the largest unit that fits', () => {
    const said = [0, minute - 1, minute, 3 * hour, 25 * hour, 8 * day, 65 * day, 800 * day].map((ms) =>
      ago(now - ms, now),
    );
    expect(said).toEqual([
      'just now',
      'just now',
      '1 minute ago',
      '3 hours ago',
      '1 day ago',
      '1 week ago',
      '2 months ago',
      '2 years ago',
    ]);
  });

  it('takes a time ahead, of a clock that is off, for now', () => {
    expect(ago(now + hour, now)).toBe('just now');
    expect(shortAgo(now + hour, now)).toBe('just now');
  });

  it('is short where there is little room', () => {
    expect(shortAgo(now - 42_000, now)).toBe('42 s ago');
    expect(shortAgo(now - 12 * minute - 5000, now)).toBe('12 min ago');
  });

  it('says how long something took', () => {
    expect([200, 42_000, 12 * minute, 3 * hour, 3 * hour + 5 * minute].map(duration)).toEqual([
      '1 s',
      '42 s',
      '12 min',
      '3 h',
      '3 h 5 min',
    ]);
  });

  it('names the day only when it is another one', () => {
    expect(clockTime(now - 28 * minute, now, 'en-GB')).toBe('14:32:00');
    expect(clockTime(now - 3 * day, now, 'en-GB')).toBe('17 May, 15:00:00');
    expect(clockTime(now - 365 * day, now, 'en-GB')).toBe('20 May 2025, 15:00:00');
  });
});
