// Ink colours: names that look right on paper and on night, or a fixed 24-bit colour.

export const palette = {
  ink: { code: 0, paper: '#1d1e22', night: '#ecebe6' },
  grey: { code: 1, paper: '#85878f', night: '#9a9ca5' },
  red: { code: 2, paper: '#d92d3a', night: '#ff6b6f' },
  orange: { code: 3, paper: '#e8710a', night: '#ff9a4d' },
  yellow: { code: 4, paper: '#e0a800', night: '#ffd24a' },
  green: { code: 5, paper: '#2a9d4a', night: '#5fd07e' },
  teal: { code: 6, paper: '#0b8f9c', night: '#46c9d4' },
  blue: { code: 7, paper: '#2563d9', night: '#7aa7ff' },
  violet: { code: 8, paper: '#7a45d6', night: '#b592ff' },
  pink: { code: 9, paper: '#d6377f', night: '#ff86b9' },
} as const;

export type PaletteColor = keyof typeof palette;
export type Color = PaletteColor | `#${string}`;
export type Theme = 'paper' | 'night';

export const paletteColors = Object.keys(palette) as readonly PaletteColor[];

const hexPattern = /^#[0-9a-f]{6}$/;

export const isPaletteColor = (text: string): text is PaletteColor => Object.hasOwn(palette, text);
export const isColor = (text: string): text is Color => isPaletteColor(text) || hexPattern.test(text);

/** The `#rrggbb` that a colour is painted with. */
export const colorHex = (color: Color, theme: Theme): string => (isPaletteColor(color) ? palette[color][theme] : color);

/** What the board is painted on. */
export const sheetColors: Readonly<Record<Theme, string>> = { paper: '#fbfaf7', night: '#15161a' };
