// `npm test`: everything there is to check, whatever fails on the way, and the sum of it as the last line.
import './node-version.mjs';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runChecks } from './checks.mjs';
import { ensureChromium } from './chromium.mjs';
import { ensureInstalled } from './install.mjs';
import { ensurePage } from './page.mjs';
import { root, tool } from './run.mjs';
import { heeding, line, ofPlaywright, ofVitest, sum } from './tally.mjs';

/** @typedef {import('./tally.mjs').Tally} Tally */

/** @type {Tally} */
const OK = { passed: 1, failed: 0, skipped: 0 };
/** @type {Tally} */
const FAILED = { passed: 0, failed: 1, skipped: 0 };

mkdirSync(join(root, '.build'), { recursive: true });
await ensureInstalled();

const tallies = [
  await stage('Types, lint and format', runChecks),
  await stage('Tests', runVitest),
  ...(await browserStages()),
];
const total = sum(tallies);
if (total.failed > 0) process.exitCode = 1;
console.log(`\n${line(total)}`);

/**
 * @param {string} title
 * @param {() => Promise<Tally>} work
 * @returns {Promise<Tally>}
 */
async function stage(title, work) {
  console.log(`\n── ${title}`);
  try {
    return await work();
  } catch (error) {
    console.error(error);
    return FAILED;
  }
}

function runVitest() {
  const report = '.build/vitest.json';
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const args = ['run', '--config', '.config/vitest.config.ts', ...reporters];
  return counted(report, ofVitest, () => tool('vitest/vitest.mjs', args));
}

/** @returns {Promise<Tally[]>} */
async function browserStages() {
  const built = await stage('Page', async () => ((await ensurePage()) ? OK : FAILED));
  if (built.failed > 0 || !hasSpecs()) return [built];
  return [built, await stage('Browser tests', runPlaywright)];
}

function hasSpecs() {
  const folder = join(root, 'web/e2e');
  return existsSync(folder) && readdirSync(folder).some((file) => file.endsWith('.spec.ts'));
}

async function runPlaywright() {
  if (!(await ensureChromium())) {
    console.error('There is no Chromium to test with: install one, or name one in RETRACE_CHROMIUM.');
    return FAILED;
  }
  const report = '.build/playwright.json';
  const args = ['test', '--config', '.config/playwright.config.ts'];
  return counted(report, ofPlaywright, () => tool('@playwright/test/cli.js', args));
}

/**
 * @template Report
 * @param {string} file where the runner leaves its report
 * @param {(report: Report) => Tally} count
 * @param {() => Promise<number>} work gives the runner's exit code
 */
async function counted(file, count, work) {
  rmSync(join(root, file), { force: true });
  const exitCode = await work();
  return heeding(count(JSON.parse(readFileSync(join(root, file), 'utf8'))), exitCode);
}
