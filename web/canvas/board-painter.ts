import type { Board } from '../../shared/board.ts';
import { sheetColors, type Theme } from '../../shared/color.ts';
import type { ImageId } from '../../shared/ids.ts';
import type { Shape } from '../../shared/shapes/shape.ts';
import type { Whose } from '../../shared/whose.ts';
import type { Camera, Size } from './camera.ts';
import { DotGrid } from './dot-grid.ts';
import type { FrameClock } from './frame-loop.ts';
import { LiveLayer } from './live-layer.ts';
import type { Context, ImageLookup } from './paint-path.ts';
import { byItemOrder, type SceneItem } from './scene-item.ts';
import { Scene, type SceneListener } from './scene.ts';
import { areaOf, type Tile } from './tile.ts';
import { createBrush } from './tile-brush.ts';
import { TileCache } from './tile-cache.ts';
import { paintTiles, tilesInSight } from './tile-picture.ts';
import { boxOfView, sameView, type View, viewOf } from './view.ts';

/** ms of a frame that tiles may take: little while somebody moves or draws, more when nobody would notice. */
const BUSY_BUDGET = 6;
const REST_BUDGET = 11;
/** ms that are left for tiles where following the board took the rest. */
const LEAST_BUDGET = 2;
/** ms that they may take until all in sight is sharp, as long as no hand waits to be heard. */
const SHARPENING_BUDGET = 32;
/** ms while a board that was just opened has no picture yet: there is nothing that could be drawn on. */
const FIRST_BUDGET = 40;
/** ms without a change of the view after which it is at rest, and worth painting at its own scale. */
const REST = 90;
/** ms that a stroke is shown as it was foreseen: a pointer that says nothing for so long has stopped. */
const FORESIGHT = 40;
/** How much tiles are stretched during a zoom before others are begun. */
const MOST_STRETCH = 2;

/** Shows a board on two canvases: the settled picture below, what changes each frame above. */
export class BoardPainter {
  readonly scene = new Scene();
  readonly #base: Context;
  readonly #cache: TileCache;
  readonly #live: LiveLayer;
  readonly #grid = new DotGrid();
  readonly #clock: FrameClock;
  /** Shapes that are not yet in all their tiles. */
  readonly #settling = new Set<SceneItem>();
  #foreseen: { readonly item: SceneItem; readonly until: number } | null = null;
  #hasGrid = true;
  #theme: Theme = 'paper';
  #view: View = viewOf({ x: 0, y: 0, zoom: 1 }, { width: 1, height: 1 }, 1);
  #viewedAt = -Infinity;
  /** When it was last moved and not only zoomed. */
  #movedAt = -Infinity;
  /** ms that following the board has taken since the last frame. */
  #spent = 0;
  #paintedView: View | null = null;
  #paintedChanges = -1;
  #isSharp = false;
  /** Until everything in sight was painted once. */
  #isFirst = true;

  constructor(base: Context, live: Context, clock: FrameClock, images: ImageLookup) {
    this.#base = base;
    this.#clock = clock;
    this.#live = new LiveLayer(live, images);
    this.#cache = new TileCache(this.scene, () => createBrush(images));
  }

  /** The view that the next frame shows. */
  get view(): View {
    return this.#view;
  }

  /** Whether the last frame showed all that is in sight as large as it was painted. */
  get isSharp(): boolean {
    return this.#isSharp;
  }

