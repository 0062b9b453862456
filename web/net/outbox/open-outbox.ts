import type { NumberedCommand } from '../../../shared/command.ts';
import { type BoardId, clientId, type ParticipantId } from '../../../shared/ids.ts';
import { slotsWithCommands } from '../left-behind.ts';
import type { Locks } from '../locks.ts';
import type { OutboxStore, Waiting } from './outbox-store.ts';
import { anySlot, type Slot, takeSlot } from '../slot.ts';

/** Which replica this page is, and what its outbox kept. */
export interface OpenOutbox {
  readonly slot: Slot;
  /** Null where the store cannot be read. */
  readonly waiting: Waiting | null;
  /** What waits of this replica, as far as is known before the server has told who this is. */
  readonly own: readonly NumberedCommand[];
}

export async function openOutbox(
  store: OutboxStore,
  locks: Locks | null,
  board: BoardId,
  participant: ParticipantId | null,
  random: () => number,
): Promise<OpenOutbox> {
  const load = (): Promise<Waiting | null> => store.load(board).catch(() => null);
  const found = await load();
  if (found) {
    const slot = await takeSlot(locks, board, slotsWithCommands(found, participant), random);
    // Until the slot was taken, another tab may have written to its outbox.
    const waiting = await load();
    if (waiting) {
      const own = participant ? waiting.get(clientId(participant, slot.number)) : undefined;
      return { slot, waiting, own: own ?? [] };
    }
    slot.release();
  }
  // An outbox that cannot be read may hold commands with the numbers that this page would use.
  return { slot: anySlot(random), waiting: null, own: [] };
}
