// The text of a shape, in lines, where it stands.

import { type Box, boxOf, growBox, unionOf } from '../geometry.ts';
import { BASELINE, layOut, lengthOf, LINE_HEIGHT, sizeOf } from '../letters/layout.ts';
import { after, mappedBox, rotation, translation } from '../matrix.ts';
import { type Align, type Style, usualStyle } from '../style.ts';
import type { Frame } from './corners.ts';
import type { LetterLine, Letters, Tone } from './path.ts';

interface Label {
  readonly text: string;
  readonly style: Style;
  readonly frame: Frame;
  /** Left free at each side of the frame, in board units. */
  readonly margin: number;
  readonly align: Align;
  /** Where it stands in the frame. */
  readonly valign: 'top' | 'middle';
  readonly tone: Tone;
}

/** The text within a frame, broken into lines as wide as it. */
export function labelIn({ text, style, frame, margin, align, valign, tone }: Label): Letters {
  const size = sizeOf(style);
  const width = Math.max(size, frame.width - 2 * margin);
  const { lines, height } = layOut(text, style, width * 1.0001);
  const left = align === 'left' ? -width / 2 : align === 'right' ? width / 2 : 0;
  const top = valign === 'top' ? margin - frame.height / 2 : -height / 2;
  return {
    kind: 'Letters',
    x: frame.x,
    y: frame.y,
    angle: frame.angle,
    lines: lines.map((line, i): LetterLine => ({ text: line, x: left, y: top + (i * LINE_HEIGHT + BASELINE) * size })),
    size,
    family: style.family ?? usualStyle.family,
    weight: style.weight ?? usualStyle.weight,
    align,
    tone,
  };
}

/** Of their size, how far letters of some typefaces reach beyond their lines. */
const OVERHANG = 0.3;

/** A box that holds letters, as far as their lengths are known. */
export function boxOfLetters(letters: Letters): Box {
  const { x, y, angle, lines, size, align } = letters;
  let box: Box | null = null;
  for (const line of lines) {
    const length = lengthOf(line.text, letters);
    const left = line.x - (align === 'left' ? 0 : align === 'right' ? length : length / 2);
    const own = boxOf(left, line.y - BASELINE * size, length, LINE_HEIGHT * size);
    box = box ? unionOf(box, own) : own;
  }
  const turned = after(translation(x, y), rotation(angle, { x: 0, y: 0 }));
  return mappedBox(turned, growBox(box ?? boxOf(0, 0, 0, 0), OVERHANG * size));
}
