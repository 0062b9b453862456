import type { Theme } from '../../shared/color.ts';
import { inksOf } from '../../shared/shapes/inks.ts';
import { type ImageLookup, paintWithin, pixelAt, type Placement } from './paint-path.ts';
import { pathOf, type SceneItem } from './scene-item.ts';
import { type Area, isWholeTile, TILE } from './tile.ts';

/** Paints one tile at a time. A port, so that what is painted when can be tested without pixels. */
export interface Brush {
  /**
   * Begins a picture. Without an area all that is painted goes over `before`. With one, `before` stays as it is outside
   * of it, and inside is what is painted: not clipped while it is painted, so that every pixel comes out exactly as if
   * the whole tile had been painted anew.
   */
  begin(before: ImageBitmap | null, area: Area | null, placement: Placement, theme: Theme): void;
  paint(item: SceneItem): void;
  /** Until all that was painted is pixels. Browsers put that off, and a clock would measure nothing. */
  sync(): void;
  end(): ImageBitmap;
}

/** Where a clip cuts a path, browsers anti-alias the last pixels differently: these are painted and not shown. */
export const APRON = 2;
/** Pixels along each side of a tile's bitmap: the tile and the apron around it. */
const SIDE = TILE + 2 * APRON;

export function createBrush(images: ImageLookup): Brush {
  const painting = newCanvas();
  const joining = newCanvas();
  let old: ImageBitmap | null = null;
  let part: Rect | null = null;
  let at: Placement = { scale: 1, left: 0, top: 0 };
  let ink: Theme = 'paper';
  let pixel = 1;
  return {
    begin(before, area, { scale, left, top }, theme) {
      at = { scale, left: left - APRON, top: top - APRON };
      ink = theme;
      pixel = pixelAt(scale);
      old = before;
      part = area && !isWholeTile(area) ? rectOf(area) : null;
      painting.reset();
      if (!area && before) painting.drawImage(before, 0, 0);
    },
    paint: (item) => paintWithin(painting, item.clip, pathOf(item, pixel), inksOf(item.shape, ink), at, images),
    sync: () => void painting.getImageData(0, 0, 1, 1),
    end() {
      if (!part) return painting.canvas.transferToImageBitmap();
      const { x, y, width, height } = part;
      joining.reset();
      if (old) joining.drawImage(old, 0, 0);
      joining.clearRect(x, y, width, height);
      joining.drawImage(painting.canvas, x, y, width, height, x, y, width, height);
      return joining.canvas.transferToImageBitmap();
    },
  };
}

interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** An area of a tile in its bitmap; where it meets the tile's edge, the apron belongs to it. */
function rectOf({ left, top, right, bottom }: Area): Rect {
  const x = left === 0 ? 0 : left + APRON;
  const y = top === 0 ? 0 : top + APRON;
  const width = (right === TILE ? SIDE : right + APRON) - x;
  return { x, y, width, height: (bottom === TILE ? SIDE : bottom + APRON) - y };
}

function newCanvas(): OffscreenCanvasRenderingContext2D {
  // Kept in main memory: painted by the processor everywhere, so that time is spent where it is measured.
  const context = new OffscreenCanvas(SIDE, SIDE).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser has no 2D canvas.');
  return context;
}
