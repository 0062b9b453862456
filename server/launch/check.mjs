// `npm run check`: types, lint and format.
import './node-version.mjs';
import { runChecks } from './checks.mjs';
import { ensureInstalled } from './install.mjs';
import { line } from './tally.mjs';

await ensureInstalled();
const tally = await runChecks();
console.log(line(tally));
if (tally.failed > 0) process.exitCode = 1;
