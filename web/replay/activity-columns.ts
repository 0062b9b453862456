import type { Activity } from '../../shared/activity.ts';
import type { AuthorNumber } from '../../shared/ids.ts';

/** What happened in one column of the strip. */
export interface Column {
  total: number;
  readonly byAuthor: Map<AuthorNumber, number>;
}

/**
 * Activity dealt out to columns of equal width. A bucket that lies over several gives each its share; what lies
 * beyond the last column is squeezed into it. `fractionOf`: where along the columns an offset lies, 0 … 1.
 */
export function columnsOf(activity: Activity, fractionOf: (offset: number) => number, count: number): Column[] {
  const columns = Array.from({ length: count }, (): Column => ({ total: 0, byAuthor: new Map() }));
  for (let i = 0; i < activity.length; i++) {
    const bucket = activity.bucket(i);
    if (bucket.size === 0) continue;
    const from = fractionOf(i * activity.width) * count;
    const to = Math.max(fractionOf((i + 1) * activity.width) * count, from + 1e-6);
    const last = Math.min(count - 1, Math.ceil(to) - 1);
    for (let k = Math.min(count - 1, Math.floor(from)); k <= last; k++) {
      const end = k === count - 1 ? Math.max(to, count) : k + 1;
      const share = (Math.min(to, end) - Math.max(from, k)) / (to - from);
      for (const [author, amount] of bucket) {
        // What the server did is nobody's drawing.
        if (author > 0) give(columns[k], author, amount * Math.min(1, share));
      }
    }
  }
  return columns;
}

function give(column: Column | undefined, author: AuthorNumber, amount: number): void {
  if (!column) return;
  column.total += amount;
  column.byAuthor.set(author, (column.byAuthor.get(author) ?? 0) + amount);
}
