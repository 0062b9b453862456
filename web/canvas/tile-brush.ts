import { colorHex, type Theme } from '../../shared/color.ts';
import { paintPath, pixelAt, type Placement } from './paint-path.ts';
import { pathOf, type SceneItem } from './scene.ts';
import { type Area, TILE } from './tile.ts';

/** Paints one tile at a time. A port, so that what is painted when can be tested without pixels. */
export interface Brush {
  /** Begins a picture: as `before`; if there is an `area`, with that cleared and nothing painted outside it. */
  begin(before: ImageBitmap | null, area: Area | null, placement: Placement, theme: Theme): void;
  paint(item: SceneItem): void;
  /** Until all that was painted is pixels. Browsers put that off, and a clock would measure nothing. */
  sync(): void;
  end(): ImageBitmap;
}

export function createBrush(): Brush {
  const canvas = new OffscreenCanvas(TILE, TILE);
  // Kept in main memory: painted by the processor everywhere, so that time is spent where it is measured.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser has no 2D canvas.');
  let at: Placement = { scale: 1, left: 0, top: 0 };
  let ink: Theme = 'paper';
  let pixel = 1;
  return {
    begin(before, area, placement, theme) {
      at = placement;
      ink = theme;
      pixel = pixelAt(at.scale);
      context.reset();
      if (before) context.drawImage(before, 0, 0);
      if (!area) return;
      context.beginPath();
      context.rect(area.left, area.top, area.right - area.left, area.bottom - area.top);
      context.clip();
      context.clearRect(0, 0, TILE, TILE);
    },
    paint: (item) => paintPath(context, pathOf(item, pixel), colorHex(item.shape.style.color, ink), at),
    sync: () => void context.getImageData(0, 0, 1, 1),
    end: () => canvas.transferToImageBitmap(),
  };
}
