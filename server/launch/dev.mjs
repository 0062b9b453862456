// `npm run dev`: the server, started again when its files change, and the page with hot reload before it.
import './node-version.mjs';
import { spawn } from 'node:child_process';
import { ensureInstalled } from './install.mjs';
import { ensurePage } from './page.mjs';
import { endWithParent } from './parent.mjs';
import { root } from './run.mjs';

endWithParent();
await ensureInstalled();
await ensurePage();

const programs = [
  [
    '--watch',
    '--watch-preserve-output',
    '--import',
    './server/launch/typescript.mjs',
    'server/main.ts',
    ...process.argv.slice(2),
  ],
  ['node_modules/vite/bin/vite.js', '--config', 'web/vite.config.ts', '--clearScreen', 'false'],
].map((args) => spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }));

let ending = false;

/** @param {number} code */
function end(code) {
  if (ending) return;
  ending = true;
  process.exitCode = code;
  for (const program of programs) program.kill('SIGTERM');
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end(0));
for (const program of programs) program.once('exit', (code) => end(code ?? 0));
