import type { BoardEvent } from '../event.ts';
import { eventRows } from '../wire/event-rows.ts';
import { type Rows, rows } from '../wire/rows.ts';

/** The table of events as a version with more of them has it. */
export function withEvents<Newer extends { type: string }>(table: Parameters<typeof rows<Newer>>[0]): Rows<BoardEvent> {
  const { byType, byTag } = rows<Newer>(table);
  const all = eventRows.byTag.slice();
  byTag.forEach((row, tag) => (all[tag] = row));
  return { byType: { ...eventRows.byType, ...byType }, byTag: all };
}
