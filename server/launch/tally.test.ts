import { expect, test } from 'vitest';
import { heeding, line, ofPlaywright, ofVitest, sum } from './tally.mjs';

const counted = (passed: number, failed: number, skipped = 0) => ({ passed, failed, skipped });

test('the closing line names skipped and flaky tests only where there are any', () => {
  expect(line(counted(12, 0))).toBe('12 passed, 0 failed');
  expect(line(counted(12, 3, 1))).toBe('12 passed, 3 failed, 1 skipped');
  expect(line({ ...counted(12, 0), flaky: 2 })).toBe('12 passed, 0 failed, 2 flaky');
});

test('tallies add up', () => {
  expect(sum([])).toEqual({ ...counted(0, 0), flaky: 0 });
  expect(sum([{ ...counted(1, 2, 3), flaky: 1 }, counted(10, 20, 30)])).toEqual({ ...counted(11, 22, 33), flaky: 1 });
});

test('every test of a Vitest report is counted once', () => {
  const statuses = ['passed', 'failed', 'pending', 'todo', 'skipped', 'passed'];
  const file = { status: 'failed', assertionResults: statuses.map((status) => ({ status })) };
  expect(ofVitest({ testResults: [file] })).toEqual(counted(2, 1, 3));
});

test('a file that cannot even be loaded is a failure', () => {
  expect(ofVitest({ testResults: [{ status: 'failed', assertionResults: [] }] })).toEqual(counted(0, 1));
});

test('a browser test that passes at its second try has passed, and is flaky; an error outside the tests is a failure', () => {
  const stats = { expected: 7, unexpected: 1, flaky: 1, skipped: 2 };
  expect(ofPlaywright({ stats, errors: [{}] })).toEqual({ ...counted(8, 2, 2), flaky: 1 });
});

test('a runner that exits with an error has failed even when it counted no failure', () => {
  expect(heeding(counted(5, 0), 1)).toEqual(counted(5, 1));
  expect(heeding(counted(5, 2), 1)).toEqual(counted(5, 2));
  expect(heeding(counted(5, 0), 0)).toEqual(counted(5, 0));
});
