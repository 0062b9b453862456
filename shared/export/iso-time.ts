import type { Millis } from '../ids.ts';

/** `2026-03-02T09:30:00.000Z`; empty for a time that no calendar has. */
export function isoTime(at: Millis): string {
  const date = new Date(at);
  return Number.isNaN(date.valueOf()) ? '' : date.toISOString();
}
