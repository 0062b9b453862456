import { type BoardId, isBoardId } from '../../shared/ids.ts';

/** The pages of this app. */
export type Route =
  | { readonly page: 'Home' }
  | { readonly page: 'Board'; readonly id: BoardId }
  | { readonly page: 'NotFound'; readonly board: boolean };

const boardPath = /^\/b\/([^/]+)\/?$/;

export function routeOf(path: string): Route {
  if (path === '/' || path === '') return { page: 'Home' };
  const id = boardPath.exec(path)?.[1];
  if (id === undefined) return { page: 'NotFound', board: false };
  return isBoardId(id) ? { page: 'Board', id } : { page: 'NotFound', board: true };
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
