import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm, root } from './run.mjs';

const stampFile = join(root, 'node_modules/.retrace-install.json');

// Native packages are built or chosen for one binary interface of Node on one system.
const system = `${process.platform} ${process.arch} ${process.versions.modules}`;

/** Installs the packages, where those that are there are not those of the lockfile or not for this Node. */
export async function ensureInstalled() {
  const wanted = { system, lockfile: lockfileHash() };
  const found = readStamp();
  if (found?.system === wanted.system && found.lockfile === wanted.lockfile) return;

  // With another Node everything native must come anew; otherwise adding what is missing is quicker.
  const afresh = found?.system !== wanted.system;
  console.log(`Installing packages (${afresh ? 'a minute or two' : 'what changed'}) …`);
  // npm leaves out what builds the page where NODE_ENV is "production".
  const command = afresh ? ['ci'] : ['install', '--no-save'];
  const code = await npm([...command, '--include=dev', '--no-audit', '--no-fund']);
  if (code !== 0) {
    console.error('The packages could not be installed; what npm says is above.');
    process.exit(code);
  }
  writeFileSync(stampFile, JSON.stringify({ system, lockfile: lockfileHash() }));
}

function lockfileHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

/** @returns {{ system: string, lockfile: string } | undefined} */
function readStamp() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'));
  } catch {
    return undefined; // Never installed by us, or not to the end.
  }
}
