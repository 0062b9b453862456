// What can be done with a moment of the past.

import type { Board } from '../../../shared/board.ts';
import type { Command } from '../../../shared/command.ts';
import type { AuthorNumber, BoardId } from '../../../shared/ids.ts';
import { restoring, restoringShapes, undoingAuthor } from '../../../shared/restoring.ts';
import type { Shape } from '../../../shared/shapes/shape.ts';
import { branchBoard } from '../api.ts';
import { boardPathOf, momentQuery } from '../route.ts';
import { router } from '../router.svelte.ts';
import { toasts } from '../toasts.svelte.ts';
import type { Desk } from './desk.svelte.ts';

interface Place {
  readonly id: BoardId;
  readonly linkKey: string | null;
}

/** Copies a link that opens the board at this moment, as it is seen now. */
export async function copyMomentLink({ id, linkKey }: Place, at: number, desk: Desk): Promise<void> {
  const [path, hash = ''] = boardPathOf(id, linkKey).split('#');
  const url = `${location.origin}${path}${momentQuery(at, desk.camera)}${hash && `#${hash}`}`;
  try {
    await navigator.clipboard.writeText(url);
    toasts.show('The link to this moment is on the clipboard.');
  } catch {
    // Only secure pages may write to the clipboard.
    history.replaceState(null, '', url.slice(location.origin.length));
    toasts.show('The link to this moment is in the address bar.');
  }
}

/** Makes a board that begins as this one was, and goes there. */
export async function branchFrom({ id, linkKey }: Place, at: number): Promise<void> {
  const answer = await branchBoard(id, at, linkKey);
  if ('failure' in answer) return toasts.show(`There is no branch. ${answer.failure}`, { tone: 'danger' });
  router.go(answer.value);
}

/** Makes the present look as this moment did; everybody sees it, and one undo takes it away. */
export function restoreTo(past: Board, desk: Desk, live: Board): void {
  propose(
    desk,
    restoring(past, live, desk.drawing.restorer()),
    'The board looks as it did then. Undo takes that back.',
  );
}

/** Makes some shapes of this moment look in the present as they do here, and takes them in hand; what is gone comes back. */
export function bringBack(shapes: readonly Shape[], desk: Desk, live: Board): void {
  const { drawing } = desk;
  const commands = restoringShapes(shapes, live, drawing.restorer());
  const what = shapes.length === 1 ? 'It is back as it was' : `${shapes.length} things are back as they were`;
  if (!propose(desk, commands, `${what} then. Undo takes that back.`)) return;
  const placed = commands.flatMap((command) => (command.type === 'PlaceShape' ? drawing.idOf(command.number) : []));
  drawing.select([...shapes.map(({ id }) => id), ...placed]);
}

export function undoEverythingBy(by: AuthorNumber, past: Board, desk: Desk, live: Board): void {
  const name = live.authors[by - 1]?.name ?? 'this person';
  const commands = undoingAuthor(by, past, live, desk.drawing.restorer());
  propose(desk, commands, `What ${name} did since then is taken back.`);
}

/** All of it or nothing; false where nothing was done. */
function propose(desk: Desk, commands: readonly Command[], done: string): boolean {
  if (commands.length === 0) {
    toasts.show('Nothing has changed since then.');
    return false;
  }
  for (const [i, command] of commands.entries()) {
    if (!desk.drawing.propose(command)) continue;
    if (i > 0) desk.drawing.propose({ type: 'Undo' });
    return false;
  }
  desk.act('GoLive');
  toasts.show(done);
  return true;
}
