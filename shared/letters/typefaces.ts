import type { Family, Weight } from '../style.ts';

/**
 * The typefaces that come with the page, and what stands in for them where they are not. The names of the server's come
 * first: resvg knows a name in quotes only there.
 */
export const typefaces: Readonly<Record<Family, string>> = {
  sans: "Inter, 'Inter Variable', system-ui, sans-serif",
  serif: "'Source Serif 4', 'Source Serif 4 Variable', Georgia, serif",
  mono: "'JetBrains Mono', 'JetBrains Mono Variable', ui-monospace, monospace",
  hand: "Caveat, 'Caveat Variable', cursive",
};

export const fontWeights: Readonly<Record<Weight, number>> = { normal: 400, bold: 700 };
