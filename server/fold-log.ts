import { type Board, fold } from '../shared/board.ts';
import type { RecordedEvent } from '../shared/event.ts';
import type { BoardId } from '../shared/ids.ts';
import type { Steps } from '../shared/steps.ts';
import { unpackCommits } from '../shared/wire/codec.ts';
import type { EventLog, PackedCommit } from './log/event-log.ts';
import { type Haste, inSlices, type Slicing } from './projections/in-slices.ts';

/** Bytes of the log that are in memory at a time. */
const PAGE_BYTES = 256 * 1024;
/** Events that are folded before others get their turn: about a millisecond. */
const EVENTS_AT_ONCE = 250;

/** A board, and how many bytes of the log it has come since. */
interface Folded {
  readonly board: Board;
  readonly bytes: number;
}

/** The board with all that the log has after it. @throws LogUnavailable */
export async function foldLog(log: EventLog, id: BoardId, from: Board, slicing: Slicing): Promise<Folded> {
  let folded: Folded = { board: from, bytes: 0 };
  for await (folded of foldingLog(log, id, from, slicing));
  return folded;
}

/** The same, page by page of the log: the boards on the way. @throws LogUnavailable, GivenUp */
export async function* foldingLog(
  log: EventLog,
  id: BoardId,
  from: Board,
  slicing: Slicing,
  haste?: () => Haste,
): AsyncGenerator<Folded> {
  let board = from;
  let bytes = 0;
  for (;;) {
    const packed = await log.read(id, board.revision, PAGE_BYTES);
    if (packed.length === 0) return;
    bytes += packed.reduce((sum, commit) => sum + commit.bytes.length, 0);
    board = await inSlices(folding(board, packed), slicing, haste);
    yield { board, bytes };
  }
}

function* folding(from: Board, packed: readonly PackedCommit[]): Steps<Board> {
  let board = from;
  let events: RecordedEvent[] = [];
  for (const { bytes } of packed) {
    for (const commit of unpackCommits(bytes)) {
      for (const event of commit.events) if (event.revision > from.revision) events.push(event);
    }
    if (events.length < EVENTS_AT_ONCE) continue;
    board = fold(board, events);
    events = [];
    yield;
  }
  return fold(board, events);
}
