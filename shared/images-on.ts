import type { Board } from './board.ts';
import { type Box, boxesMeet } from './geometry.ts';
import type { ImageId } from './ids.ts';
import { valuesOf } from './persistent-map.ts';
import { kindOf } from './shapes/kinds.ts';

/** The images that show on a board, each once; of a part of it only those in that box. */
export function imagesOn(board: Board, region?: Box): ImageId[] {
  const images = new Set<ImageId>();
  for (const shape of valuesOf(board.shapes)) {
    const { image } = shape.attributes;
    if (image && (!region || boxesMeet(kindOf(shape).bounds(shape), region))) images.add(image);
  }
  return [...images];
}
