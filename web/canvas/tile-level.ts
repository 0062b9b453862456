import type { Box } from '../../shared/geometry.ts';
import { type Area, areaOf, newTile, TILE, type Tile } from './tile.ts';

/** Tiles from one column and row to another, both included. */
export interface TileRange {
  readonly minColumn: number;
  readonly minRow: number;
  readonly maxColumn: number;
  readonly maxRow: number;
}

/** The board's picture at one scale, as far as somebody looked at it. */
export class TileLevel {
  /** Device pixels for each board unit. */
  readonly scale: number;
  readonly tiles = new Map<string, Tile>();

  constructor(scale: number) {
    this.scale = scale;
  }

  /** The tiles that a box of the board lies in. */
  rangeOf(box: Box): TileRange {
    return {
      minColumn: Math.floor((box.minX * this.scale) / TILE),
      minRow: Math.floor((box.minY * this.scale) / TILE),
      maxColumn: Math.ceil((box.maxX * this.scale) / TILE) - 1,
      maxRow: Math.ceil((box.maxY * this.scale) / TILE) - 1,
    };
  }

  make(column: number, row: number): Tile {
    const key = `${column},${row}`;
    let tile = this.tiles.get(key);
    if (!tile) this.tiles.set(key, (tile = newTile(column, row)));
    return tile;
  }

  drop(tile: Tile): void {
    tile.bitmap?.close();
    tile.bitmap = null;
    this.tiles.delete(`${tile.column},${tile.row}`);
  }

  clear(): void {
    for (const tile of this.tiles.values()) tile.bitmap?.close();
    this.tiles.clear();
  }

  /** Calls `visit` with each tile made so far that a box may tint, and what of it. */
  touched(box: Box, visit: (tile: Tile, area: Area) => void): void {
    for (const tile of this.tiles.values()) {
      const area = areaOf(box, this.scale, tile);
      if (area) visit(tile, area);
    }
  }
}
