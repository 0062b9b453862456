// Times as a person says them.

const units = [
  { unit: 'year', ms: 365 * 24 * 3_600_000 },
  { unit: 'month', ms: 30 * 24 * 3_600_000 },
  { unit: 'week', ms: 7 * 24 * 3_600_000 },
  { unit: 'day', ms: 24 * 3_600_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
] as const;

/** "3 hours ago". A time ahead of `now`, as of a clock that is off, is just now. */
export function ago(at: number, now: number): string {
  const passed = now - at;
  const fit = units.find(({ ms }) => passed >= ms);
  if (!fit) return 'just now';
  const count = Math.floor(passed / fit.ms);
  return `${count} ${fit.unit}${count === 1 ? '' : 's'} ago`;
}

const short = { year: 'y', month: 'mo', week: 'w', day: 'd', hour: 'h', minute: 'min' } as const;

/** "12 min ago", where there is little room. */
export function shortAgo(at: number, now: number): string {
  const passed = now - at;
  const fit = units.find(({ ms }) => passed >= ms);
  if (fit) return `${Math.floor(passed / fit.ms)} ${short[fit.unit]} ago`;
  return passed < 10_000 ? 'just now' : `${Math.floor(passed / 1000)} s ago`;
}

/** "40 s", "12 min", "3 h 5 min": how long something took. */
export function duration(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes === 0) return `${Math.max(1, Math.round(ms / 1000))} s`;
  if (minutes < 60) return `${minutes} min`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** "14:32:05" of today, else "3 Mar, 14:32:05", in the reader's own clock. */
export function clockTime(at: number, now: number, locale?: string): string {
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(at);
  const day = (millis: number): string => new Date(millis).toDateString();
  if (day(at) === day(now)) return time;
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  const date = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(at);
  return `${date}, ${time}`;
}
