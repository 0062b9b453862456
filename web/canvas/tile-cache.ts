import type { Theme } from '../../shared/color.ts';
import type { Box } from '../../shared/geometry.ts';
import type { SceneItem } from './scene-item.ts';
import type { Scene, SceneListener } from './scene.ts';
import {
  type Area,
  areaOf,
  boxOfArea,
  commonTo,
  isWholeTile,
  sizeOf,
  TILE,
  type Tile,
  WHOLE_TILE,
  withArea,
  without,
} from './tile.ts';
import type { Brush } from './tile-brush.ts';
import { TileJob } from './tile-job.ts';
import { newsOf } from './tile-news.ts';
import { TileLevel } from './tile-level.ts';

/** Bitmaps kept however small the screen is; 1 MB each. */
const LEAST_KEPT = 64;
/** Share of a tile up to which what is in sight of it is painted first: what lies in both parts is painted twice. */
const WORTH_PARTING = 0.5;

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
  /** What of the board is to be painted now; null for all. */
  #sight: Box | null = null;
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
    this.repaint();
  }

  added(item: SceneItem): void {
    const onTop = this.#scene.isOnTop(item);
    this.#touch(item.bounds, (level, tile, area) => {
      const job = this.#jobIn(tile, area);
      if (job?.admit(item)) return this.#damageBeside(job, level, area);
      const isPainted = !job && !tile.damage.some((damaged) => commonTo(damaged, area));
      if (onTop && level === this.#level && isPainted) tile.additions.push(item);
      else this.#damage(level, tile, area);
    });
  }

  removed(item: SceneItem): void {
    this.#touch(item.bounds, (level, tile, area) => {
      const job = this.#jobIn(tile, area);
      if (job?.dismiss(item)) this.#damageBeside(job, level, area);
      else this.#damage(level, tile, area);
    });
  }

  restacked(box: Box): void {
    this.#touch(box, (level, tile, area) => this.#damage(level, tile, area));
  }

  /** All looks otherwise, though it is the same. */
  repaint(): void {
    this.replaced();
    this.#job?.spoil();
    for (const tile of this.#level.tiles.values()) tile.stack = null;
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
   * first. With a sight, a box of the board, only what is stale in that. True when nothing is left.
   */
  work(tiles: readonly Tile[], isTime: () => boolean, sight: Box | null = null): boolean {
    this.#sight = sight;
    if (this.#job && !(tiles.includes(this.#job.tile) && this.#wanted(this.#job.tile, this.#job.area)))
      this.#abandonJob();
    // By turns, or where much is drawn what is damaged would never be painted.
    this.#beginsWithJobs = !this.#beginsWithJobs;
    const isDone = this.#beginsWithJobs
      ? this.#paintDamage(tiles, isTime) && this.#paintAllAdditions(tiles, isTime)
      : this.#paintAllAdditions(tiles, isTime) && this.#paintDamage(tiles, isTime);
    return isDone && tiles.every((tile) => this.isReady(tile, sight));
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
      if (!this.#job) {
        const tile = this.#nextOf(tiles);
        if (!tile) return true;
        this.#begin(tile);
      }
      if (this.#job && !this.#job.run(isTime)) return false;
      if (this.#job) this.#finishJob(this.#job);
      if (isTime()) return false;
    }
  }

  /** Whether a tile shows what it should, or as much of it as lies in a box of the board. */
  isReady(tile: Tile, sight: Box | null = null): boolean {
    const part = sight ? areaOf(sight, this.#level.scale, tile) : WHOLE_TILE;
    if (!part) return true;
    const isStale = tile.damage.some((area) => commonTo(area, part)) || this.#jobIn(tile, part);
    return !isStale && tile.additions.length === 0;
  }

  /** What is being painted of a tile, if that is in an area of it. */
  #jobIn(tile: Tile, area: Area): TileJob | null {
    return this.#job?.tile === tile && commonTo(this.#job.area, area) ? this.#job : null;
  }

  /** What of an area of a tile is to be painted now; all of it where most of the tile is in sight anyway. */
  #wanted(tile: Tile, area: Area): Area | null {
    if (!this.#sight) return area;
    const seen = areaOf(this.#sight, this.#level.scale, tile);
    const part = seen && commonTo(area, seen);
    return seen && part && sizeOf(seen) > sizeOf(WHOLE_TILE) * WORTH_PARTING ? area : part;
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
    tile.stack = null;
    if (this.#job?.tile === tile) this.#job.spoil();
    tile.damage = [...areas, area].reduce<readonly Area[]>((all, one) => (one ? withArea(all, one) : all), tile.damage);
  }

  /** The tile of which something is wanted that waits for longest, or comes first. */
  #nextOf(tiles: readonly Tile[]): Tile | null {
    let next: Tile | null = null;
    for (const tile of tiles) {
      if (next && tile.turn >= next.turn) continue;
      if (tile.damage.some((area) => this.#wanted(tile, area))) next = tile;
    }
    return next;
  }

  /** Begins with what is wanted of a tile. Of one that shows most of what it should already, only the rest is painted. */
  #begin(tile: Tile): void {
    const { scale } = this.#level;
    const stackIn = (area: Area): SceneItem[] => this.#scene.stackIn(boxOfArea(area, scale, tile));
    const all = tile.stack && stackIn(WHOLE_TILE);
    const news = tile.stack && all && newsOf(tile.stack, all, scale, tile);
    // What waited to be painted over it is among them.
    if (news) [tile.damage, tile.additions] = [news.damage, news.additions];
    if (news?.damage.length === 0) {
      if (tile.additions.length > 0) this.#paintAdditions(tile);
      tile.turn = ++this.#turns;
      return;
    }
    const area = firstOf(tile.damage, (damaged) => this.#wanted(tile, damaged));
    // All that is otherwise may lie out of sight.
    if (!area) return;
    tile.damage = without(tile.damage, area);
    const isWhole = isWholeTile(area);
    // What is painted in parts is in between.
    if (!isWhole) tile.stack = null;
    const items = (isWhole && all) || stackIn(area);
    this.#job = new TileJob(tile, area, items, this.#jobBrush, scale, this.#theme);
  }

  #finishJob(job: TileJob): void {
    job.finish();
    job.tile.turn = ++this.#turns;
    this.#job = null;
    this.changes++;
  }

  /** A change that a job takes in is still to be painted where the job does not paint. */
  #damageBeside(job: TileJob, level: TileLevel, area: Area): void {
    for (const part of without([area], job.area)) this.#damage(level, job.tile, part);
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
    tile.stack &&= [...tile.stack, ...tile.additions];
    tile.additions = [];
    tile.bitmap?.close();
    tile.bitmap = brush.end();
    this.changes++;
  }
}

/** The first of what is found for the things of a list. */
function firstOf<T, U>(list: readonly T[], find: (one: T) => U | null): U | null {
  for (const one of list) {
    const found = find(one);
    if (found) return found;
  }
  return null;
}
