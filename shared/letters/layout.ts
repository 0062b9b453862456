import { type Family, type Style, usualStyle } from '../style.ts';
import { advanceOf } from './advances.ts';

/** Between baselines, and from the top of a line to its baseline, for letters of size 1. */
export const LINE_HEIGHT = 1.3;
export const BASELINE = 1.0;

/** Text in lines. All in board units; the lines are LINE_HEIGHT apart. */
export interface Laid {
  readonly lines: readonly string[];
  readonly width: number;
  readonly height: number;
}

type LetterStyle = Pick<Style, 'family' | 'weight' | 'size'>;

export const sizeOf = ({ size }: LetterStyle): number => size ?? usualStyle.size;

/** How far a line of text leads, in board units. */
export function lengthOf(text: string, { family = usualStyle.family, weight, size }: LetterStyle): number {
  return (lengthIn(text, family, weight === 'bold') * (size ?? usualStyle.size)) / 1000;
}

function lengthIn(text: string, family: Family, bold: boolean): number {
  let length = 0;
  for (const letter of text) length += advanceOf(letter.codePointAt(0) as number, family, bold);
  return length;
}

/**
 * Breaks text at its line breaks, and where a line would be longer than `width`: at spaces, or within a word that is
 * longer than a line by itself. Empty text has one empty line.
 */
export function layOut(text: string, style: LetterStyle, width = Infinity): Laid {
  const { family = usualStyle.family, weight } = style;
  const size = sizeOf(style);
  const most = (width / size) * 1000;
  const measure = (part: string): number => lengthIn(part, family, weight === 'bold');
  const lines = text.split('\n').flatMap((line) => (most === Infinity ? [line] : broken(line, most, measure)));
  const longest = lines.reduce((longest, line) => Math.max(longest, measure(line)), 0);
  return { lines, width: (longest * size) / 1000, height: lines.length * LINE_HEIGHT * size };
}

function broken(line: string, most: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(/(?<= )/)) {
    if (current !== '' && measure((current + word).trimEnd()) > most) {
      lines.push(current.trimEnd());
      current = '';
    }
    current += word;
    while (measure(current.trimEnd()) > most && [...current].length > 1) {
      const fits = fitting(current, most, measure);
      lines.push(current.slice(0, fits));
      current = current.slice(fits);
    }
  }
  return [...lines, current.trimEnd()];
}

/** How many UTF-16 units of a word fit into a line: at least one letter. */
function fitting(word: string, most: number, measure: (text: string) => number): number {
  let length = 0;
  let end = 0;
  for (const letter of word) {
    length += measure(letter);
    if (length > most && end > 0) return end;
    end += letter.length;
  }
  return end;
}
