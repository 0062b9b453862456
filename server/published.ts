import { type Board, fold } from '../shared/board.ts';
import type { Commit } from '../shared/event.ts';
import type { Revision } from '../shared/ids.ts';
import { commitToJson } from '../shared/wire/json.ts';
import type { PackedCommit } from './log/event-log.ts';

/** What became durable at once, encoded once and shared by every reader of the board. */
export interface Published {
  readonly after: Revision;
  readonly last: Revision;
  /** The board with it. */
  readonly board: Board;
  /** The stored bytes: a frame of one or more Commit messages. */
  readonly packed: Uint8Array;
  /** The same as JSON text, one message for each commit; made when the first reader asks. */
  json(): readonly string[];
}

export function published(
  before: Board,
  after: Board,
  commits: readonly Commit[],
  packed: readonly PackedCommit[],
): Published {
  let json: readonly string[] | undefined;
  const only = packed.length === 1 ? packed[0] : undefined;
  return {
    after: before.revision,
    last: after.revision,
    board: after,
    packed: only ? only.bytes : Buffer.concat(packed.map((commit) => commit.bytes)),
    json: () => (json ??= jsonOf(before, commits)),
  };
}

function jsonOf(before: Board, commits: readonly Commit[]): string[] {
  let board = before;
  return commits.map((commit) => {
    const text = JSON.stringify(commitToJson(board, commit));
    board = fold(board, commit.events);
    return text;
  });
}
