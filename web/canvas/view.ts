// The screen in device pixels, where all painting happens: whole ones, so that tiles meet without a seam.

import type { Box } from '../../shared/geometry.ts';
import type { Camera, Size } from './camera.ts';

export interface View {
  /** Device pixels for each board unit. */
  readonly scale: number;
  /** Where the screen's left top corner is, in device pixels from the board's origin; whole numbers. */
  readonly left: number;
  readonly top: number;
  /** Device pixels; whole numbers. */
  readonly width: number;
  readonly height: number;
  /** Device pixels for each CSS pixel. */
  readonly ratio: number;
}

export function viewOf(camera: Camera, size: Size, ratio: number): View {
  const scale = camera.zoom * ratio;
  return {
    scale,
    left: Math.round(camera.x * scale),
    top: Math.round(camera.y * scale),
    width: Math.max(1, Math.round(size.width * ratio)),
    height: Math.max(1, Math.round(size.height * ratio)),
    ratio,
  };
}

/** What of the board is in sight. */
export const boxOfView = ({ scale, left, top, width, height }: View): Box => ({
  minX: left / scale,
  minY: top / scale,
  maxX: (left + width) / scale,
  maxY: (top + height) / scale,
});

export const sameView = (a: View, b: View): boolean =>
  a.scale === b.scale &&
  a.left === b.left &&
  a.top === b.top &&
  a.width === b.width &&
  a.height === b.height &&
  a.ratio === b.ratio;
