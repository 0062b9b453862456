import { boxOfView, type View } from './view.ts';
import { type Area, commonTo, TILE, type Tile, WHOLE_TILE } from './tile.ts';
import { APRON } from './tile-brush.ts';
import type { TileCache } from './tile-cache.ts';
import type { TileLevel, TileRange } from './tile-level.ts';
import type { Context } from './paint-path.ts';

/** The level's tiles in sight, made if they are not there yet, and those around them; from the middle outwards. */
export function tilesInSight(level: TileLevel, view: View): { visible: Tile[]; around: Tile[] } {
  const range = level.rangeOf(boxOfView(view));
  const [middleColumn, middleRow] = [(range.minColumn + range.maxColumn) / 2, (range.minRow + range.maxRow) / 2];
  const visible: Tile[] = [];
  const around: Tile[] = [];
  for (let row = range.minRow - 1; row <= range.maxRow + 1; row++) {
    for (let column = range.minColumn - 1; column <= range.maxColumn + 1; column++) {
      (holds(range, column, row) ? visible : around).push(level.make(column, row));
    }
  }
  const distance = ({ column, row }: Tile): number => Math.hypot(column - middleColumn, row - middleRow);
  visible.sort((a, b) => distance(a) - distance(b));
  around.sort((a, b) => distance(a) - distance(b));
  return { visible, around };
}

const holds = ({ minColumn, minRow, maxColumn, maxRow }: TileRange, column: number, row: number): boolean =>
  column >= minColumn && column <= maxColumn && row >= minRow && row <= maxRow;

/** Puts the tiles on the screen; where one is not painted yet, what another scale has of that place. */
export function paintTiles(context: Context, cache: TileCache, visible: readonly Tile[], view: View): void {
  const { level } = cache;
  for (const tile of visible) {
    drawTile(context, level, tile, view);
    for (const area of tile.blank) {
      if (isInSight(level, tile, area, view)) paintStandIn(context, cache, tile, area, view);
    }
  }
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where a part of a tile is on the screen. Its edges are whole pixels at any scale, so that neighbours meet. */
function placeOf(level: TileLevel, tile: Tile, { left, top, right, bottom }: Area, view: View): Place {
  const stretch = view.scale / level.scale;
  const x = Math.round((tile.column * TILE + left) * stretch) - view.left;
  const y = Math.round((tile.row * TILE + top) * stretch) - view.top;
  const width = Math.round((tile.column * TILE + right) * stretch) - view.left - x;
  return { x, y, width, height: Math.round((tile.row * TILE + bottom) * stretch) - view.top - y };
}

function isInSight(level: TileLevel, tile: Tile, area: Area, view: View): boolean {
  const { x, y, width, height } = placeOf(level, tile, area, view);
  return x < view.width && y < view.height && x + width > 0 && y + height > 0;
}

function drawTile(context: Context, level: TileLevel, tile: Tile, view: View): void {
  if (!tile.bitmap) return;
  const { x, y, width, height } = placeOf(level, tile, WHOLE_TILE, view);
  context.drawImage(tile.bitmap, APRON, APRON, TILE, TILE, x, y, width, height);
}

function paintStandIn(context: Context, cache: TileCache, tile: Tile, area: Area, view: View): void {
  const { scale } = cache.level;
  const box = {
    minX: (tile.column * TILE + area.left) / scale,
    minY: (tile.row * TILE + area.top) / scale,
    maxX: (tile.column * TILE + area.right) / scale,
    maxY: (tile.row * TILE + area.bottom) / scale,
  };
  let best: { level: TileLevel; tiles: Tile[]; worth: number } | null = null;
  for (const level of cache.levels) {
    if (level === cache.level) continue;
    const tiles: Tile[] = [];
    const { minColumn, minRow, maxColumn, maxRow } = level.rangeOf(box);
    const whole = (maxColumn - minColumn + 1) * (maxRow - minRow + 1);
    level.touched(box, (other, part) => {
      if (!other.blank.some((blank) => commonTo(blank, part))) tiles.push(other);
    });
    // All of it, however blurred, is worth more than a sharp part.
    const worth = tiles.length / whole - Math.abs(Math.log2(level.scale / view.scale)) / 1000;
    if (tiles.length > 0 && (!best || worth > best.worth)) best = { level, tiles, worth };
  }
  if (!best) return;
  const { x, y, width, height } = placeOf(cache.level, tile, area, view);
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  for (const other of best.tiles) drawTile(context, best.level, other, view);
  context.restore();
}
