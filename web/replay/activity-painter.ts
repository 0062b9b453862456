import type { AuthorNumber } from '../../shared/ids.ts';
import type { Column } from './activity-columns.ts';

/** Of a cell and of the gap after it, in CSS pixels. */
const CELL = 3;
const GAP = 1;
export const PITCH = CELL + GAP;
/** Cells in a column at most. */
const ROWS = 7;
/** Of the whole map, in CSS pixels. */
export const MAP_HEIGHT = ROWS * PITCH - GAP;

export interface PaintOptions {
  readonly pixelRatio: number;
  readonly colorOf: (author: AuthorNumber) => string;
  /** Where nothing was done. */
  readonly restColor: string;
  /** Columns that are known and not after the present. */
  readonly filled: number;
  /** Columns that set the measure: what was squeezed in behind them does not count. */
  readonly measured: number;
}

/** Columns of cells on a common foot: how many says how much was done, their colours by whom. */
export function paintActivity(
  context: CanvasRenderingContext2D,
  columns: readonly Column[],
  { pixelRatio, colorOf, restColor, filled, measured }: PaintOptions,
): void {
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  context.clearRect(0, 0, columns.length * PITCH, MAP_HEIGHT);
  const most = columns.slice(0, measured).reduce((max, column) => Math.max(max, column.total), 0);
  columns.slice(0, filled).forEach((column, i) => {
    context.fillStyle = restColor;
    if (column.total === 0) context.fillRect(i * PITCH + 1, MAP_HEIGHT - 2, 1, 1);
    cellsOf(column, most).forEach((author, row) => {
      context.fillStyle = colorOf(author);
      context.beginPath();
      context.roundRect(i * PITCH, MAP_HEIGHT - CELL - row * PITCH, CELL, CELL, 1);
      context.fill();
    });
  });
}

/** The authors of a column's cells, from the foot. Whoever did anything much has a cell, in the order of joining. */
export function cellsOf({ total, byAuthor }: Column, most: number): AuthorNumber[] {
  if (total === 0) return [];
  // The square root keeps one busy minute from flattening all the rest.
  const count = Math.min(ROWS, Math.max(1, Math.round(Math.sqrt(total / most) * ROWS)));
  const cells: AuthorNumber[] = [];
  let sum = 0;
  for (const [author, amount] of [...byAuthor].sort(([a], [b]) => a - b)) {
    sum += amount;
    while (cells.length < Math.round((sum / total) * count)) cells.push(author);
  }
  return cells;
}
