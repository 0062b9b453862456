import type { Family, Weight } from '../style.ts';

/** The typefaces that come with the page, and what stands in for them where they are not. */
export const typefaces: Readonly<Record<Family, string>> = {
  sans: "'Inter Variable', Inter, system-ui, sans-serif",
  serif: "'Source Serif 4 Variable', 'Source Serif 4', Georgia, serif",
  mono: "'JetBrains Mono Variable', 'JetBrains Mono', ui-monospace, monospace",
  hand: "'Caveat Variable', Caveat, cursive",
};

export const fontWeights: Readonly<Record<Weight, number>> = { normal: 400, bold: 700 };
