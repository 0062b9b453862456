import type { BoardId } from '../../shared/ids.ts';
import type { Access } from '../../shared/roles.ts';
import { hashOfLinkKey, newLinkKey } from './link-key.ts';

/** The secrets of a new board's links. Only their hashes are kept: they are told once, to who makes the board. */
export interface LinkKeys {
  readonly edit?: string;
  readonly view?: string;
}

/** A board that the plain link opens needs a key only for what that link does not allow. */
export function newLinkKeys(access: Access): LinkKeys {
  switch (access) {
    case 'edit':
      return {};
    case 'view':
      return { edit: newLinkKey() };
    case 'private':
      return { edit: newLinkKey(), view: newLinkKey() };
  }
}

export const hashesOf = ({ edit, view }: LinkKeys): { editKeyHash?: string; viewKeyHash?: string } => ({
  ...(edit === undefined ? {} : { editKeyHash: hashOfLinkKey(edit) }),
  ...(view === undefined ? {} : { viewKeyHash: hashOfLinkKey(view) }),
});

export interface BoardLinks {
  /** For people: the key is in the fragment, which browsers keep to themselves. */
  readonly edit: string;
  readonly view: string;
  /** For programs. They send a key as `Authorization: Bearer KEY`. */
  readonly api: string;
  readonly events: string;
  readonly live: string;
  readonly svg: string;
  readonly png: string;
  readonly json: string;
}

export function boardLinks(id: BoardId, { edit, view }: LinkKeys = {}): BoardLinks {
  const page = (key: string | undefined): string => `/b/${id}${key === undefined ? '' : `#key=${key}`}`;
  const api = `/api/boards/${id}`;
  return {
    edit: page(edit),
    view: page(view),
    api,
    events: `${api}/events`,
    live: `${api}/live`,
    svg: `${api}/export.svg`,
    png: `${api}/export.png`,
    json: `${api}/export.json`,
  };
}
