import type { Board } from '../../shared/board.ts';
import { heightOf, widthOf } from '../../shared/geometry.ts';
import { sheetColors } from '../../shared/color.ts';
import { type ExportOptions, pictureBox } from '../../shared/export/options.ts';
import { imagesOn } from '../../shared/images-on.ts';
import { images } from '../images/images.ts';
import { paintBoard, type Picture } from '../canvas/paint-board.ts';

/** Pixels: more than this browsers refuse or paint as nothing, and say neither. */
export const MAX_SIDE = 16_384;
export const MAX_PIXELS = 64_000_000;

/** A picture that no browser could make. */
export class PictureTooLarge extends Error {
  override readonly name = 'PictureTooLarge';
  readonly width: number;
  readonly height: number;
  constructor(width: number, height: number) {
    super(
      `The picture would be too large: ${width} × ${height} pixels. ` +
        `At most ${MAX_SIDE} on a side and ${MAX_PIXELS / 1_000_000} million in all can be made. ` +
        'Choose a smaller scale or what is in view.',
    );
    this.width = width;
    this.height = height;
  }
}

/** The pixels that a picture of a board takes. */
export function pictureOf(board: Board, options: ExportOptions): Picture {
  const { scale } = options;
  const box = pictureBox(board, options);
  return {
    scale,
    left: Math.round(box.minX * scale),
    top: Math.round(box.minY * scale),
    width: Math.max(1, Math.round(widthOf(box) * scale)),
    height: Math.max(1, Math.round(heightOf(box) * scale)),
  };
}

export const isTooLarge = ({ width, height }: Picture): boolean =>
  width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS;

/** Throws `PictureTooLarge`. */
export async function boardPng(board: Board, options: ExportOptions): Promise<Blob> {
  const picture = pictureOf(board, options);
  if (isTooLarge(picture)) throw new PictureTooLarge(picture.width, picture.height);
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const context = canvas.getContext('2d');
  if (!context) throw new PictureTooLarge(picture.width, picture.height);
  if (options.background) {
    context.fillStyle = sheetColors[options.theme];
    context.fillRect(0, 0, picture.width, picture.height);
  }
  await images.ready(imagesOn(board, options.region));
  paintBoard(context, board, picture, options.theme, images.get);
  return canvas.convertToBlob({ type: 'image/png' });
}
