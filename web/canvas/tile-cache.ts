import type { Theme } from '../../shared/color.ts';
import type { Box } from '../../shared/geometry.ts';
import type { SceneItem } from './scene-item.ts';
import type { Scene, SceneListener } from './scene.ts';
import { type Area, areaOf, boxOfArea, isClean, TILE, type Tile, WHOLE_TILE, withArea } from './tile.ts';
import type { Brush } from './tile-brush.ts';
import { TileJob } from './tile-job.ts';
import { TileLevel } from './tile-level.ts';

/** Bitmaps kept however small the screen is; 1 MB each. */
const LEAST_KEPT = 64;

/**
 * Pictures of the settled shapes, in tiles at one scale, and what is left of other scales to show until these are
 * ready. Told what changes in the scene, it paints only that again.
 */
export class TileCache implements SceneListener {
  /** Goes up whenever a tile looks different. */
  changes = 0;
  readonly #scene: Scene;
  readonly #jobBrush: Brush;
  readonly #additionBrush: Brush;
  readonly #levels = new Map<number, TileLevel>();
  #level = new TileLevel(1);
  #theme: Theme = 'paper';
  #job: TileJob | null = null;
  #frame = 0;
  #turns = 0;
  #beginsWithJobs = true;

  constructor(scene: Scene, createBrush: () => Brush) {
    this.#scene = scene;
    this.#jobBrush = createBrush();
    this.#additionBrush = createBrush();
    this.#levels.set(this.#level.scale, this.#level);
  }

  get level(): TileLevel {
    return this.#level;
  }

  /** Every scale that there are tiles of, the level's own too. */
  get levels(): Iterable<TileLevel> {
    return this.#levels.values();
  }

  setScale(scale: number): void {
    if (scale === this.#level.scale) return;
    this.#abandonJob();
    this.#level = this.#levels.get(scale) ?? new TileLevel(scale);
    // A map keeps the order of insertion: the latest level is last.
    this.#levels.delete(scale);
    this.#levels.set(scale, this.#level);
  }

  setTheme(theme: Theme): void {
    if (theme === this.#theme) return;
    this.#theme = theme;
    this.#job = null;
    this.replaced();
  }

  added(item: SceneItem): void {
    const onTop = this.#scene.isOnTop(item);
    this.#touch(item.bounds, (level, tile, area) => {
      if (this.#job?.tile === tile && this.#job.admit(item)) return;
      if (onTop && level === this.#level && tile.damage.length === 0) tile.additions.push(item);
      else this.#damage(level, tile, area);
    });
  }

  removed(item: SceneItem): void {
    this.#touch(item.bounds, (level, tile, area) => {
      if (this.#job?.tile === tile && this.#job.dismiss(item)) return;
      this.#damage(level, tile, area);
    });
  }

  restacked(box: Box): void {
    this.#touch(box, (level, tile, area) => this.#damage(level, tile, area));
  }

  /** What is being painted is painted to its end: who drags through the past replaces all, frame by frame. */
  replaced(): void {
    for (const level of this.#levels.values()) {
      if (level !== this.#level) {
        level.clear();
        this.#levels.delete(level.scale);
      }
    }
    for (const tile of this.#level.tiles.values()) {
      tile.damage = [WHOLE_TILE];
      tile.additions = [];
    }
  }

  /**
   * Paints what is stale in these tiles of the level until time is up: first the one that waits for longest, or comes
   * first. True when nothing is left.
   */
  work(tiles: readonly Tile[], isTime: () => boolean): boolean {
    if (this.#job && !tiles.includes(this.#job.tile)) this.#abandonJob();
    // By turns, or where much is drawn what is damaged would never be painted.
    this.#beginsWithJobs = !this.#beginsWithJobs;
    const isDone = this.#beginsWithJobs
      ? this.#paintDamage(tiles, isTime) && this.#paintAllAdditions(tiles, isTime)
      : this.#paintAllAdditions(tiles, isTime) && this.#paintDamage(tiles, isTime);
    return isDone && tiles.every(isClean);
  }

  /** False if there was no time for all. */
  #paintAllAdditions(tiles: readonly Tile[], isTime: () => boolean): boolean {
    const waiting = tiles.filter((tile) => tile.additions.length > 0 && tile !== this.#job?.tile);
    for (const tile of waiting.sort((a, b) => a.turn - b.turn)) {
      this.#paintAdditions(tile);
      tile.turn = ++this.#turns;
      if (isTime()) return false;
    }
    return true;
  }

  /** False if there was no time for all. */
  #paintDamage(tiles: readonly Tile[], isTime: () => boolean): boolean {
    for (;;) {
      this.#job ??= this.#nextJob(tiles);
      if (!this.#job) return true;
      if (!this.#job.run(isTime)) return false;
      this.#job.finish();
      this.#job.tile.turn = ++this.#turns;
      this.#job = null;
      this.changes++;
      if (isTime()) return false;
    }
  }

  /** Whether a tile shows what it should. */
  isReady(tile: Tile): boolean {
    return isClean(tile) && this.#job?.tile !== tile;
  }

  /** Notes which tiles are in use, and lets go of those that were not for longest. */
  saw(tiles: readonly Tile[]): void {
    this.#frame++;
    for (const tile of tiles) tile.seen = this.#frame;
    let spare = -Math.max(LEAST_KEPT, tiles.length * 3);
    for (const level of this.#levels.values()) spare += level.tiles.size;
    if (spare > 0) this.#drop(spare);
  }

  #drop(count: number): void {
    const all = [...this.#levels.values()].flatMap((level) =>
      [...level.tiles.values()].map((tile) => ({ level, tile })),
    );
    all.sort((a, b) => a.tile.seen - b.tile.seen);
    for (const { level, tile } of all.slice(0, count)) {
      if (tile === this.#job?.tile) continue;
      level.drop(tile);
      if (level.tiles.size === 0 && level !== this.#level) this.#levels.delete(level.scale);
    }
  }

  #touch(box: Box, visit: (level: TileLevel, tile: Tile, area: Area) => void): void {
    for (const level of this.#levels.values()) level.touched(box, (tile, area) => visit(level, tile, area));
  }

  #damage(level: TileLevel, tile: Tile, area: Area): void {
    const areas = tile.additions.map((item) => areaOf(item.bounds, level.scale, tile));
    tile.additions = [];
    tile.damage = [...areas, area].reduce<readonly Area[]>((all, one) => (one ? withArea(all, one) : all), tile.damage);
  }

  #nextJob(tiles: readonly Tile[]): TileJob | null {
    let tile: Tile | null = null;
    for (const one of tiles) if (one.damage.length > 0 && (!tile || one.turn < tile.turn)) tile = one;
    const [area, ...rest] = tile?.damage ?? [];
    if (!tile || !area) return null;
    tile.damage = rest;
    const { scale } = this.#level;
    const items = this.#scene.stackIn(boxOfArea(area, scale, tile));
    return new TileJob(tile, area, items, this.#jobBrush, scale, this.#theme);
  }

  #abandonJob(): void {
    if (this.#job) this.#damage(this.#level, this.#job.tile, this.#job.area);
    this.#job = null;
  }

  #paintAdditions(tile: Tile): void {
    const { scale } = this.#level;
    const brush = this.#additionBrush;
    brush.begin(tile.bitmap, null, { scale, left: tile.column * TILE, top: tile.row * TILE }, this.#theme);
    for (const item of tile.additions) brush.paint(item);
    tile.additions = [];
    tile.bitmap?.close();
    tile.bitmap = brush.end();
    this.changes++;
  }
}
