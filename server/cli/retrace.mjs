#!/usr/bin/env node
// `retrace COMMAND …`: loads TypeScript, and is the command.
import '../launch/node-version.mjs';

const { register } = await import('tsx/esm/api').catch(() => {
  console.error('The packages are not installed: `npm install` brings them, and so does `npm start`.');
  process.exit(2);
});
register();
const { retrace } = await import(new URL('./retrace.ts', import.meta.url).href);
process.exitCode = await retrace(process.argv.slice(2), {
  environment: process.env,
  say: (/** @type {string} */ text) => process.stdout.write(`${text}\n`),
  warn: (/** @type {string} */ text) => process.stderr.write(`${text}\n`),
});
