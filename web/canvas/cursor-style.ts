import type { ToolCursor } from '../tools/tool.ts';

/** Browsers show no cursor of more than 128 pixels, and hide or shrink smaller ones at the window's edge from 32. */
const LARGEST = 96;
/** A smaller circle would be lost on the sheet. */
const SMALLEST = 5;

/** The CSS cursor of a tool. `color` is what its ink looks like, `ring` what is seen on the sheet. */
export function cursorStyle(cursor: ToolCursor, color: string, ring: string, panning: 'no' | 'ready' | 'now'): string {
  if (panning === 'now') return 'grabbing';
  if (panning === 'ready' || cursor.shape === 'OpenHand') return 'grab';
  if (cursor.shape === 'Named') return cursor.name;
  const diameter = Math.round(Math.max(SMALLEST, cursor.diameter));
  if (diameter > LARGEST) return 'crosshair';
  const size = diameter + 4;
  const middle = size / 2;
  const circle = cursor.filled
    ? `<circle cx="${middle}" cy="${middle}" r="${diameter / 2}" fill="${color}" stroke="${ring}" stroke-opacity=".6"/>`
    : `<circle cx="${middle}" cy="${middle}" r="${diameter / 2}" fill="${ring}" fill-opacity=".12" stroke="${ring}" stroke-opacity=".8" stroke-width="1.5"/>`;
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}">${circle}</svg>`;
  return `url("data:image/svg+xml,${encodeURIComponent(picture)}") ${Math.floor(middle)} ${Math.floor(middle)}, crosshair`;
}
