import type { Board } from '../../../shared/board.ts';
import { growBox, heightOf, widthOf } from '../../../shared/geometry.ts';
import { boundsOfBoard } from '../../../shared/shapes/stack.ts';
import { images } from '../../images/images.ts';
import { paintBoard } from '../../canvas/paint-board.ts';

interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Share of the picture's sides left free around the drawing. */
const MARGIN = 0.06;
/** A few dots are not blown up to fill it: pixels for each board unit. */
const MAX_SCALE = 0.75;

/** All of a board, small, in ink for paper on nothing, as a data URL; null where there is nothing to see. */
export function boardPicture(board: Board, { width, height }: PictureSize): string | null {
  const bounds = boundsOfBoard(board);
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (!bounds || !context) return null;
  const box = growBox(bounds, MARGIN * Math.max(widthOf(bounds), heightOf(bounds)));
  const scale = Math.min(width / widthOf(box), height / heightOf(box), MAX_SCALE);
  canvas.width = width;
  canvas.height = height;
  const left = Math.round(((box.minX + box.maxX) / 2) * scale - width / 2);
  const top = Math.round(((box.minY + box.maxY) / 2) * scale - height / 2);
  paintBoard(context, board, { scale, left, top, width, height }, 'paper', images.get);
  return canvas.toDataURL('image/webp', 0.85);
}
