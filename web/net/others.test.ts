import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ClientId } from '../../shared/ids.ts';
import type { Pointing, Presence } from '../../shared/wire/message.ts';
import { SimulatedBrowser } from '../testing/simulated-browser.ts';
import { SimulatedServer } from '../testing/simulated-server.ts';
import { Others } from './others.ts';
import { heardOf, nobody } from './people.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

const someone = (connection: number, more: Partial<Presence> = {}): Presence => ({
  connection,
  client: `someone_${connection}___.1` as ClientId,
  name: `Someone ${connection}`,
  color: 'red',
  role: 'editor',
  cursor: null,
  past: false,
  ...more,
});

const changed = (
  changes: Parameters<typeof heardOf>[1]['changes'],
  left: readonly number[] = [],
  everyone = false,
) => ({
  type: 'PresenceChanged' as const,
  everyone,
  changes,
  left,
});

describe('who is here', () => {
  test('[C24] changes are merged, and whoever left is gone', () => {
    const people = heardOf(nobody, changed([someone(2), someone(3)]), 1);
    const moved = heardOf(people, changed([{ connection: 2, cursor: { x: 4, y: 5 } }], [3]), 1);
    expect([...moved.values()]).toEqual([someone(2, { cursor: { x: 4, y: 5 } })]);
  });

  test('[C24] one oneself is not among the others', () => {
    expect(heardOf(nobody, changed([someone(1), someone(2)]), 1).size).toBe(1);
  });

  test('[C24] a message about everybody forgets those that it does not name', () => {
    const people = heardOf(nobody, changed([someone(2), someone(3)]), 1);
    expect([...heardOf(people, changed([someone(3)], [], true), 1).keys()]).toEqual([3]);
  });

  test('[C24] a change to somebody who was never introduced is nobody', () => {
    expect(heardOf(nobody, changed([{ connection: 9, cursor: null }]), 1).size).toBe(0);
  });

  test('[C24] offline nobody points anywhere; the people are there until the server tells anew', () => {
    const others = new Others(() => {});
    let people: readonly Presence[] = [];
    others.people$.subscribe((list) => (people = list));
    others.joined(1);
    others.hear(changed([someone(2, { cursor: { x: 1, y: 1 } }), someone(3)], [], true));
    others.lost();
    expect(people).toEqual([someone(2), someone(3)]);
    others.joined(7);
    others.hear(changed([someone(7), someone(8)], [], true));
    expect(people).toEqual([someone(8)]);
  });
});

describe('where this person points', () => {
  test('[C25] is said at most twenty times a second, and the last of it always', async () => {
    const said: Pointing[] = [];
    const others = new Others((pointing) => said.push(pointing));
    for (let i = 0; i < 100; i++) {
      others.point({ x: i, y: 0 }, false);
      await pass(10);
    }
    await pass(100);
    expect(said.length).toBeLessThanOrEqual(22);
    expect(said.length).toBeGreaterThan(15);
    expect(said.at(-1)?.cursor).toEqual({ x: 99, y: 0 });
    others.close();
  });

  test('[C25] what lies beyond the board is told as its edge: a server takes no such place', async () => {
    const said: Pointing[] = [];
    const others = new Others((pointing) => said.push(pointing));
    others.look({ minX: -3e9, minY: 5, maxX: 12_000_000, maxY: 9e9 });
    others.point({ x: 11_000_000, y: -7e7 }, false);
    await pass(200);
    expect(said[0]?.sight).toEqual({ minX: -10_000_000, minY: 5, maxX: 10_000_000, maxY: 10_000_000 });
    expect(said.at(-1)?.cursor).toEqual({ x: 10_000_000, y: -10_000_000 });
    others.close();
  });

  test('[C25] is not kept for later while offline, and said again after', async () => {
    const server = new SimulatedServer();
    const tab = new SimulatedBrowser('Ann').open(server);
    await pass(200);
    server.down = true;
    server.drop();
    for (let i = 0; i < 100; i++) {
      tab.client.point({ x: i, y: 0 }, true);
      await pass(10);
    }
    server.down = false;
    await pass(11_000);
    const said = server.last.received.filter(({ type }) => type === 'Pointing');
    expect(said).toEqual([{ type: 'Pointing', cursor: { x: 99, y: 0 }, past: true }]);
  });

  test('[C26] another name is told to the board by who has drawn, and to the people by who has not', async () => {
    const server = new SimulatedServer();
    const browser = new SimulatedBrowser('Ann');
    const tab = browser.open(server);
    await pass(200);
    tab.draw();
    await pass(100);
    await tab.close();
    browser.rename('Anna');
    const again = browser.open(server);
    await pass(300);
    expect(server.last.hello?.name).toBe('Anna');
    expect(server.board.authors.map(({ name }) => name)).toEqual(['Anna']);
    expect(again.status.waiting).toBe(0);
  });
});
