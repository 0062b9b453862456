import type { BoardId } from '../shared/ids.ts';
import { BoardClient } from './board-client.ts';
import type { Identity } from './identity.svelte.ts';
import { channelLocks, type Locks, webLocks } from './net/locks.ts';
import { indexedDbOutboxStore } from './net/outbox/indexeddb.ts';
import { pageSurroundings } from './net/surroundings.ts';
import { liveUrl, webSocketTransport } from './net/websocket.ts';
import { keyIn } from './ui/route.ts';

/** A board in this page: everything that the client needs, out of the browser. */
export const openClient = (board: BoardId, identity: Identity): BoardClient =>
  new BoardClient({
    board,
    key: usableKey(keyIn(location.hash)),
    self: () => identity,
    remember: (participant) => identity.remember(participant),
    transport: webSocketTransport(liveUrl(location, board)),
    store: indexedDbOutboxStore(),
    locks: pageLocks(),
    surroundings: pageSurroundings(window),
  });

/** A link that was cut or mistyped opens as much as no key does. */
const usableKey = (key: string | null): string | null => (key && /^[A-Za-z0-9_-]{16,128}$/.test(key) ? key : null);

let locks: Locks | null | undefined;

/** One for the page: what it holds for one board it holds for the next too. */
function pageLocks(): Locks | null {
  // Browsers have Web Locks on pages that came over HTTPS or from this machine; other pages ask one another.
  if (locks === undefined) {
    if ('locks' in navigator) locks = webLocks(navigator.locks);
    else locks = 'BroadcastChannel' in window ? channelLocks(new BroadcastChannel('retrace-slots'), Math.random) : null;
  }
  return locks;
}
