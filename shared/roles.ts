import type { CommandType } from './command.ts';

/** What whoever has a board's plain link may do. `private`: nothing. */
export type Access = 'edit' | 'view' | 'private';
export const accesses: readonly Access[] = ['edit', 'view', 'private'];

/** What one connection may do on one board. */
export type Role = 'owner' | 'editor' | 'viewer';

const everyone: ReadonlySet<Role> = new Set(['owner', 'editor', 'viewer']);
const editors: ReadonlySet<Role> = new Set(['owner', 'editor']);

/** Who may ask for what. One row for each command, so that a new command cannot be forgotten. */
export const permitted: Readonly<Record<CommandType, ReadonlySet<Role>>> = {
  StartStroke: editors,
  ExtendStroke: editors,
  EndStroke: editors,
  EraseShapes: editors,
  PlaceShape: editors,
  ChangeShapes: editors,
  MoveShapes: editors,
  CutStroke: editors,
  Undo: editors,
  Redo: editors,
  ChangeAuthor: everyone,
  RenameBoard: editors,
  MarkMoment: editors,
  UnmarkMoment: editors,
};
