import { colorHex, sheetColors, type Theme } from '../color.ts';
import { inkOn } from '../ink-on.ts';
import { opacityOf } from '../style.ts';
import type { Tone } from './path.ts';
import type { Shape } from './shape.ts';

/** What a shape is painted with: colours as `#rrggbb`, and how much of all of it, 0 … 1. */
export interface Inks {
  readonly color: string;
  readonly sheet: string;
  readonly tones: Readonly<Record<Tone, string>>;
  readonly opacity: number;
}

/** A marker lets through what it goes over. */
const HIGHLIGHT = 0.4;

export function inksOf({ style, kind }: Pick<Shape, 'style' | 'kind'>, theme: Theme): Inks {
  const color = colorHex(style.color, theme);
  return {
    color,
    sheet: sheetColors[theme],
    tones: { own: color, contrast: contrastTo(color), ink: colorHex('ink', theme) },
    opacity: opacityOf(style) * (kind === 'highlighter' ? HIGHLIGHT : 1),
  };
}

/** Shapes by the thousand have a few colours. */
const contrasts = new Map<string, string>();
const MOST_KEPT = 256;

function contrastTo(hex: string): string {
  const known = contrasts.get(hex);
  if (known !== undefined) return known;
  if (contrasts.size >= MOST_KEPT) contrasts.clear();
  const contrast = inkOn(hex);
  contrasts.set(hex, contrast);
  return contrast;
}
