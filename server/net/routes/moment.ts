import type { Moment } from '../../past.ts';
import { refuse } from '../answer.ts';

/** From here on a number is a time: no board has so many events, and 1973 had no boards. */
const FIRST_TIME = 100_000_000_000;

const isoTime = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/;

/** What `at` says: a revision, milliseconds since 1970, or an ISO time, which has to say of which zone. */
export function momentOf(text: string): Moment | null {
  if (/^\d{1,15}$/.test(text)) {
    const number = Number(text);
    return number < FIRST_TIME ? { revision: number } : { time: number };
  }
  const time = isoTime.test(text) && isDay(text.slice(0, 10)) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? null : { time };
}

/** For who asks when too many wait for a moment, or too many from their address. */
export const tooManyMoments = refuse(503, 'Busy', 'Too many moments are being looked for just now. Try again soon.', {
  'retry-after': '2',
});

/** Whether the calendar has a day: `Date.parse` takes the 31st of February for the 3rd of March. */
function isDay(day: string): boolean {
  const at = Date.parse(day);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
}
