import type { Deed } from '../../shared/activity.ts';
import type { AuthorNumber } from '../../shared/ids.ts';

/** What happened in one column of the strip. */
export interface Column {
  total: number;
  readonly byAuthor: Map<AuthorNumber, number>;
}

/**
 * Activity dealt out to columns of equal width. What lies over several gives each its share; what lies beyond the last
 * column is squeezed into it, if `squeezed`. `fractionOf`: where along the columns an offset lies, 0 … 1.
 */
export function columnsOf(
  deeds: Iterable<Deed>,
  fractionOf: (offset: number) => number,
  count: number,
  squeezed = true,
): Column[] {
  const columns = Array.from({ length: count }, (): Column => ({ total: 0, byAuthor: new Map() }));
  for (const { offset, width, author, amount } of deeds) {
    // What the server did is nobody's drawing.
    if (author === 0) continue;
    const from = fractionOf(offset) * count;
    const to = Math.max(fractionOf(offset + width) * count, from + 1e-6);
    const last = Math.min(count - 1, Math.ceil(to) - 1);
    const first = squeezed ? Math.min(count - 1, Math.floor(from)) : Math.floor(from);
    for (let k = Math.max(0, first); k <= last; k++) {
      const end = squeezed && k === count - 1 ? Math.max(to, count) : k + 1;
      const share = (Math.min(to, end) - Math.max(from, k)) / (to - from);
      give(columns[k], author, amount * Math.min(1, share));
    }
  }
  return columns;
}

function give(column: Column | undefined, author: AuthorNumber, amount: number): void {
  if (!column) return;
  column.total += amount;
  column.byAuthor.set(author, (column.byAuthor.get(author) ?? 0) + amount);
}
