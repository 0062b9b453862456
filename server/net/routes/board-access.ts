import { type BoardId, isBoardId } from '../../../shared/ids.ts';
import type { Role } from '../../../shared/roles.ts';
import { roleFor } from '../../access/role.ts';
import type { Boards, OpenBoard } from '../../boards.ts';
import { type Refusal, refuse } from '../answer.ts';
import type { HttpRequest } from '../listener.ts';
import type { Params } from '../router.ts';

export interface AllowedBoard {
  readonly id: BoardId;
  readonly open: OpenBoard;
  readonly role: Role;
}

/** The board in the path, if the request may see it. */
export async function boardFor(boards: Boards, request: HttpRequest, params: Params): Promise<AllowedBoard | Refusal> {
  const id = boardIdIn(params);
  const open = id && (await boards.open(id));
  if (!open) return noSuchBoard;
  const role = roleFor(open.host.board, keyOf(request));
  return role ? { id, open, role } : notAllowed;
}

export function boardIdIn({ board = '' }: Params): BoardId | null {
  return isBoardId(board) ? board : null;
}

export const noSuchBoard = refuse(404, 'NoSuchBoard', 'There is no such board. A board id has 16 letters and digits.');

const notAllowed = refuse(
  403,
  'NotAllowed',
  'This board is private: send the key of its link as "Authorization: Bearer KEY" or as ?key=KEY.',
);

/** The key that came along, in the header or, for plain links, in the query. */
function keyOf(request: HttpRequest): string | null {
  const [, bearer] = /^Bearer +(\S+)$/i.exec(request.header('authorization')) ?? [];
  return bearer ?? request.query.get('key');
}

/** Copies of a private board's answers belong to nobody but who asked. */
export const cacheScope = ({ open }: AllowedBoard): 'public' | 'private' =>
  open.host.board.access === 'private' ? 'private' : 'public';
