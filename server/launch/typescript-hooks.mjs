import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const kept = new URL('../../.build/typescript/', import.meta.url);

/** @type {import('node:module').LoadHook} */
export async function load(url, context, nextLoad) {
  if (!url.startsWith('file:') || !/\.ts(\?|$)/.test(url)) return nextLoad(url, context);
  const file = fileURLToPath(url);
  const typed = await readFile(file, 'utf8');
  const hash = createHash('sha256').update(`${process.version}\0${file}\0${typed}`).digest('hex');
  const keptFile = new URL(`${hash}.js`, kept);
  const source = await readFile(keptFile, 'utf8').catch(() => strip(file, typed, keptFile));
  return { format: 'module', source, shortCircuit: true };
}

/**
 * Keeps what it gives for the next time: each process and each thread has its own loader, and esbuild takes longer to
 * start than all there is to read.
 *
 * @param {string} file
 * @param {string} typed
 * @param {URL} keptFile
 */
async function strip(file, typed, keptFile) {
  const { transform } = await import('esbuild');
  const { code } = await transform(typed, {
    loader: 'ts',
    format: 'esm',
    target: `node${process.versions.node}`,
    sourcefile: file,
    sourcemap: 'inline',
    sourcesContent: false,
  });
  // Where nothing can be written it is done each time.
  await keep(keptFile, code).catch(() => {});
  return code;
}

/**
 * @param {URL} keptFile
 * @param {string} code
 */
async function keep(keptFile, code) {
  await mkdir(kept, { recursive: true });
  const unfinished = new URL(`${randomUUID()}.unfinished`, kept);
  await writeFile(unfinished, code);
  await rename(unfinished, keptFile);
}
