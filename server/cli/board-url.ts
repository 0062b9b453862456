import { isBoardId } from '../../shared/ids.ts';

/** The WebSocket behind a board's link as a person copies it, and the link's key; null where it is no such link. */
export function liveAddressOf(link: string): { readonly address: string; readonly key?: string } | null {
  if (!URL.canParse(link)) return null;
  const url = new URL(link);
  const [, id = ''] = /\/b\/([^/]+)\/?$/.exec(url.pathname) ?? [];
  if (!/^https?:$/.test(url.protocol) || !isBoardId(id)) return null;
  const address = `${url.protocol === 'https:' ? 'wss' : 'ws'}://${url.host}/api/boards/${id}/live`;
  const key = new URLSearchParams(url.hash.slice(1)).get('key');
  return key ? { address, key } : { address };
}
