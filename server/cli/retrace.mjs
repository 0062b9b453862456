#!/usr/bin/env node
// `retrace COMMAND …`: loads TypeScript, and is the command.
import '../launch/node-version.mjs';
import { constants, setPriority } from 'node:os';

// A server may be running beside it: whoever draws comes first.
setPriority(constants.priority.PRIORITY_LOW);

const { retrace } = await import('../launch/typescript.mjs')
  .then(() => import(new URL('./retrace.ts', import.meta.url).href))
  .catch((/** @type {NodeJS.ErrnoException} */ error) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    console.error('The packages are not installed: `npm install` brings them, and so does `npm start`.');
    process.exit(2);
  });
process.exitCode = await retrace(process.argv.slice(2), {
  environment: process.env,
  say: (/** @type {string} */ text) => process.stdout.write(`${text}\n`),
  warn: (/** @type {string} */ text) => process.stderr.write(`${text}\n`),
});
