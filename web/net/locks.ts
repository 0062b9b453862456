// Which tab holds what: a name can be held by one tab of this browser at a time, for as long as that tab lives.

export interface Locks {
  /** Takes a name and returns what gives it back; null where another tab holds it. */
  hold(name: string): Promise<(() => void) | null>;
}

export const webLocks = (locks: LockManager): Locks => ({
  hold: (name) =>
    new Promise((resolve, reject) => {
      locks
        .request(name, { ifAvailable: true }, (lock) => {
          if (!lock) return resolve(null);
          return new Promise<void>((release) => resolve(release));
        })
        .catch(reject);
    }),
});

/** How long the other tabs have to say that they hold a name, in ms. */
const ANSWER_WITHIN = 150;

interface LockMessage {
  readonly type: 'Ask' | 'Held';
  readonly name: string;
  /** The asking tab's own random number; the higher one of two that ask at once gets the name. */
  readonly claim: number;
}

/** For pages that are not served securely, where a browser has no Web Locks: the tabs ask one another. */
export function channelLocks(channel: BroadcastChannel, random: () => number): Locks {
  const held = new Set<string>();
  const asking = new Map<string, { readonly claim: number; taken: boolean }>();
  channel.onmessage = ({ data }: MessageEvent<LockMessage>) => {
    const own = asking.get(data.name);
    if (data.type === 'Held') {
      if (own?.claim === data.claim) own.taken = true;
    } else if (held.has(data.name) || (own && own.claim > data.claim)) {
      channel.postMessage({ ...data, type: 'Held' } satisfies LockMessage);
    } else if (own) {
      own.taken = true;
    }
  };
  return {
    async hold(name) {
      if (held.has(name) || asking.has(name)) return null;
      const own = { claim: random(), taken: false };
      asking.set(name, own);
      channel.postMessage({ type: 'Ask', name, claim: own.claim } satisfies LockMessage);
      await new Promise((resolve) => setTimeout(resolve, ANSWER_WITHIN));
      asking.delete(name);
      if (own.taken) return null;
      held.add(name);
      return () => held.delete(name);
    },
  };
}
