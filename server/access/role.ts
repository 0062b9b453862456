import type { Board } from '../../shared/board.ts';
import type { Role } from '../../shared/roles.ts';
import { opens } from './link-key.ts';

/** What whoever comes with this key may do; null: nothing at all. A key that opens nothing is as good as none. */
export function roleFor(
  { access, editKeyHash, viewKeyHash }: Pick<Board, 'access' | 'editKeyHash' | 'viewKeyHash'>,
  key: string | null | undefined,
): Role | null {
  if (key && opens(key, editKeyHash)) return 'owner';
  if (access === 'edit') return 'editor';
  if (access === 'view') return 'viewer';
  return key && opens(key, viewKeyHash) ? 'viewer' : null;
}
