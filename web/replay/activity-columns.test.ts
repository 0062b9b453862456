import { expect, test } from 'vitest';
import { Activity } from '../../shared/activity.ts';
import { columnsOf } from './activity-columns.ts';
import { cellsOf } from './activity-painter.ts';

function activityOf(...entries: readonly (readonly [offset: number, author: number, amount: number])[]): Activity {
  const activity = new Activity();
  for (const [offset, author, amount] of entries) activity.add(offset, author, amount);
  return activity;
}

const all = (activity: Activity) => activity.deeds(0, Infinity, activity.width);
const totals = (columns: ReturnType<typeof columnsOf>): number[] => columns.map(({ total }) => total);

test('[T8] columns hold all that people did, whether buckets are finer or coarser', () => {
  const activity = activityOf([0, 0, 1], [10, 1, 4], [130, 2, 8], [300, 1, 2], [900, 3, 6]);
  for (const count of [1, 2, 3, 7, 100]) {
    const columns = columnsOf(all(activity), (offset) => offset / 1_000, count);
    expect(totals(columns).reduce((sum, total) => sum + total, 0)).toBeCloseTo(20, 9);
    const second = columns.reduce((sum, { byAuthor }) => sum + (byAuthor.get(2) ?? 0), 0);
    expect(second).toBeCloseTo(8, 9);
  }
});

test('[T8] each column has what was done in its time', () => {
  const activity = activityOf([0, 1, 4], [125, 2, 8], [375, 1, 2]);
  expect(totals(columnsOf(all(activity), (offset) => offset / 500, 2))).toEqual([12, 2]);
  expect(totals(columnsOf(all(activity), (offset) => offset / 500, 8))).toEqual([2, 2, 4, 4, 0, 0, 1, 1]);
});

test('[T10] what comes after the end is squeezed into the last column', () => {
  const activity = activityOf([0, 1, 4], [2_000, 1, 3], [9_000, 2, 5]);
  expect(totals(columnsOf(all(activity), (offset) => offset / 1_000, 4))).toEqual([4, 0, 0, 8]);
});

test('[T21] of a part, only what was done in it is counted, and what comes after it is not squeezed in', () => {
  const activity = activityOf([0, 1, 4], [2_000, 1, 3], [2_500, 3, 2], [9_000, 2, 5]);
  const part = activity.deeds(2_000, 3_000, 250);
  expect(totals(columnsOf(part, (offset) => (offset - 2_000) / 1_000, 4, false))).toEqual([3, 0, 2, 0]);
});

test('cells are shared out by amount, in the order of joining, and little is never nothing', () => {
  const byAuthor = new Map([
    [2, 10],
    [1, 30],
  ]);
  expect(cellsOf({ total: 40, byAuthor }, 40)).toEqual([1, 1, 1, 1, 1, 2, 2]);
  expect(cellsOf({ total: 0.01, byAuthor: new Map([[3, 0.01]]) }, 40)).toEqual([3]);
  expect(cellsOf({ total: 0, byAuthor: new Map() }, 40)).toEqual([]);
  expect(cellsOf({ total: 900, byAuthor: new Map([[3, 900]]) }, 40)).toHaveLength(7);
});
