import { createHash } from 'node:crypto';
import type { BoardId, Revision } from '../../shared/ids.ts';
import { packCommit, unpackCommits } from '../../shared/wire/codec.ts';
import type { EventLog } from '../log/event-log.ts';

/**
 * Digest of one event with its time and author, however the log holds the events around it; null where the stream ends
 * before it. Two logs that parted before a revision have different ones there. @throws LogUnavailable
 */
export async function eventDigest(log: EventLog, board: BoardId, revision: Revision): Promise<string | null> {
  const [packed] = await log.read(board, revision - 1, 1);
  for (const { at, events } of packed ? unpackCommits(packed.bytes) : []) {
    const event = events.find((one) => one.revision === revision);
    if (!event) continue;
    const alone = packCommit({ after: revision - 1, at, events: [event] });
    return createHash('sha256').update(alone).digest('base64url');
  }
  return null;
}
