import type { Board } from '../../shared/board.ts';
import type { Theme } from '../../shared/color.ts';
import { type Box, growBox, heightOf, unionOf, widthOf } from '../../shared/geometry.ts';
import { valuesOf } from '../../shared/persistent-map.ts';
import { clipOf, edgesOn, shownBox } from '../../shared/shapes/frames.ts';
import { inksOf } from '../../shared/shapes/inks.ts';
import { kindOf } from '../../shared/shapes/kinds.ts';
import type { Size } from './camera.ts';
import { type Context, paintWithin, pixelAt, type Placement } from './paint-path.ts';

/** Share of the map's sides left free around the drawing. */
const MARGIN = 0.06;
/** A few dots are not blown up to fill it: pixels for each board unit. */
const MAX_SCALE = 0.5;

/** What a map shows of a board: what of it, and how large. */
export interface MapFrame {
  /** In CSS pixels of the map, for each board unit. */
  readonly scale: number;
  /** The board's point in the map's left top corner. */
  readonly x: number;
  readonly y: number;
}

/** All of a board in a map of a size; of an empty one, what is in sight. */
export function mapFrame(bounds: Box, { width, height }: Size): MapFrame {
  const box = growBox(bounds, MARGIN * Math.max(widthOf(bounds), heightOf(bounds)));
  const scale = Math.min(width / widthOf(box), height / heightOf(box), MAX_SCALE);
  return {
    scale,
    x: (box.minX + box.maxX) / 2 - width / scale / 2,
    y: (box.minY + box.maxY) / 2 - height / scale / 2,
  };
}

/** For a board with nothing on it, of which nothing is in sight. */
const EMPTY: Box = { minX: 0, minY: 0, maxX: 1, maxY: 1 };

/** The box around what shows of shapes and another, a shape at a time. */
export function* measuring(shapes: Board['shapes'], around: Box | null): Generator<void, Box | null, void> {
  const edges = edgesOn({ shapes });
  let bounds = around;
  for (const shape of valuesOf(shapes)) {
    const own = shownBox(shape, edges);
    bounds = bounds ? unionOf(bounds, own) : own;
    yield;
  }
  return bounds;
}

/**
 * Makes a map of a board a shape at a time, for whoever runs it to stop when there is no more time. In whatever order
 * the shapes come: at that size nobody sees which lies over which. Images are fields.
 */
export function* paintingMap(
  context: Context,
  { shapes }: Board,
  inSight: Box | null,
  size: Size,
  ratio: number,
  theme: Theme,
): Generator<void, MapFrame, void> {
  const frame = mapFrame((yield* measuring(shapes, inSight)) ?? EMPTY, size);
  const scale = frame.scale * ratio;
  const place: Placement = { scale, left: frame.x * scale, top: frame.y * scale };
  const pixel = pixelAt(scale);
  context.resetTransform();
  context.clearRect(0, 0, size.width * ratio, size.height * ratio);
  const edges = edgesOn({ shapes });
  for (const shape of valuesOf(shapes)) {
    const kind = kindOf(shape);
    const path = kind.path(shape, kind.detail(shape, pixel));
    paintWithin(context, clipOf(shape, edges), path, inksOf(shape, theme), place, () => null);
    yield;
  }
  return frame;
}
