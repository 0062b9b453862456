import { expect, it } from 'vitest';
import { colorHex, paletteColors } from './color.ts';
import { contrast, inkOn } from './ink-on.ts';

it('text on every colour that a person can choose has AA contrast, by day and by night', () => {
  for (const theme of ['paper', 'night'] as const) {
    for (const color of paletteColors) {
      const hex = colorHex(color, theme);
      expect(contrast(hex, inkOn(hex)), `${color} on ${theme}`).toBeGreaterThanOrEqual(4.5);
    }
  }
});
