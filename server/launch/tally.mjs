/** @typedef {{ passed: number, failed: number, skipped: number, flaky?: number }} Tally */

/**
 * @param {readonly Tally[]} tallies
 * @returns {Tally}
 */
export function sum(tallies) {
  const total = { passed: 0, failed: 0, skipped: 0, flaky: 0 };
  for (const { passed, failed, skipped, flaky = 0 } of tallies) {
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
    total.flaky += flaky;
  }
  return total;
}

/** @param {Tally} tally */
export function line({ passed, failed, skipped, flaky = 0 }) {
  const more = [...(skipped > 0 ? [`${skipped} skipped`] : []), ...(flaky > 0 ? [`${flaky} flaky`] : [])];
  return [`${passed} passed`, `${failed} failed`, ...more].join(', ');
}

/**
 * Counts Vitest's JSON report. A file that fails before its first test counts as one failure.
 *
 * @param {{ testResults: { status: string, assertionResults: { status: string }[] }[] }} report
 * @returns {Tally}
 */
export function ofVitest({ testResults }) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const file of testResults) {
    const before = total.failed;
    for (const { status } of file.assertionResults) {
      total[status === 'passed' ? 'passed' : status === 'failed' ? 'failed' : 'skipped'] += 1;
    }
    if (file.status === 'failed' && total.failed === before) total.failed += 1;
  }
  return total;
}

/**
 * Counts Playwright's JSON report. An error outside any test counts as one failure; what passed at its second try has
 * passed and is flaky: Playwright has named it above.
 *
 * @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, errors: unknown[] }} report
 * @returns {Tally}
 */
export function ofPlaywright({ stats, errors }) {
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
    flaky: stats.flaky,
  };
}

/**
 * A runner that says it failed has failed, whatever its report counts.
 *
 * @param {Tally} tally
 * @param {number} exitCode
 * @returns {Tally}
 */
export function heeding(tally, exitCode) {
  return exitCode !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}
