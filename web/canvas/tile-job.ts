import type { Theme } from '../../shared/color.ts';
import { byItemOrder, type SceneItem } from './scene-item.ts';
import { type Area, TILE, isWholeTile, type Tile, without } from './tile.ts';
import type { Brush } from './tile-brush.ts';

/** What one `sync` may cost without being missed: points painted between two looks at the clock. */
const POINTS_A_STEP = 1_500;

/** The painting of one area of one tile, from the back to the front, a little at a time. */
export class TileJob {
  readonly tile: Tile;
  readonly area: Area;
  readonly #isWhole: boolean;
  readonly #items: SceneItem[];
  readonly #brush: Brush;
  #next = 0;
  #isSpoilt = false;

  constructor(tile: Tile, area: Area, items: SceneItem[], brush: Brush, scale: number, theme: Theme) {
    this.tile = tile;
    this.area = area;
    this.#isWhole = isWholeTile(area);
    this.#items = items;
    this.#brush = brush;
    brush.begin(tile.bitmap, area, { scale, left: tile.column * TILE, top: tile.row * TILE }, theme);
  }

  /** Goes on until `isTime` says so, or it is done. At least one step, or a slow clock could stop it for ever. */
  run(isTime: () => boolean): boolean {
    while (this.#next < this.#items.length) {
      for (let points = 0; points < POINTS_A_STEP && this.#next < this.#items.length;) {
        const item = this.#items[this.#next++] as SceneItem;
        this.#brush.paint(item);
        points += item.shape.ink.count + 10;
      }
      this.#brush.sync();
      if (this.#next < this.#items.length && isTime()) return false;
    }
    return true;
  }

  /** Something of it looks otherwise now than it was painted, maybe. */
  spoil(): void {
    this.#isSpoilt = true;
  }

  finish(): void {
    const bitmap = this.#brush.end();
    const isEmpty = this.#items.length === 0 && (this.#isWhole || !this.tile.bitmap);
    if (isEmpty) bitmap.close();
    this.tile.bitmap?.close();
    this.tile.bitmap = isEmpty ? null : bitmap;
    this.tile.stack = this.#isWhole && !this.#isSpoilt ? this.#items : null;
    this.tile.blank = without(this.tile.blank, this.area);
  }

  /** Takes a shape in, if its turn has not come yet; so a busy board cannot make it begin again and again. */
  admit(item: SceneItem): boolean {
    const last = this.#items[this.#next - 1];
    if (last && byItemOrder(item, last) < 0) return false;
    let at = this.#items.length;
    while (at > this.#next && byItemOrder(item, this.#items[at - 1] as SceneItem) < 0) at--;
    this.#items.splice(at, 0, item);
    return true;
  }

  /** Leaves a shape out, if its turn has not come yet. */
  dismiss(item: SceneItem): boolean {
    const at = this.#items.indexOf(item, this.#next);
    if (at < 0) return false;
    this.#items.splice(at, 1);
    return true;
  }
}
