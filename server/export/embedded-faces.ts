// The typefaces of the page as rules that an exported SVG carries, so that it shows as it was written anywhere.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Face, faceRule, facesFor } from '../../shared/letters/faces.ts';
import type { LettersByFamily } from '../../shared/letters/letters-on.ts';
import { typefacePackages } from './typefaces.ts';

const require = createRequire(import.meta.url);
let known: readonly Face[] | null = null;

/** Rules of CSS for what letters need; empty where nothing is written. */
export function embeddedFaces(letters: LettersByFamily): string {
  if (letters.size === 0) return '';
  known ??= typefacePackages.flatMap(facesOf);
  return facesFor(letters, known)
    .map((face) => faceRule(face, readFileSync(fileURLToPath(face.address), 'base64')))
    .join('');
}

function facesOf(name: (typeof typefacePackages)[number]): Face[] {
  const sheet = require.resolve(`@fontsource-variable/${name}/wght.css`);
  return [...readFileSync(sheet, 'utf8').matchAll(/@font-face\s*\{([^}]*)\}/g)].map(([, rule = '']) => {
    const valueOf = (property: string): string => new RegExp(`${property}:\\s*([^;]*)`).exec(rule)?.[1] ?? '';
    const file = /url\(([^)]*)\)/.exec(valueOf('src'))?.[1] ?? '';
    return {
      family: valueOf('font-family').replaceAll("'", ''),
      weight: valueOf('font-weight'),
      ranges: valueOf('unicode-range'),
      address: new URL(file, pathToFileURL(sheet)).href,
    };
  });
}
