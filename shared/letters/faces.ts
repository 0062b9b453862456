import type { LettersByFamily } from './letters-on.ts';
import { typefaces } from './typefaces.ts';

/** A file of a typeface that comes with the page. */
export interface Face {
  /** As CSS names it, without quotes. */
  readonly family: string;
  /** A weight, or the first and last that it has. */
  readonly weight: string;
  /** The letters that it has, as `unicode-range` of CSS says it. */
  readonly ranges: string;
  /** Of its WOFF 2 file. */
  readonly address: string;
}

/** The faces that letters need, each once. Those of the page have a space in their names, and so stand in quotes. */
export function facesFor(letters: LettersByFamily, faces: readonly Face[]): Face[] {
  return faces.filter((face) =>
    [...letters].some(
      ([family, written]) =>
        typefaces[family].includes(`'${face.family}'`) && someWithin(written, rangesOf(face.ranges)),
    ),
  );
}

/** The rule of CSS for a face, with its file, in base64, within it. */
export const faceRule = ({ family, weight, ranges }: Face, file: string): string =>
  `@font-face{font-family:'${family}';font-weight:${weight};src:url(data:font/woff2;base64,${file}) format('woff2');unicode-range:${ranges}}`;

export type Range = readonly [first: number, last: number];

function someWithin(letters: ReadonlySet<string>, ranges: readonly Range[]): boolean {
  for (const letter of letters) {
    const code = letter.codePointAt(0) ?? 0;
    if (ranges.some(([first, last]) => first <= code && code <= last)) return true;
  }
  return false;
}

/** `U+0301, U+0400-045F`; the packages have no wildcards. */
export const rangesOf = (text: string): Range[] =>
  [...text.matchAll(/U\+([0-9A-F]+)(?:-([0-9A-F]+))?/gi)].map(([, first = '', last = first]) => [
    Number.parseInt(first, 16),
    Number.parseInt(last, 16),
  ]);
