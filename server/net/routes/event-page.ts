import { setImmediate } from 'node:timers/promises';
import type { BoardId, Revision } from '../../../shared/ids.ts';
import type { EventLog, PackedCommit } from '../../log/event-log.ts';

/** Of the log, for one page. */
const MAX_PAGE_BYTES = 4 * 1024 * 1024;
const READ_BYTES = 256 * 1024;

/** Whole commits with at least `limit` events after `after`, where there are so many and they fit in a page. */
export async function readEventPage(
  log: EventLog,
  id: BoardId,
  after: Revision,
  limit: number,
): Promise<readonly PackedCommit[]> {
  const commits: PackedCommit[] = [];
  let [last, bytes] = [after, 0];
  while (last < after + limit && bytes < MAX_PAGE_BYTES) {
    const read = await log.read(id, last, READ_BYTES);
    if (read.length === 0) break;
    // Others have their turn between two reads.
    await setImmediate();
    for (const commit of read) {
      if (last >= after + limit || bytes >= MAX_PAGE_BYTES) break;
      commits.push(commit);
      last = commit.last;
      bytes += commit.bytes.length;
    }
  }
  return commits;
}
