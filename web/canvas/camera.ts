// Where the screen looks at the board. Pure; positions on the screen are CSS pixels from the canvas's top left corner.

import { type Box, heightOf, type Position, widthOf } from '../../shared/geometry.ts';
import { MAX_COORDINATE } from '../../shared/limits.ts';

export interface Camera {
  /** The board's point in the screen's top left corner. */
  readonly x: number;
  readonly y: number;
  /** CSS pixels for each board unit. */
  readonly zoom: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const MIN_ZOOM = 0.05;
export const MAX_ZOOM = 30;
/** What one press of a zoom key or button does. */
export const ZOOM_STEP = 1.25;

export const startCamera: Camera = { x: 0, y: 0, zoom: 1 };

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/** No further out than anything can be drawn. */
const within = (x: number, y: number, zoom: number): Camera => ({
  x: clamp(x, -MAX_COORDINATE, MAX_COORDINATE),
  y: clamp(y, -MAX_COORDINATE, MAX_COORDINATE),
  zoom,
});

export const toBoard = (camera: Camera, x: number, y: number): Position => ({
  x: camera.x + x / camera.zoom,
  y: camera.y + y / camera.zoom,
});

export const toScreen = (camera: Camera, x: number, y: number): Position => ({
  x: (x - camera.x) * camera.zoom,
  y: (y - camera.y) * camera.zoom,
});

/** What of the board is in sight. */
export const boxInSight = (camera: Camera, { width, height }: Size): Box => ({
  minX: camera.x,
  minY: camera.y,
  maxX: camera.x + width / camera.zoom,
  maxY: camera.y + height / camera.zoom,
});

/** The sheet moves by this many pixels, as under a hand. */
export const panned = (camera: Camera, dx: number, dy: number): Camera =>
  within(camera.x - dx / camera.zoom, camera.y - dy / camera.zoom, camera.zoom);

/** At another zoom, with the point of the board under (x, y) still there. */
export function zoomedTo(camera: Camera, zoom: number, x: number, y: number): Camera {
  const next = clamp(zoom, MIN_ZOOM, MAX_ZOOM);
  const fixed = toBoard(camera, x, y);
  return within(fixed.x - x / next, fixed.y - y / next, next);
}

export const zoomedBy = (camera: Camera, factor: number, x: number, y: number): Camera =>
  zoomedTo(camera, camera.zoom * factor, x, y);

export const zoomedIn = (camera: Camera, size: Size): Camera =>
  zoomedBy(camera, ZOOM_STEP, size.width / 2, size.height / 2);
export const zoomedOut = (camera: Camera, size: Size): Camera =>
  zoomedBy(camera, 1 / ZOOM_STEP, size.width / 2, size.height / 2);
export const atFullSize = (camera: Camera, size: Size): Camera => zoomedTo(camera, 1, size.width / 2, size.height / 2);

/** With a point of the board in the middle of the screen. */
export const lookingAt = ({ zoom }: Camera, { width, height }: Size, { x, y }: Position): Camera =>
  within(x - width / zoom / 2, y - height / zoom / 2, zoom);

/** As somebody else sees it who has a box in sight: all of that, as large as there is room for it. */
export function seeing(box: Box, { width, height }: Size): Camera {
  const zoom = clamp(Math.min(width / widthOf(box), height / heightOf(box)), MIN_ZOOM, MAX_ZOOM);
  return within((box.minX + box.maxX) / 2 - width / zoom / 2, (box.minY + box.maxY) / 2 - height / zoom / 2, zoom);
}

/** All of a box in the middle of the screen, no larger than drawn. */
export function fitted(box: Box, { width, height }: Size, margin = 48): Camera {
  const room = { width: Math.max(1, width - 2 * margin), height: Math.max(1, height - 2 * margin) };
  const zoom = clamp(Math.min(room.width / widthOf(box), room.height / heightOf(box), 1), MIN_ZOOM, MAX_ZOOM);
  const [middleX, middleY] = [(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2];
  return within(middleX - width / zoom / 2, middleY - height / zoom / 2, zoom);
}

/** Two fingers that were at `from` are at `to`: what lay under each lies under it still, but for turning. */
export function pinched(
  camera: Camera,
  from: readonly [Position, Position],
  to: readonly [Position, Position],
): Camera {
  const spread = ([a, b]: readonly [Position, Position]): number => Math.max(1, Math.hypot(a.x - b.x, a.y - b.y));
  const middle = ([a, b]: readonly [Position, Position]): Position => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  const [was, is] = [middle(from), middle(to)];
  const moved = panned(camera, is.x - was.x, is.y - was.y);
  return zoomedBy(moved, spread(to) / spread(from), is.x, is.y);
}

export const sameCamera = (a: Camera, b: Camera): boolean => a.x === b.x && a.y === b.y && a.zoom === b.zoom;
