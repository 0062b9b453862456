// Where the clock comes to a round time along the strip, and what it says there.

import type { Millis } from '../../shared/ids.ts';
import type { Scale } from './scale.ts';

export interface Tick {
  /** CSS pixels from the left. */
  readonly x: number;
  readonly label: string;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** In days since 1970: weeks begin there. */
const FIRST_MONDAY = 4;

/** From one tick to the next: a fixed time within a day, or from midnight to midnight, or by the calendar. */
type Step =
  | { readonly every: 'time'; readonly ms: number }
  | { readonly every: 'day'; readonly days: number; readonly ms: number }
  | { readonly every: 'month'; readonly months: number; readonly ms: number };

const time = (ms: number): Step => ({ every: 'time', ms });
const month = (months: number): Step => ({ every: 'month', months, ms: months * 30 * DAY });
const steps: readonly Step[] = [
  ...[1, 2, 5, 10, 15, 30].map((count) => time(count * SECOND)),
  ...[1, 2, 5, 10, 15, 30].map((count) => time(count * MINUTE)),
  ...[1, 2, 3, 6, 12].map((count) => time(count * HOUR)),
  ...[1, 2, 7].map((days): Step => ({ every: 'day', days, ms: days * DAY })),
  ...[1, 3].map(month),
];
const yearly = month(12);

/** CSS pixels from tick to tick at the least. */
const ROOM = 68;
/** Of a letter of a label at the most, on the average, and of what is left free beside all of them. */
const LETTER = 6;
const GAP = 8;

/** The ticks of what is in sight, from left to right; `reach`: CSS pixels from 0 to 1 of the scale. */
export function ticksOf(scale: Scale, reach: number, width: number, locale?: string): Tick[] {
  const step = steps.find(({ ms }) => (ms / scale.length) * reach >= ROOM) ?? yearly;
  const last = Math.min(width, scale.end * reach);
  const ticks: Tick[] = [];
  let free = 0;
  let shown: Millis | null = null;
  const present = scale.timeAt(scale.end);
  let before = scale.timeAt(Math.max(scale.start, 0));
  // A place where a long pause is folded may hold many round times: the last of them counts.
  for (let x = 1; x <= last; x++) {
    const at = scale.timeAt(x / reach);
    const round = roundTimeBefore(at, step);
    if (round > before && x >= free) {
      const label = labelOf(round, shown, present, step, locale);
      const end = x + label.length * LETTER + GAP;
      if (end > width) break;
      ticks.push({ x, label });
      free = Math.max(x + ROOM, end);
      shown = round;
    }
    before = at;
  }
  return ticks;
}

/** The last round time at or before an instant, by the reader's own clock. */
function roundTimeBefore(at: Millis, step: Step): Millis {
  const date = new Date(at);
  if (step.every === 'month') {
    const months = date.getFullYear() * 12 + date.getMonth();
    return new Date(0, months - (months % step.months) - 1900 * 12, 1).getTime();
  }
  const [year, monthOfYear, day] = [date.getFullYear(), date.getMonth(), date.getDate()];
  if (step.every === 'day') {
    const days = Date.UTC(year, monthOfYear, day) / DAY - FIRST_MONDAY;
    return new Date(year, monthOfYear, day - (days % step.days)).getTime();
  }
  const midnight = new Date(year, monthOfYear, day).getTime();
  return midnight + Math.floor((at - midnight) / step.ms) * step.ms;
}

/** A year is said where it is another than that of the tick before, or, of the first, than the present one. */
function labelOf(at: Millis, before: Millis | null, present: Millis, step: Step, locale: string | undefined): string {
  const date = new Date(at);
  const last = before === null ? null : new Date(before);
  const newYear = (last ?? new Date(present)).getFullYear() !== date.getFullYear();
  if (step.every === 'month') {
    if (step.months === 12 || date.getMonth() === 0 || (newYear && last)) return formatOf('year', locale).format(date);
    return formatOf(newYear ? 'monthOfYear' : 'month', locale).format(date);
  }
  // Another day than that of the tick before is said instead of the time.
  const newDay = last !== null && last.toDateString() !== date.toDateString();
  if (step.every === 'day' || newDay) return formatOf(newYear ? 'date' : 'day', locale).format(date);
  return formatOf(step.ms < MINUTE ? 'second' : 'minute', locale).format(date);
}

const forms = {
  second: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  minute: { hour: '2-digit', minute: '2-digit' },
  day: { day: 'numeric', month: 'short' },
  date: { day: 'numeric', month: 'short', year: 'numeric' },
  month: { month: 'short' },
  monthOfYear: { month: 'short', year: 'numeric' },
  year: { year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** Making a format takes longer than using it. */
const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(form: keyof typeof forms, locale: string | undefined): Intl.DateTimeFormat {
  const key = `${form} ${locale ?? ''}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, forms[form]);
  formats.set(key, format);
  return format;
}
