import type { Board } from '../shared/board.ts';
import type { BoardEvent, Commit } from '../shared/event.ts';
import type { BoardId, Millis, Revision } from '../shared/ids.ts';
import { recordCreation } from '../shared/record.ts';
import { unpackCommits } from '../shared/wire/codec.ts';
import { packedCommit } from './commits.ts';
import type { EventLog, PackedCommit } from './log/event-log.ts';

/** Bytes of the log that are in memory at a time. */
const PAGE_BYTES = 256 * 1024;

interface Branch {
  readonly id: BoardId;
  readonly parent: BoardId;
  /** The parent at the moment from which on the branch goes its own way. */
  readonly from: Board;
  readonly creation: BoardEvent & { type: 'BoardCreated' };
  readonly now: Millis;
}

/**
 * Writes a new stream: the parent's commits as they are up to a moment, but for how the board was made, and then that
 * it is a branch. What was interrupted is a board that nobody knows of. @throws LogUnavailable
 */
export async function branchLog(log: EventLog, { id, parent, from, creation, now }: Branch): Promise<void> {
  await log.append(id, 0, [packedCommit(recordCreation(creation, from.createdAt))]);
  for (let after = 1; after < from.revision;) {
    const page = (await log.read(parent, after, PAGE_BYTES)).flatMap((commit) => upTo(commit, after, from.revision));
    const last = page.at(-1)?.last;
    if (last === undefined) throw new Error(`Board ${parent}: nothing after revision ${after} in the log.`);
    await log.append(id, after, page);
    after = last;
  }
  const at = Math.max(now, from.at);
  const event: BoardEvent = { type: 'BoardBranched', from: parent, fromRevision: from.revision, title: creation.title };
  const revision = from.revision + 1;
  const commit: Commit = { after: from.revision, at, events: [{ revision, at, by: 0, settles: 0, event }] };
  await log.append(id, from.revision, [packedCommit(commit)]);
}

/** What of a commit lies after one revision and not beyond another: nearly always all of it, as it is. */
function upTo(packed: PackedCommit, after: Revision, last: Revision): PackedCommit[] {
  if (packed.after >= last || packed.last <= after) return [];
  if (packed.after >= after && packed.last <= last) return [packed];
  return unpackCommits(packed.bytes).flatMap((commit) => {
    const events = commit.events.filter(({ revision }) => revision > after && revision <= last);
    const first = events[0];
    return first ? [packedCommit({ after: first.revision - 1, at: commit.at, events })] : [];
  });
}
