import { type BoardId, isBoardId } from '../../shared/ids.ts';
import { type Camera, MAX_ZOOM, MIN_ZOOM } from '../canvas/camera.ts';

/** The pages of this app. */
export type Route =
  | { readonly page: 'Home' }
  | { readonly page: 'Board'; readonly id: BoardId }
  /** A player for other pages: nothing but the board's past. */
  | { readonly page: 'Embed'; readonly id: BoardId }
  | { readonly page: 'NotFound'; readonly board: boolean };

const boardPath = /^\/(b|embed)\/([^/]+)\/?$/;

export function routeOf(path: string): Route {
  if (path === '/' || path === '') return { page: 'Home' };
  const [, kind, id] = boardPath.exec(path) ?? [];
  if (id === undefined) return { page: 'NotFound', board: false };
  return isBoardId(id) ? { page: kind === 'b' ? 'Board' : 'Embed', id } : { page: 'NotFound', board: true };
}

/** The address of a board. The secret of its link stays behind the #, which browsers never send. */
export const boardPathOf = (id: BoardId, key: string | null = null): string =>
  key === null ? `/b/${id}` : `/b/${id}#key=${encodeURIComponent(key)}`;

/** The secret in a link's fragment. */
export function keyIn(hash: string): string | null {
  const key = new URLSearchParams(hash.replace(/^#/, '')).get('key');
  return key === null || key === '' ? null : key;
}

/** The address of the board that a pasted text names: a link to one here, or its bare id. */
export function boardPathIn(text: string, origin: string): string | null {
  const trimmed = text.trim();
  if (isBoardId(trimmed)) return boardPathOf(trimmed);
  const url = URL.canParse(trimmed, origin) ? new URL(trimmed, origin) : null;
  if (url === null || url.origin !== origin) return null;
  const route = routeOf(url.pathname);
  return route.page === 'Board' ? boardPathOf(route.id, keyIn(url.hash)) : null;
}

/** What a link says of the moment to open: an event's place, or a time; and of the part of the sheet to look at. */
export interface LinkedMoment {
  readonly at: { readonly revision: number } | { readonly time: number };
  readonly camera: Camera | null;
}

/** From here on a number is a time, as the server has it. */
const FIRST_TIME = 100_000_000_000;

/** `?at=REVISION`, `?at=MS` or `?at=ISO time`, with `&view=x,y,zoom`; null where it is none of them. */
export function momentIn(search: string): LinkedMoment | null {
  const query = new URLSearchParams(search);
  const at = query.get('at') ?? '';
  const number = /^\d{1,15}$/.test(at) ? Number(at) : null;
  const time = number ?? Date.parse(at);
  if (Number.isNaN(time)) return null;
  const isRevision = number !== null && number < FIRST_TIME;
  return { at: isRevision ? { revision: number } : { time }, camera: cameraIn(query.get('view') ?? '') };
}

function cameraIn(text: string): Camera | null {
  const [x = Number.NaN, y = Number.NaN, zoom = Number.NaN, ...rest] = text.split(',').map(Number);
  const isOne = rest.length === 0 && [x, y, zoom].every(Number.isFinite);
  return isOne && zoom >= MIN_ZOOM && zoom <= MAX_ZOOM ? { x, y, zoom } : null;
}

/** The query of a link to a moment, as it is seen. */
export const momentQuery = (time: number, { x, y, zoom }: Camera): string =>
  `?at=${Math.round(time)}&view=${Math.round(x)},${Math.round(y)},${Number(zoom.toFixed(3))}`;
