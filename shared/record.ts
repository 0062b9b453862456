import { type Board, authorNumberOf, authorOf } from './board.ts';
import type { BoardEvent, Commit, RecordedEvent } from './event.ts';
import type { ClientId, Millis, Revision } from './ids.ts';

/**
 * Puts what a command came to in its place behind `board`.
 * The first event also settles all commands before it that came to nothing, so that the log knows the client's number.
 */
export function record(
  board: Board,
  client: ClientId,
  commandNumber: number,
  events: readonly BoardEvent[],
  at: Millis,
): RecordedEvent[] {
  const known = authorNumberOf(board, client);
  const by = known > 0 ? known : board.authors.length + 1;
  const settles = commandNumber - (authorOf(board, known)?.settled ?? 0);
  return events.map((event, i) => ({
    revision: board.revision + 1 + i,
    at,
    by,
    settles: i === 0 ? settles : 0,
    event,
  }));
}

/** The first event of a board, which nobody on it made. */
export const recordCreation = (event: BoardEvent & { type: 'BoardCreated' }, at: Millis): Commit => ({
  after: 0,
  at,
  events: [{ revision: 1, at, by: 0, settles: 0, event }],
});

/** The revision of a commit's last event. */
export const lastRevision = (commit: Commit): Revision => commit.after + commit.events.length;
