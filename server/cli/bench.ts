// npm run bench                     every benchmark
// npm run bench replica fan-out     shared/replica.bench.ts and server/fan-out.bench.ts
// npm run bench replica -- --json   one JSON object per measure, one a line
//
// A benchmark sits beside the file it is about and exports `run`, which measures and returns numbers:
//
//   export async function run({ log }: BenchOptions): Promise<Measure[]>
//
// Machines differ, so what counts is a ratio to a bare loop or a peer in the same run.

import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export interface BenchOptions {
  /** Says how far it is; never part of the result. */
  log: (text: string) => void;
}

export interface Measure {
  what: string;
  value: number;
  /** `ms`, `events/s`, `bytes`, `ratio` … */
  unit: string;
  /** What the value must not exceed, or, for a rate, not fall below. */
  budget?: number;
}

interface Bench {
  run(options: BenchOptions): Promise<Measure[]> | Measure[];
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const names = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
const asJson = process.argv.includes('--json');

const files = ['shared', 'server', 'web'].flatMap(benchesBelow).sort();
const unknown = names.filter((name) => !files.some((file) => nameOf(file) === name));
if (unknown.length > 0 || files.length === 0) {
  console.error(
    `No benchmark is called ${unknown.join(', ') || 'anything yet'}. There are: ${files.map(nameOf).join(', ') || 'none'}.`,
  );
  process.exit(1);
}

for (const file of files.filter((path) => names.length === 0 || names.includes(nameOf(path)))) {
  const bench = (await import(pathToFileURL(join(root, file)).href)) as Bench;
  console.error(`── ${nameOf(file)} (${file})`);
  const measures = await bench.run({ log: (text) => console.error(`   ${text}`) });
  for (const measure of measures)
    console.log(asJson ? JSON.stringify({ bench: nameOf(file), ...measure }) : row(measure));
}

function benchesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.bench.ts'))
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`);
}

function nameOf(file: string): string {
  return basename(file, '.bench.ts');
}

function row({ what, value, unit, budget }: Measure): string {
  const rounded = Number(value.toPrecision(4)).toLocaleString('en');
  return `   ${what.padEnd(56)} ${rounded.padStart(12)} ${unit}${budget === undefined ? '' : ` (budget ${budget})`}`;
}
