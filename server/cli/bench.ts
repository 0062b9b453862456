// npm run bench                       every benchmark
// npm run bench fanout append         those two
// npm run bench fanout -- --json      one JSON object per measure, one a line: { bench, case, metric, value, unit, … }
// npm run bench fanout -- --runs=1    an option of that benchmark: each says in its head what it takes
//
// A benchmark sits beside the file it is about (`NAME.bench.ts`) and exports
//
//   export async function run({ log, option }: BenchOptions): Promise<Measure[]>
//
// Machines differ, so what counts is the ratio to a bare loop or a peer in the same run.

import { readdirSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { BenchOptions, Measure } from '../../shared/bench.ts';

interface Bench {
  run(options: BenchOptions): Promise<Measure[]> | Measure[];
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const args = process.argv.slice(2);
const names = args.filter((arg) => !arg.startsWith('--'));
const asJson = args.includes('--json');

const files = ['shared', 'server', 'web'].flatMap(benchesBelow).sort();
const unknown = names.filter((name) => !files.some((file) => nameOf(file) === name));
if (unknown.length > 0 || files.length === 0) {
  console.error(`No benchmark is called ${unknown.join(', ')}. There are: ${files.map(nameOf).join(', ') || 'none'}.`);
  process.exit(1);
}

console.error(
  `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${release()}, Node ${process.version}`,
);
for (const file of files.filter((path) => names.length === 0 || names.includes(nameOf(path)))) {
  const bench = (await import(pathToFileURL(join(root, file)).href)) as Bench;
  console.error(`── ${nameOf(file)} (${file})`);
  const measures = await bench.run({ log: (text) => console.error(`   ${text}`), option });
  for (const measure of measures) {
    console.log(asJson ? JSON.stringify({ bench: nameOf(file), ...measure }) : row(measure));
  }
}
// What a benchmark left open is not waited for.
process.exit(0);

/** `--name=value`, or `--name` alone for what is only to be had or not. */
function option(name: string, fallback: string): string {
  if (args.includes(`--${name}`)) return 'yes';
  return args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? fallback;
}

function benchesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.bench.ts'))
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`);
}

function nameOf(file: string): string {
  return basename(file, '.bench.ts');
}

function row({ case: of, metric, value, unit, reference, ratio }: Measure): string {
  const rounded = Number(value.toPrecision(4)).toLocaleString('en');
  const compared = ratio === undefined ? '' : `${ratio.toFixed(2).padStart(8)} × ${reference}`;
  return `   ${of.padEnd(24)} ${metric.padEnd(20)} ${rounded.padStart(12)} ${unit.padEnd(16)}${compared}`;
}
