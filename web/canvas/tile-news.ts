import type { SceneItem } from './scene-item.ts';
import { type Area, areaOf, sizeOf, type Tile, WHOLE_TILE, withArea } from './tile.ts';

/** More shapes than this that came or went, or more of the tile than this share that they lie in, and all is painted. */
const FEW = 48;
const LITTLE = 0.4;

/** What has to be painted of a tile, and then over it. */
export interface TileNews {
  readonly damage: readonly Area[];
  readonly additions: SceneItem[];
}

/**
 * What to do where a tile shows one stack and is to show another one, of whole tiles both: nothing where they are the
 * same, as for most of the sheet wherever in the past one came from; null where it is better painted anew.
 */
export function newsOf(
  shown: readonly SceneItem[],
  wanted: readonly SceneItem[],
  scale: number,
  tile: Tile,
): TileNews | null {
  const shorter = Math.min(shown.length, wanted.length);
  let same = 0;
  while (same < shorter && shown[same] === wanted[same]) same++;
  if (same === shown.length && wanted.length - same <= FEW) return { damage: [], additions: wanted.slice(same) };
  if (Math.abs(shown.length - wanted.length) > FEW) return null;
  const before = new Set(shown);
  const after = new Set(wanted);
  const stays = shown.filter((item) => after.has(item));
  const stayed = wanted.filter((item) => before.has(item));
  if (stays.some((item, i) => item !== stayed[i])) return null;
  const changed = [...shown.filter((item) => !after.has(item)), ...wanted.filter((item) => !before.has(item))];
  if (changed.length > FEW) return null;
  let damage: readonly Area[] = [];
  for (const { bounds } of changed) {
    const area = areaOf(bounds, scale, tile);
    if (area) damage = withArea(damage, area);
  }
  const size = damage.reduce((sum, area) => sum + sizeOf(area), 0);
  return size <= LITTLE * sizeOf(WHOLE_TILE) ? { damage, additions: [] } : null;
}
