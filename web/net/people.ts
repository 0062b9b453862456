import type { Presence, PresenceChange, ServerMessage } from '../../shared/wire/message.ts';

export type PresenceChanged = ServerMessage & { readonly type: 'PresenceChanged' };

/** Who else is on the board, by connection. */
export type People = ReadonlyMap<number, Presence>;

export const nobody: People = new Map();

/** What is known of the people after a message; `own` is the connection that this page has itself. */
export function heardOf(people: People, { everyone, changes, left }: PresenceChanged, own: number): People {
  const next = new Map(everyone ? nobody : people);
  for (const change of changes) {
    if (change.connection === own) continue;
    const presence = merged(people.get(change.connection), change);
    if (presence) next.set(change.connection, presence);
  }
  for (const connection of left) next.delete(connection);
  return next;
}

/** A change to somebody who was never introduced says too little: everybody's presence follows. */
function merged(known: Presence | undefined, change: PresenceChange): Presence | undefined {
  if (known) return { ...known, ...change };
  const { client, name, color, role, cursor = null, past = false, laser = false, sight, connection } = change;
  return client !== undefined && name !== undefined && color !== undefined && role !== undefined
    ? { connection, client, name, color, role, cursor, past, ...(laser ? { laser } : {}), ...(sight ? { sight } : {}) }
    : undefined;
}

/** Offline, the others are last known to be here, but where they point is not known. */
export const withoutCursors = (people: People): People =>
  new Map([...people].map(([connection, presence]) => [connection, { ...presence, cursor: null }]));
