// Which file of a typeface letters are from: the packages have one for each alphabet. Of one typeface resvg takes one file,
// and what that has not from any other, thin where it should be bold. So each alphabet's has a name of its own here.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { xmlText } from '../../shared/export/svg-text.ts';
import { type Range, rangesOf } from '../../shared/letters/faces.ts';
import type { Family } from '../../shared/style.ts';
import { nameOf, type Subset, subsets, type TypefacePackage } from './typefaces.ts';

const require = createRequire(import.meta.url);

const packages: Readonly<Record<Family, TypefacePackage>> = {
  sans: 'inter',
  serif: 'source-serif-4',
  mono: 'jetbrains-mono',
  hand: 'caveat',
};

/** Letters for a picture that is painted with these files: each run of an alphabet under the name of its file. */
export function lettering(text: string, family: Family): string {
  const name = packages[family];
  const runs: { subset: Subset; letters: string }[] = [];
  for (const letter of text) {
    const last = runs.at(-1);
    // What stands over a letter stays with it.
    const subset = last && /\p{M}/u.test(letter) ? last.subset : subsetOf(letter, name);
    if (last?.subset === subset) last.letters += letter;
    else runs.push({ subset, letters: letter });
  }
  return runs
    .map(({ subset, letters }) =>
      subset === 'latin'
        ? xmlText(letters)
        : `<tspan font-family="${xmlText(`'${nameOf(name, subset)}'`)}">${xmlText(letters)}</tspan>`,
    )
    .join('');
}

/** What no file has is as Latin letters are. */
function subsetOf(letter: string, name: TypefacePackage): Subset {
  const code = letter.codePointAt(0) ?? 0;
  if (code < 0x100) return 'latin';
  return (
    subsets.find((subset) => rangesIn(name)[subset].some(([first, last]) => first <= code && code <= last)) ?? 'latin'
  );
}

const ranges = new Map<TypefacePackage, Record<Subset, Range[]>>();

function rangesIn(name: TypefacePackage): Record<Subset, Range[]> {
  let known = ranges.get(name);
  if (!known) {
    const file = join(dirname(require.resolve(`@fontsource/${name}/package.json`)), 'unicode.json');
    const told = JSON.parse(readFileSync(file, 'utf8')) as Partial<Record<Subset, string>>;
    known = Object.fromEntries(subsets.map((subset) => [subset, rangesOf(told[subset] ?? '')])) as Record<
      Subset,
      Range[]
    >;
    ranges.set(name, known);
  }
  return known;
}
