import type { BoardId } from '../../../shared/ids.ts';
import type { Access, Role } from '../../../shared/roles.ts';
import { boardPathOf } from '../route.ts';

export interface ShareLink {
  readonly allows: 'draw' | 'watch';
  readonly url: string;
}

/** The links that somebody can hand on: the plain one where it opens something, and their own where it opens more. */
export function shareLinks(origin: string, id: BoardId, access: Access, key: string | null, role: Role): ShareLink[] {
  const plain = origin + boardPathOf(id);
  const own = origin + boardPathOf(id, key);
  const mayDraw = role !== 'viewer';
  switch (access) {
    case 'edit':
      return [{ allows: 'draw', url: plain }];
    case 'view':
      return mayDraw && key !== null
        ? [
            { allows: 'draw', url: own },
            { allows: 'watch', url: plain },
          ]
        : [{ allows: 'watch', url: plain }];
    case 'private':
      return [{ allows: mayDraw ? 'draw' : 'watch', url: own }];
  }
}
