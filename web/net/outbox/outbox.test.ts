import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { NumberedCommand } from '../../../shared/command.ts';
import type { BoardId, ClientId } from '../../../shared/ids.ts';
import { memoryOutboxStore } from './memory.ts';
import { type Kept, Outbox, pendingOf } from './outbox.ts';
import type { OutboxChange, OutboxStore } from './outbox-store.ts';

const board = 'OutboxBoard00001' as BoardId;
const ann = 'ann_________.1' as ClientId;
const command = (number: number): NumberedCommand => ({ number, command: { type: 'Undo' } });
const commands = (...numbers: number[]): NumberedCommand[] => numbers.map(command);

/** A store that counts what is written, and refuses when told to. */
function watchedStore() {
  const memory = memoryOutboxStore();
  const writes: OutboxChange[] = [];
  const store: OutboxStore = {
    load: memory.load,
    write: async (at, client, change) => {
      if (watched.refuses) throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
      writes.push(change);
      await memory.write(at, client, change);
    },
  };
  const watched = {
    refuses: false,
    writes,
    store,
    numbers: async () => ((await memory.load(board)).get(ann) ?? []).map(({ number }) => number),
    outbox: (kept: Partial<Kept> = {}) =>
      new Outbox(store, board, ann, { readable: true, stored: [], pending: [], ...kept }),
  };
  return watched;
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('what is kept', () => {
  test('[C1] a command is in the store within 100 ms of being made, together with those of the same moment', async () => {
    const { outbox: open, numbers, writes } = watchedStore();
    const outbox = open();
    for (const one of commands(1, 2, 3)) outbox.add(one);
    expect(await numbers()).toEqual([]);
    await vi.advanceTimersByTimeAsync(100);
    expect(await numbers()).toEqual([1, 2, 3]);
    expect(writes).toHaveLength(1);
  });

  test('[C1] drawing on puts nothing off: the first of a long run is written in time', async () => {
    const { outbox: open, numbers } = watchedStore();
    const outbox = open();
    for (let number = 1; number <= 20; number++) {
      outbox.add(command(number));
      await vi.advanceTimersByTimeAsync(16);
    }
    expect((await numbers()).length).toBeGreaterThanOrEqual(20 - Math.ceil(100 / 16));
  });

  test('[C3] what is settled before it was written never is; what was written goes, and nothing before it is settled', async () => {
    const { outbox: open, numbers, writes } = watchedStore();
    const outbox = open();
    outbox.add(command(1));
    outbox.settle(1);
    await vi.advanceTimersByTimeAsync(5000);
    expect(writes).toEqual([]);
    for (const one of commands(2, 3)) outbox.add(one);
    await vi.advanceTimersByTimeAsync(100);
    outbox.settle(2);
    await vi.advanceTimersByTimeAsync(5000);
    expect(await numbers()).toEqual([3]);
  });

  test('[C1] a page that is hidden is written out at once, also what came while it was being written', async () => {
    const { outbox: open, numbers } = watchedStore();
    const outbox = open();
    outbox.add(command(1));
    const flushed = outbox.flush();
    outbox.add(command(2));
    await flushed;
    await outbox.flush();
    expect(await numbers()).toEqual([1, 2]);
  });

  test('[C2] what takes the place of a command is kept in its place, also while that is being written', async () => {
    const watched = watchedStore();
    const { write } = watched.store;
    watched.store.write = async (...change) => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      await write(...change);
    };
    const outbox = watched.outbox();
    const renamed = (number: number, title: string): NumberedCommand => ({
      number,
      command: { type: 'RenameBoard', title },
    });
    outbox.add(command(1));
    outbox.add(renamed(2, 'first'));
    outbox.add(renamed(2, 'second'));
    await vi.advanceTimersByTimeAsync(60);
    outbox.add(renamed(2, 'third'));
    await vi.advanceTimersByTimeAsync(200);
    expect((await watched.store.load(board)).get(ann)).toEqual([command(1), renamed(2, 'third')]);
  });

  test('[C1] closing writes what is left', async () => {
    const { outbox: open, numbers } = watchedStore();
    const outbox = open();
    outbox.add(command(1));
    await outbox.close();
    expect(await numbers()).toEqual([1]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a store that refuses', () => {
  test('[C4] nothing is lost while the page lives, and it is told; all of it is written once there is room', async () => {
    const watched = watchedStore();
    const outbox = watched.outbox();
    watched.refuses = true;
    for (const one of commands(1, 2)) outbox.add(one);
    await vi.advanceTimersByTimeAsync(100);
    expect(outbox.stored).toBe(false);
    outbox.add(command(3));
    await vi.advanceTimersByTimeAsync(1000);
    watched.refuses = false;
    await vi.advanceTimersByTimeAsync(5000);
    expect(await watched.numbers()).toEqual([1, 2, 3]);
    expect(outbox.stored).toBe(true);
  });

  test('[C4] it is not asked again for every point that is drawn', async () => {
    const watched = watchedStore();
    const outbox = watched.outbox();
    watched.refuses = true;
    let tries = 0;
    const { write } = watched.store;
    watched.store.write = (...change) => (tries++, write(...change));
    for (let number = 1; number <= 600; number++) {
      outbox.add(command(number));
      await vi.advanceTimersByTimeAsync(16);
    }
    expect(tries).toBeLessThan(5);
  });

  test('[C4] where it could not even be read, that is told before anything is drawn', () => {
    expect(watchedStore().outbox({ readable: false }).stored).toBe(false);
  });
});

describe('going on after a crash', () => {
  test('[C5] what is settled is left out, the rest keeps its numbers', () => {
    expect(pendingOf(commands(4, 5, 6), 4)).toEqual(commands(5, 6));
    expect(pendingOf(commands(4, 5, 6), 9)).toEqual([]);
    expect(pendingOf([], 3)).toEqual([]);
  });

  test('[C5] a hole closes up: what stood behind it was never sent', () => {
    expect(pendingOf(commands(5, 6, 9), 4)).toEqual(commands(5, 6, 7));
    expect(pendingOf(commands(8, 9), 4)).toEqual(commands(5, 6));
  });

  test('[C5] numbers that changed are changed in the store too, in one step', async () => {
    const watched = watchedStore();
    const stored = commands(5, 6, 9);
    await watched.store.write(board, ann, { drop: 0, put: stored });
    const outbox = watched.outbox({ stored, pending: pendingOf(stored, 5) });
    outbox.add(command(8));
    await vi.advanceTimersByTimeAsync(100);
    expect(await watched.numbers()).toEqual([6, 7, 8]);
  });

  test('[C3] what the server had settled meanwhile leaves the store', async () => {
    const watched = watchedStore();
    const stored = commands(5, 6, 7);
    await watched.store.write(board, ann, { drop: 0, put: stored });
    watched.outbox({ stored, pending: pendingOf(stored, 6) });
    await vi.advanceTimersByTimeAsync(2000);
    expect(await watched.numbers()).toEqual([7]);
  });
});
