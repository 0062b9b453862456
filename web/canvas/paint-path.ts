import type { ImageId } from '../../shared/ids.ts';
import { fontWeights, typefaces } from '../../shared/letters/typefaces.ts';
import type { Edge } from '../../shared/shapes/frames.ts';
import type { Inks } from '../../shared/shapes/inks.ts';
import {
  type Figure,
  type ImagePath,
  isDot,
  type Letters,
  type Path,
  type Polyline,
  tracePath,
} from '../../shared/shapes/path.ts';
import type { Align } from '../../shared/style.ts';
import { unreachable } from '../../shared/unreachable.ts';

export type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** The image with an id, if it is here. Asking for one that is not brings it. */
export type ImageLookup = (id: ImageId) => ImageBitmap | null;

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
export function paintPath(context: Context, path: Path, inks: Inks, placement: Placement, images: ImageLookup): void {
  if (path.kind === 'Layers') {
    for (const layer of path.layers) paintPath(context, layer, inks, placement, images);
    return;
  }
  if (path.kind === 'Image') {
    const bitmap = path.image ? images(path.image) : null;
    if (bitmap) paintImage(context, path, bitmap, inks, placement);
    else paintPath(context, path.standIn, inks, placement, images);
    return;
  }
  const { scale, left, top } = placement;
  context.globalAlpha = inks.opacity;
  if (path.kind !== 'Polyline') context.setTransform(scale, 0, 0, scale, path.x * scale - left, path.y * scale - top);
  switch (path.kind) {
    case 'FilledLoop':
      context.beginPath();
      tracePath(path, context);
      context.fillStyle = inks.color;
      context.fill();
      break;
    case 'Polyline':
      paintLine(context, path, inks.color, placement);
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

/** Paints a path, cut at a frame's edge. */
export function paintWithin(
  context: Context,
  clip: Edge | null,
  path: Path,
  inks: Inks,
  placement: Placement,
  images: ImageLookup,
): void {
  if (!clip) return paintPath(context, path, inks, placement, images);
  const { scale, left, top } = placement;
  context.save();
  context.resetTransform();
  context.beginPath();
  for (const { x, y } of clip.corners) context.lineTo(x * scale - left, y * scale - top);
  context.clip();
  paintPath(context, path, inks, placement, images);
  context.restore();
}

/** The image is the unit square, which the transform stretches over its place. */
function paintImage(
  context: Context,
  { x, y, across, down }: ImagePath,
  bitmap: ImageBitmap,
  { opacity }: Inks,
  { scale, left, top }: Placement,
): void {
  const [a, b, c, d] = [across.x, across.y, down.x, down.y].map((way) => way * scale) as [
    number,
    number,
    number,
    number,
  ];
  context.setTransform(a, b, c, d, x * scale - left, y * scale - top);
  context.globalAlpha = opacity;
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, 1, 1);
  context.globalAlpha = 1;
}

function strokeLine(context: Context, color: string, width: number): void {
  context.strokeStyle = color;
  context.lineWidth = width;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.stroke();
}

/** Of a dot's width, how far its line leads: a canvas paints nothing of a line that leads nowhere, where SVG has a dot. */
const DOT_LENGTH = 1 / 64;

/** In pixels: what browsers have to scale first takes them half as long again, and from afar there are very many. */
function paintLine(context: Context, line: Polyline, color: string, { scale, left, top }: Placement): void {
  const { points, width } = line;
  const x = line.x * scale - left;
  const y = line.y * scale - top;
  context.resetTransform();
  context.beginPath();
  context.moveTo(x + (points[0] as number) * scale, y + (points[1] as number) * scale);
  for (let i = 2; i < points.length; i += 2)
    context.lineTo(x + (points[i] as number) * scale, y + (points[i + 1] as number) * scale);
  if (isDot(line))
    context.lineTo(x + ((points[0] as number) + width * DOT_LENGTH) * scale, y + (points[1] as number) * scale);
  strokeLine(context, color, width * scale);
}

function paintFigure(context: Context, figure: Figure, { color, sheet, opacity }: Inks): void {
  context.beginPath();
  tracePath(figure, context);
  if (isDot(figure)) context.lineTo(figure.width * DOT_LENGTH, 0);
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