  showBoard(board: Board): void {
    const began = this.#clock.now();
    this.scene.show(board, this.#listener);
    this.#spent += this.#clock.now() - began;
  }

  /** Shows a stroke that is being drawn as it will likely be in a frame. */
  foresee(stroke: Shape): void {
    this.#foreseen = { item: this.scene.itemOf(stroke), until: this.#clock.now() + FORESIGHT };
  }

  showWhose(whose: Whose): void {
    this.scene.showWhose(whose, this.#listener);
  }

  showView(camera: Camera, size: Size, ratio: number): void {
    const view = viewOf(camera, size, ratio);
    if (sameView(view, this.#view)) return;
    this.#viewedAt = this.#clock.now();
    if (view.scale === this.#view.scale) this.#movedAt = this.#viewedAt;
    this.#view = view;
  }

  showTheme(theme: Theme): void {
    if (theme === this.#theme) return;
    this.#theme = theme;
    this.#cache.setTheme(theme);
    this.#paintedView = null;
  }

  showGrid(shown: boolean): void {
    if (shown !== this.#hasGrid) this.#paintedView = null;
    this.#hasGrid = shown;
  }

  /** A typeface came: what is written in it looks otherwise now. */
  typefaceCame(): void {
    this.#cache.repaint();
    this.#paintedView = null;
  }

  /** An image came: where it lies is painted anew. */
  imageCame(image: ImageId): void {
    for (const item of this.scene.settled.with(image)) this.#cache.restacked(item.bounds);
  }

  /** The canvases were emptied, as a change of their size does. */
  emptied(): void {
    this.#paintedView = null;
  }

  /** Paints what changed; true if there is more to do in another frame. */
  frame(now: number): boolean {
    if (this.#foreseen && now >= this.#foreseen.until) this.#foreseen = null;
    const atRest = now - this.#viewedAt >= REST;
    this.#followScale(atRest);
    const { visible, around } = tilesInSight(this.#cache.level, this.#view);
    const isCalm = atRest && this.scene.open.size === 0;
    const share = isCalm ? REST_BUDGET : BUSY_BUDGET;
    const budget = this.#isFirst ? FIRST_BUDGET : Math.max(LEAST_BUDGET, share - this.#spent);
    this.#spent = 0;
    // What is just out of sight is painted ahead, but only while nothing moves and all in sight is painted.
    const sight = boxOfView(this.#view);
    const isPainted = (): boolean => visible.every((tile) => this.#cache.isReady(tile, sight));
    const isAhead = atRest && isPainted();
    const most = isCalm && !isAhead ? Math.max(budget, SHARPENING_BUDGET) : budget;
    const isTime = (): boolean => {
      const spent = this.#clock.now() - now;
      return spent >= most || (spent >= budget && this.#clock.isHandWaiting());
    };
    // Who moves the sheet sees more and more of a tile: then it is painted whole and not a strip in each frame.
    const isMoving = now - this.#movedAt < REST;
    const done = isAhead
      ? this.#cache.work([...visible, ...around], isTime)
      : this.#cache.work(visible, isTime, isMoving ? null : sight);
    const isReady = isPainted();
    if (isReady) this.#isFirst = false;
    this.#isSharp = isReady && this.#cache.level.scale === this.#view.scale;
    this.#cache.saw([...visible, ...around]);
    const moved = !this.#paintedView || !sameView(this.#paintedView, this.#view);
    if (moved || this.#paintedChanges !== this.#cache.changes) this.#paintBase(visible);
    this.#live.paint(this.#liveItems(visible), this.#view, this.#theme, moved);
    this.#paintedView = this.#view;
    return !done || !isAhead || this.#foreseen !== null;
  }

  #followScale(atRest: boolean): void {
    const stretch = this.#view.scale / this.#cache.level.scale;
    if (atRest || stretch > MOST_STRETCH || stretch < 1 / MOST_STRETCH) this.#cache.setScale(this.#view.scale);
  }

  #paintBase(visible: readonly Tile[]): void {
    const context = this.#base;
    context.resetTransform();
    context.fillStyle = sheetColors[this.#theme];
    context.fillRect(0, 0, this.#view.width, this.#view.height);
    if (this.#hasGrid) this.#grid.paint(context, this.#view, this.#theme);
    paintTiles(context, this.#cache, visible, this.#view);
    this.#paintedChanges = this.#cache.changes;
  }

  #liveItems(visible: readonly Tile[]): SceneItem[] {
    for (const item of this.#settling) {
      if (!this.scene.settled.has(item) || this.#isInTiles(item, visible)) this.#settling.delete(item);
    }
    const foreseen = this.#foreseen?.item;
    const open = [...this.scene.open.values()].map((item) => (item.shape.id === foreseen?.shape.id ? foreseen : item));
    return [...this.#settling, ...open].sort(byItemOrder);
  }

  #isInTiles(item: SceneItem, visible: readonly Tile[]): boolean {
    const { scale } = this.#cache.level;
    const sight = boxOfView(this.#view);
    return visible.every((tile) => !areaOf(item.bounds, scale, tile) || this.#cache.isReady(tile, sight));
  }

  readonly #listener: SceneListener = {
    added: (item) => {
      this.#cache.added(item);
      this.#settling.add(item);
    },
    removed: (item) => this.#cache.removed(item),
    restacked: (box) => this.#cache.restacked(box),
    replaced: () => {
      this.#settling.clear();
      this.#cache.replaced();
      // Whoever goes through the past moves too, though the view does not.
      this.#viewedAt = this.#clock.now();
    },
  };
}
