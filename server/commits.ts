import type { Board } from '../shared/board.ts';
import type { Commit, RecordedEvent } from '../shared/event.ts';
import type { Millis } from '../shared/ids.ts';
import { MAX_COMMIT_BYTES } from '../shared/limits.ts';
import { lastRevision } from '../shared/record.ts';
import { packCommit } from '../shared/wire/codec.ts';
import type { PackedCommit } from './log/event-log.ts';

/** Makes one commit of the events that follow `board`, or several where one would be too large. */
export function commitsOf(board: Board, events: readonly RecordedEvent[], at: Millis): Commit[] {
  const commits: Commit[] = [];
  let after = board.revision;
  let run: RecordedEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    const size = sizeOf(event);
    if (run.length > 0 && bytes + size > MAX_COMMIT_BYTES) {
      commits.push({ after, at, events: run });
      after += run.length;
      run = [];
      bytes = 0;
    }
    run.push(event);
    bytes += size;
  }
  if (run.length > 0) commits.push({ after, at, events: run });
  return commits;
}

export const packedCommit = (commit: Commit): PackedCommit => ({
  after: commit.after,
  last: lastRevision(commit),
  at: commit.at,
  bytes: packCommit(commit),
});

/** No less than the packed event takes, in bytes; near enough to cut by. */
function sizeOf({ event }: RecordedEvent): number {
  if ('samples' in event) return 64 + event.samples.length + settingsSize(event);
  if ('shapes' in event) return 16 + event.shapes.reduce((sum, id) => sum + id.length + 2, settingsSize(event));
  return 512;
}

const settingsSize = (event: RecordedEvent['event']): number =>
  'settings' in event ? JSON.stringify(event.settings).length : 0;
