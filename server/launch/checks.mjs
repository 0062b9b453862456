import { capture } from './run.mjs';

/** Everything that is checked without running the project: name, tool below node_modules, arguments. */
/** @type {readonly [string, string, ...string[]][]} */
const CHECKS = [
  ['types of shared', 'typescript/bin/tsc', '--project', 'shared'],
  ['types of server', 'typescript/bin/tsc', '--project', 'server'],
  ['types of tests', 'typescript/bin/tsc', '--project', '.'],
  ['types of web', 'svelte-check/bin/svelte-check', '--tsconfig', 'web/tsconfig.json', '--fail-on-warnings'],
  ['lint', 'oxlint/bin/oxlint', '--deny-warnings'],
  ['format', 'prettier/bin/prettier.cjs', '--check', '.'],
];

/** @returns {Promise<import('./tally.mjs').Tally>} */
export async function runChecks() {
  const failures = await Promise.all(
    CHECKS.map(async ([name, script, ...args]) => {
      const { code, output } = await capture(process.execPath, [`node_modules/${script}`, ...args]);
      console.log(`${code === 0 ? '✓' : '✗'} ${name}`);
      if (code !== 0) console.log(output);
      return code !== 0;
    }),
  );
  const failed = failures.filter((failure) => failure).length;
  return { passed: CHECKS.length - failed, failed, skipped: 0 };
}
