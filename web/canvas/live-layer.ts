import type { Theme } from '../../shared/color.ts';
import { type Box, unionOf } from '../../shared/geometry.ts';
import { inksOf } from '../../shared/shapes/inks.ts';
import { type Context, type ImageLookup, paintWithin, pixelAt } from './paint-path.ts';
import { pathOf, type SceneItem } from './scene-item.ts';
import type { View } from './view.ts';

/** What lies over the tiles and changes each frame: strokes being drawn, and those whose tiles are not ready yet. */
export class LiveLayer {
  readonly #context: Context;
  readonly #images: ImageLookup;
  #shown: readonly SceneItem[] = [];
  /** What the last frame painted, in pixels: all that this one must clear. */
  #painted: Box | null = null;

  constructor(context: Context, images: ImageLookup) {
    this.#context = context;
    this.#images = images;
  }

  /** Paints the items, which come in stack order. `moved`: the view is another than in the last frame. */
  paint(items: readonly SceneItem[], view: View, theme: Theme, moved: boolean): void {
    if (!moved && items.length === this.#shown.length && items.every((item, i) => item === this.#shown[i])) return;
    this.#clear(view);
    const pixel = pixelAt(view.scale);
    for (const item of items) {
      const box = pixelsOf(item.bounds, view);
      if (box.maxX < 0 || box.maxY < 0 || box.minX > view.width || box.minY > view.height) continue;
      paintWithin(this.#context, item.clip, pathOf(item, pixel), inksOf(item.shape, theme), view, this.#images);
      this.#painted = this.#painted ? unionOf(this.#painted, box) : box;
    }
    this.#shown = items;
  }

  #clear(view: View): void {
    this.#context.resetTransform();
    if (!this.#painted) return;
    const minX = Math.max(0, this.#painted.minX);
    const minY = Math.max(0, this.#painted.minY);
    const width = Math.min(view.width, this.#painted.maxX) - minX;
    const height = Math.min(view.height, this.#painted.maxY) - minY;
    this.#context.clearRect(minX, minY, width, height);
    this.#painted = null;
  }
}

const pixelsOf = (box: Box, { scale, left, top }: View): Box => ({
  minX: Math.floor(box.minX * scale - left) - 1,
  minY: Math.floor(box.minY * scale - top) - 1,
  maxX: Math.ceil(box.maxX * scale - left) + 1,
  maxY: Math.ceil(box.maxY * scale - top) + 1,
});
