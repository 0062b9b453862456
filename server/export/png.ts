import { Resvg } from '@resvg/resvg-js';
import type { Board } from '../../shared/board.ts';
import type { ImageAddresses } from '../../shared/export/format.ts';
import { svg } from '../../shared/export/svg.ts';
import { type ExportOptions, pictureBox } from '../../shared/export/options.ts';
import { lettering } from './lettering.ts';
import { typefaceFiles } from './typefaces.ts';
import { type Box, boxOf, heightOf, widthOf } from '../../shared/geometry.ts';

/** 200 MB while it is painted. */
export const MAX_PIXELS = 50_000_000;

/** Width times height of the picture, in pixels. */
export function pixelsOf(board: Board, options: ExportOptions): number {
  const box = paintedBox(board, options);
  return Math.ceil(widthOf(box) * options.scale) * Math.ceil(heightOf(box) * options.scale);
}

/** Paints the SVG of the board: what the two show is the same. It takes its time, and belongs on a thread of its own. */
export function pngOf(board: Board, options: ExportOptions, images?: ImageAddresses): Uint8Array {
  const source = svg.write(board, { ...options, region: paintedBox(board, options) }, images, '', lettering);
  const fontFiles = source.includes('<text ') ? [...typefaceFiles()] : [];
  const picture = new Resvg(source, { font: { loadSystemFonts: false, fontFiles } });
  return picture.render().asPng();
}

/** At least one pixel wide and high: nothing smaller can be painted. */
function paintedBox(board: Board, options: ExportOptions): Box {
  const box = pictureBox(board, options);
  const pixel = 1 / options.scale;
  return boxOf(box.minX, box.minY, Math.max(pixel, widthOf(box)), Math.max(pixel, heightOf(box)));
}
