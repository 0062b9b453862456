import type { BoardId } from '../../shared/ids.ts';
import type { Locks } from './locks.ts';

/** Which of its participant's replicas a tab is, for as long as it holds it. */
export interface Slot {
  readonly number: number;
  release(): void;
}

/** Tabs of one board that are told apart by low numbers; slots from here on are picked by chance. */
const LOW_SLOTS = 32;
const HIGHEST_SLOT = 999_999;

const lockName = (board: BoardId, number: number): string => `retrace/${board}/${number}`;

/** Takes this very slot; null where another tab is that replica. */
export async function holdSlot(locks: Locks, board: BoardId, number: number): Promise<Slot | null> {
  const release = await locks.hold(lockName(board, number)).catch(() => null);
  return release && { number, release };
}

/**
 * Takes a free slot: one whose tab left commands behind rather than another, the lowest rather than a higher one.
 * Without locks nobody can tell which are free: then, one that nobody else is likely to pick.
 */
export async function takeSlot(
  locks: Locks | null,
  board: BoardId,
  leftBehind: readonly number[],
  random: () => number,
): Promise<Slot> {
  if (locks) {
    const low = Array.from({ length: LOW_SLOTS }, (_, i) => i + 1);
    for (const number of new Set([...leftBehind.toSorted((a, b) => a - b), ...low])) {
      const slot = await holdSlot(locks, board, number);
      if (slot) return slot;
    }
  }
  return anySlot(random);
}

/** A slot that nobody has used: what an earlier tab may have left in the outbox is not touched. */
export function anySlot(random: () => number): Slot {
  const number = LOW_SLOTS + 1 + Math.floor(random() * (HIGHEST_SLOT - LOW_SLOTS));
  return { number, release: () => {} };
}
