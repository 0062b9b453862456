// Outboxes of tabs that were closed before everything of theirs was sent: the tabs that are open send it.

import { filter, merge, type Observable, take, timer } from 'rxjs';
import { clientId, type ParticipantId, participantOf } from '../../shared/ids.ts';
import type { Locks } from './locks.ts';
import { LiveReplica, type LiveReplicaOptions } from './live-replica.ts';
import type { Waiting } from './outbox/outbox-store.ts';
import { holdSlot, type Slot } from './slot.ts';

/** The longest that one outbox is worked on at a time, in ms. */
const GIVE_UP_AFTER = 120_000;

/** Slots of the participant's replicas that have commands waiting. */
export const slotsWithCommands = (waiting: Waiting, participant: ParticipantId | null): readonly number[] =>
  [...waiting.keys()]
    .filter((client) => participantOf(client) === participant)
    .map((client) => Number(client.slice(client.indexOf('.') + 1)));

export interface LeftBehind extends Omit<LiveReplicaOptions, 'slot' | 'waiting' | 'own'> {
  readonly locks: Locks;
  readonly participant: ParticipantId;
  readonly ownSlot: number;
}

/** Sends what closed tabs left, one after another, each over a connection of its own. What is not sent now stays. */
export async function sendLeftBehind(options: LeftBehind, stop$: Observable<unknown>): Promise<void> {
  const { locks, store, board, participant, ownSlot } = options;
  for (const number of slotsWithCommands(await store.load(board), participant)) {
    const slot = number === ownSlot ? null : await holdSlot(locks, board, number);
    if (!slot) continue;
    try {
      await sendSlot(options, slot, stop$);
    } finally {
      slot.release();
    }
  }
}

async function sendSlot(options: LeftBehind, { number }: Slot, stop$: Observable<unknown>): Promise<void> {
  const waiting = await options.store.load(options.board);
  const own = waiting.get(clientId(options.participant, number)) ?? [];
  const replica = new LiveReplica({ ...options, slot: number, waiting, own });
  const sent$ = replica.event$.pipe(
    filter(({ type }) => type === 'Lost' || type === 'Failed' || replica.replica?.pending.length === 0),
  );
  await new Promise<void>((resolve) => {
    merge(sent$, stop$, timer(GIVE_UP_AFTER))
      .pipe(take(1))
      .subscribe({ error: () => resolve(), complete: resolve });
  });
  await replica.close();
}
