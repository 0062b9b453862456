import type { Box } from '../../shared/geometry.ts';
import type { SceneItem } from './scene-item.ts';

/** Device pixels along each side of a tile. */
export const TILE = 512;

/** Whole pixels of one tile, from its left top corner. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export const WHOLE_TILE: Area = { left: 0, top: 0, right: TILE, bottom: TILE };

export const isWholeTile = ({ left, top, right, bottom }: Area): boolean =>
  left === 0 && top === 0 && right === TILE && bottom === TILE;

/** A square of a level's picture. */
export interface Tile {
  readonly column: number;
  readonly row: number;
  /** What of it was never painted; what is stale in the rest is in `damage`. */
  blank: readonly Area[];
  /** Null where nothing is drawn. */
  bitmap: ImageBitmap | null;
  /** What must be painted again. */
  damage: readonly Area[];
  /** What only has to be painted over it, where there is no damage. */
  additions: SceneItem[];
  /** What its bitmap shows, from the back to the front; null where that is not known. */
  stack: readonly SceneItem[] | null;
  /** The frame in which it was last in use. */
  seen: number;
  /** When it was last painted, counted in paintings; 0: never. */
  turn: number;
}

export const newTile = (column: number, row: number): Tile => ({
  column,
  row,
  blank: [WHOLE_TILE],
  bitmap: null,
  damage: [WHOLE_TILE],
  additions: [],
  stack: null,
  seen: 0,
  turn: 0,
});

/** Pixels beyond the edge of a shape that may differ with it: its anti-aliasing, and a tile's apron. */
const FRINGE = 3;

/** The pixels of a tile that a box of the board may tint; null if none. */
export function areaOf(box: Box, scale: number, { column, row }: Pick<Tile, 'column' | 'row'>): Area | null {
  const left = Math.max(0, Math.floor(box.minX * scale - column * TILE) - FRINGE);
  const top = Math.max(0, Math.floor(box.minY * scale - row * TILE) - FRINGE);
  const right = Math.min(TILE, Math.ceil(box.maxX * scale - column * TILE) + FRINGE);
  const bottom = Math.min(TILE, Math.ceil(box.maxY * scale - row * TILE) + FRINGE);
  return left < right && top < bottom ? { left, top, right, bottom } : null;
}

/** What of the board may tint an area. */
export const boxOfArea = (area: Area, scale: number, { column, row }: Pick<Tile, 'column' | 'row'>): Box => ({
  minX: (column * TILE + area.left - FRINGE) / scale,
  minY: (row * TILE + area.top - FRINGE) / scale,
  maxX: (column * TILE + area.right + FRINGE) / scale,
  maxY: (row * TILE + area.bottom + FRINGE) / scale,
});

/** What two areas have in common; null if nothing. */
export function commonTo(a: Area, b: Area): Area | null {
  const left = Math.max(a.left, b.left);
  const top = Math.max(a.top, b.top);
  const right = Math.min(a.right, b.right);
  const bottom = Math.min(a.bottom, b.bottom);
  return left < right && top < bottom ? { left, top, right, bottom } : null;
}

/** Pixels of an area. */
export const sizeOf = ({ left, top, right, bottom }: Area): number => (right - left) * (bottom - top);

/** What areas have besides another. */
export function without(areas: readonly Area[], taken: Area): Area[] {
  return areas.flatMap((area) => {
    const common = commonTo(area, taken);
    if (!common) return [area];
    const { left, top, right, bottom } = area;
    const rest = [
      { left, top, right, bottom: common.top },
      { left, top: common.top, right: common.left, bottom: common.bottom },
      { left: common.right, top: common.top, right, bottom: common.bottom },
      { left, top: common.bottom, right, bottom },
    ];
    return rest.filter((one) => one.left < one.right && one.top < one.bottom);
  });
}

/** Separate areas kept before they are taken together: each is painted by itself. */
const MOST_AREAS = 8;

/** The areas with one more; those that overlap become one, or they would be painted twice. */
export function withArea(areas: readonly Area[], area: Area): readonly Area[] {
  let whole = area;
  let rest = areas;
  for (let met = true; met;) {
    const apart: Area[] = [];
    for (const other of rest) {
      if (commonTo(whole, other)) whole = around(whole, other);
      else apart.push(other);
    }
    met = apart.length < rest.length;
    rest = apart;
  }
  const all = [...rest, whole];
  return all.length > MOST_AREAS ? [all.reduce(around)] : all;
}

const around = (a: Area, b: Area): Area => ({
  left: Math.min(a.left, b.left),
  top: Math.min(a.top, b.top),
  right: Math.max(a.right, b.right),
  bottom: Math.max(a.bottom, b.bottom),
});
