import { fontWeights, typefaces } from '../../shared/letters/typefaces.ts';
import type { Inks } from '../../shared/shapes/inks.ts';
import { type Figure, type Letters, type Path, tracePath } from '../../shared/shapes/path.ts';
import type { Align } from '../../shared/style.ts';
import { unreachable } from '../../shared/unreachable.ts';

export type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Where painting happens: `left` and `top` of the picture in pixels from the board's origin. */
export interface Placement {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

/**
 * Paints a path. The canvas counts in single precision, so a path far from the board's origin is first moved near the
 * picture's, in double precision.
 */
export function paintPath(context: Context, path: Path, inks: Inks, placement: Placement): void {
  if (path.kind === 'Layers') {
    for (const layer of path.layers) paintPath(context, layer, inks, placement);
    return;
  }
  const { scale, left, top } = placement;
  context.setTransform(scale, 0, 0, scale, path.x * scale - left, path.y * scale - top);
  context.globalAlpha = inks.opacity;
  switch (path.kind) {
    case 'FilledLoop':
      context.beginPath();
      tracePath(path, context);
      context.fillStyle = inks.color;
      context.fill();
      break;
    case 'Polyline':
      context.beginPath();
      tracePath(path, context);
      strokeLine(context, inks.color, path.width);
      break;
    case 'Figure':
      paintFigure(context, path, inks);
      break;
    case 'Letters':
      paintLetters(context, path, inks);
      break;
    default:
      return unreachable(path);
  }
  context.globalAlpha = 1;
}

function strokeLine(context: Context, color: string, width: number): void {
  context.strokeStyle = color;
  context.lineWidth = width;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.stroke();
}

function paintFigure(context: Context, figure: Figure, { color, sheet, opacity }: Inks): void {
  context.beginPath();
  tracePath(figure, context);
  if (figure.opaque) {
    context.fillStyle = sheet;
    context.fill();
  }
  if (figure.fill > 0) {
    context.globalAlpha = opacity * figure.fill;
    context.fillStyle = color;
    context.fill();
    context.globalAlpha = opacity;
  }
  if (figure.width === 0) return;
  context.setLineDash(figure.dash as number[]);
  strokeLine(context, color, figure.width);
  context.setLineDash([]);
}

const aligns: Readonly<Record<Align, CanvasTextAlign>> = { left: 'left', centre: 'center', right: 'right' };

function paintLetters(context: Context, letters: Letters, { tones }: Inks): void {
  const { angle, lines, size, family, weight, align, tone } = letters;
  if (angle !== 0) context.rotate(angle);
  context.font = `${fontWeights[weight]} ${size}px ${typefaces[family]}`;
  context.fontKerning = 'none';
  context.textAlign = aligns[align];
  context.textBaseline = 'alphabetic';
  context.fillStyle = tones[tone];
  for (const { text, x, y } of lines) context.fillText(text, x, y);
}

/** What a pixel shows, in board units: a power of two, so that near zooms share their paths. */
export const pixelAt = (scale: number): number => 2 ** Math.floor(-Math.log2(scale));
