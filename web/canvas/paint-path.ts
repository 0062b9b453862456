import { type Path, tracePath } from '../../shared/shapes/path.ts';
import { unreachable } from '../../shared/unreachable.ts';

export type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Where painting happens: `left` and `top` of the picture in pixels from the board's origin. */
export interface Placement {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

/**
 * Paints a path in a colour. The canvas counts in single precision, so a path far from the board's origin is first
 * moved near the picture's, in double precision.
 */
export function paintPath(context: Context, path: Path, color: string, { scale, left, top }: Placement): void {
  context.setTransform(scale, 0, 0, scale, path.x * scale - left, path.y * scale - top);
  context.beginPath();
  tracePath(path, context);
  switch (path.kind) {
    case 'FilledLoop':
      context.fillStyle = color;
      context.fill();
      return;
    case 'Polyline':
      context.strokeStyle = color;
      context.lineWidth = path.width;
      context.lineCap = 'round';
      context.lineJoin = 'round';
      context.stroke();
      return;
    default:
      return unreachable(path);
  }
}

/** What a pixel shows, in board units: a power of two, so that near zooms share their paths. */
export const pixelAt = (scale: number): number => 2 ** Math.floor(-Math.log2(scale));
