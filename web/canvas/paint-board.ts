import type { Board } from '../../shared/board.ts';
import type { Theme } from '../../shared/color.ts';
import { type Box, growBox } from '../../shared/geometry.ts';
import { inksOf } from '../../shared/shapes/inks.ts';
import { kindOf } from '../../shared/shapes/kinds.ts';
import { shownShapes } from '../../shared/shapes/stack.ts';
import { type Context, type ImageLookup, paintWithin, pixelAt, type Placement } from './paint-path.ts';

export interface Picture extends Placement {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** Paints all of a board that shows in a picture, each shape anew: what the tiles on the screen must look like. */
export function paintBoard(context: Context, board: Board, picture: Picture, theme: Theme, images: ImageLookup): void {
  const pixel = pixelAt(picture.scale);
  for (const { shape, clip } of shownShapes(board, boxOfPicture(picture))) {
    const kind = kindOf(shape);
    const path = kind.path(shape, kind.detail(shape, pixel));
    paintWithin(context, clip, path, inksOf(shape, theme), picture, images);
  }
  context.resetTransform();
}

/** With a pixel around it, which the edge of a shape outside may still tint. */
const boxOfPicture = ({ scale, left, top, width, height }: Picture): Box =>
  growBox(
    { minX: left / scale, minY: top / scale, maxX: (left + width) / scale, maxY: (top + height) / scale },
    1 / scale,
  );
