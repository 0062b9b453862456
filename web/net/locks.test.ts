import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { channelLocks, webLocks } from './locks.ts';

describe('Web Locks', () => {
  /** As browsers have it: the lock is held until the callback's promise is settled. */
  function lockManager(): LockManager {
    const held = new Set<string>();
    const request = async (name: string, _: LockOptions, callback: (lock: Lock | null) => Promise<unknown>) => {
      const free = !held.has(name);
      held.add(name);
      await callback(free ? { name, mode: 'exclusive' } : null);
      if (free) held.delete(name);
    };
    return { request } as unknown as LockManager;
  }

  test('[C22] one holder at a time, until it gives the name back', async () => {
    const locks = webLocks(lockManager());
    const release = await locks.hold('a');
    expect(await locks.hold('a')).toBeNull();
    expect(await locks.hold('b')).not.toBeNull();
    release?.();
    await Promise.resolve();
    await Promise.resolve();
    expect(await locks.hold('a')).not.toBeNull();
  });
});

describe('tabs that ask one another', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  /** Channels that hear each other a moment later, and not themselves. */
  function ether(): () => BroadcastChannel {
    const channels: { onmessage: ((event: { data: unknown }) => void) | null }[] = [];
    return () => {
      const channel = {
        onmessage: null as ((event: { data: unknown }) => void) | null,
        postMessage: (data: unknown) => {
          for (const other of channels) if (other !== channel) setTimeout(() => other.onmessage?.({ data }), 5);
        },
      };
      channels.push(channel);
      return channel as unknown as BroadcastChannel;
    };
  }

  test('[C22] a name that another tab holds is not to be had before it is given back', async () => {
    const open = ether();
    const [one, two] = [channelLocks(open(), () => 0.3), channelLocks(open(), () => 0.6)];
    const holding = one.hold('a');
    await vi.advanceTimersByTimeAsync(200);
    const release = await holding;
    const refused = two.hold('a');
    await vi.advanceTimersByTimeAsync(200);
    expect(await refused).toBeNull();
    expect(await one.hold('a')).toBeNull();
    release?.();
    const granted = two.hold('a');
    await vi.advanceTimersByTimeAsync(200);
    expect(await granted).not.toBeNull();
  });

  test('[C22] of tabs that ask at once one gets it', async () => {
    const open = ether();
    const claims = [0.5, 0.9, 0.1];
    const asked = claims.map((claim) => channelLocks(open(), () => claim).hold('a'));
    await vi.advanceTimersByTimeAsync(200);
    const granted = (await Promise.all(asked)).map((release) => release !== null);
    expect(granted).toEqual([false, true, false]);
  });
});
