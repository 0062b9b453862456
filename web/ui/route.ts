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

export const boardPathOf = (id: BoardId): string => `/b/${id}`;

/** The board that a pasted text names: a link to one here, or its bare id. */
export function boardIn(text: string, origin: string): BoardId | null {
  const trimmed = text.trim();
  if (isBoardId(trimmed)) return trimmed;
  const url = URL.canParse(trimmed, origin) ? new URL(trimmed, origin) : null;
  if (url === null || url.origin !== origin) return null;
  const route = routeOf(url.pathname);
  return route.page === 'Board' ? route.id : null;
}
