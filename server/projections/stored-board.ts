import type { Board } from '../../shared/board.ts';
import type { BoardId } from '../../shared/ids.ts';
import { unpackingSnapshot } from '../../shared/wire/board-codec.ts';
import type { EventLog } from '../log/event-log.ts';
import { eventDigest } from './event-digest.ts';
import { inSlices, type Slicing } from './in-slices.ts';
import type { StoredSnapshot } from './snapshot-store.ts';

/**
 * The board that was kept, if the log says that it was so; null where there is any doubt.
 * @throws LogUnavailable, and WireError for what was never packed
 */
export async function boardOf(
  id: BoardId,
  snapshot: StoredSnapshot,
  log: EventLog,
  slicing: Slicing,
): Promise<Board | null> {
  if (snapshot.epoch !== log.epoch) return null;
  if (snapshot.event !== (await eventDigest(log, id, snapshot.revision))) return null;
  const board = await inSlices(unpackingSnapshot(snapshot.frames), slicing);
  return board.revision === snapshot.revision ? board : null;
}
