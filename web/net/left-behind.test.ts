// What outlives a page: outboxes, and which replica a tab is.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { valuesOf } from '../../shared/persistent-map.ts';
import { startStroke } from '../../shared/testing/peers.ts';
import { BOARD, SimulatedBrowser, type SimulatedTab } from '../testing/simulated-browser.ts';
import { SimulatedServer } from '../testing/simulated-server.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

async function live(server: SimulatedServer, browser: SimulatedBrowser): Promise<SimulatedTab> {
  const tab = browser.open(server);
  await pass(200);
  expect(tab.status.state).toBe('Live');
  return tab;
}

const slotOf = (tab: SimulatedTab): string | undefined => tab.replica?.author.client.split('.')[1];

describe('a tab that crashed', () => {
  test('[C1] what was drawn more than 200 ms before is sent by the next page, once each, in order', async () => {
    const server = new SimulatedServer();
    const browser = new SimulatedBrowser('Ann');
    const first = await live(server, browser);
    const strokes = [first.draw()];
    await pass(100);
    server.down = true;
    server.drop();
    strokes.push(first.draw(), first.draw());
    await pass(200);
    first.crash();
    server.down = false;
    const second = await live(server, browser);
    await pass(100);
    expect(slotOf(second)).toBe('1');
    expect(server.shapes).toEqual(strokes);
    expect(second.board).toEqual(server.boardBytes);
    expect((await browser.store.load(BOARD)).size).toBe(1);
    await pass(2000);
    expect((await browser.store.load(BOARD)).size).toBe(0);
  });

  test('[C1] what had arrived before the crash is not sent as something new', async () => {
    const server = new SimulatedServer();
    const browser = new SimulatedBrowser('Ann');
    const first = await live(server, browser);
    server.latency = 400;
    const stroke = first.draw();
    await pass(500);
    expect(server.shapes).toEqual([stroke]);
    first.crash();
    server.latency = 10;
    const second = await live(server, browser);
    const next = second.draw();
    await pass(2000);
    expect(server.shapes).toEqual([stroke, next]);
    expect(second.status.waiting).toBe(0);
  });

  test('[C1] before the server can be reached, the next page knows how much waits', async () => {
    const server = new SimulatedServer();
    const browser = new SimulatedBrowser('Ann');
    const first = await live(server, browser);
    server.down = true;
    server.drop();
    first.draw();
    first.draw();
    await pass(200);
    first.crash();
    const second = browser.open(server);
    await pass(100);
    expect(second.status).toMatchObject({ state: 'Offline', waiting: 2, stored: true });
  });

  test('[C1] a page that hides is written out at once', async () => {
    const server = new SimulatedServer();
    const browser = new SimulatedBrowser('Ann');
    const first = await live(server, browser);
    server.down = true;
    server.drop();
    const stroke = first.draw();
    first.hide$.next();
    await pass(0);
    first.crash();
    server.down = false;
    await live(server, browser);
    expect(server.shapes).toEqual([stroke]);
  });

  test('[C21] a stroke that the crash cut short ends when the next page is live', async () => {
    const server = new SimulatedServer();
    const browser = new SimulatedBrowser('Ann');
    const first = await live(server, browser);
    first.client.propose(startStroke(first.client.nextGesture()));
    await pass(200);
    first.crash();
    await live(server, browser);
    await pass(100);
    expect([...valuesOf(server.board.shapes)].map(({ open }) => open)).toEqual([false]);
  });
});

describe('several tabs', () => {
  test('[C22] each tab is a replica of its own, of one participant', async () => {
    const server = new SimulatedServer();
    const browser = new SimulatedBrowser('Ann');
    const [one, two] = [await live(server, browser), await live(server, browser)];
    expect([slotOf(one), slotOf(two)]).toEqual(['1', '2']);
    const strokes = [one.draw(), two.draw(), one.draw()];
    await pass(100);
    expect(server.shapes.toSorted()).toEqual(strokes.toSorted());
    expect(one.board).toEqual(two.board);
    await one.close();
    expect(slotOf(await live(server, browser))).toBe('1');
  });

  test('[C22] two tabs, one of them offline for a while: both outboxes are sent, each stroke once', async () => {
    const server = new SimulatedServer();
    const browser = new SimulatedBrowser('Ann');
    const [one, two] = [await live(server, browser), await live(server, browser)];
    server.sockets[0]?.end(1006);
    server.down = true;
    const strokes = [one.draw(), two.draw(), one.draw()];
    await pass(20_000);
    server.down = false;
    strokes.push(two.draw());
    await pass(11_000);
    expect(server.shapes.toSorted()).toEqual(strokes.toSorted());
    expect(one.board).toEqual(server.boardBytes);
    expect(two.board).toEqual(server.boardBytes);
  });

  test('[C22] a new tab takes over the slot whose outbox waits, not the lowest', async () => {
    const server = new SimulatedServer();
    const browser = new SimulatedBrowser('Ann');
    const [one, two] = [await live(server, browser), await live(server, browser)];
    server.down = true;
    server.drop();
    const stroke = two.draw();
    await pass(200);
    two.crash();
    await one.close();
    server.down = false;
    const three = await live(server, browser);
    expect(slotOf(three)).toBe('2');
    expect(server.shapes).toEqual([stroke]);
  });

  test('[C23] what other closed tabs left is sent by the one that is open, over connections of their own', async () => {
    const server = new SimulatedServer();
    const browser = new SimulatedBrowser('Ann');
    const tabs = [await live(server, browser), await live(server, browser), await live(server, browser)];
    server.down = true;
    server.drop();
    const strokes = tabs.map((tab) => tab.draw());
    tabs[1]?.client.propose(startStroke(tabs[1].client.nextGesture()));
    await pass(200);
    for (const tab of tabs) tab.crash();
    server.down = false;
    const last = await live(server, browser);
    await pass(2000);
    expect(server.shapes).toEqual(expect.arrayContaining(strokes));
    expect(server.shapes).toHaveLength(4);
    expect([...valuesOf(server.board.shapes)].filter(({ open }) => open)).toEqual([]);
    expect(last.board).toEqual(server.boardBytes);
    expect((await browser.store.load(BOARD)).size).toBe(0);
    expect(server.joined).toHaveLength(1);
  });

  test('[C23] an outbox whose tab is still open is left alone', async () => {
    const server = new SimulatedServer();
    const browser = new SimulatedBrowser('Ann');
    const one = await live(server, browser);
    server.mute = true;
    server.last.say({ type: 'LogState', writable: false });
    one.draw();
    await pass(200);
    await live(server, browser);
    await pass(120_000);
    expect(server.sockets).toHaveLength(2);
    expect(one.status).toMatchObject({ state: 'ReadOnlyServer', waiting: 1 });
  });
});

describe('a browser that keeps nothing', () => {
  test('[C4] drawing goes on, and it is told that closing the page would lose what waits', async () => {
    const server = new SimulatedServer();
    const browser = new SimulatedBrowser('Ann');
    browser.store = {
      load: () => Promise.reject(new DOMException('Denied', 'SecurityError')),
      write: () => Promise.reject(new DOMException('Denied', 'SecurityError')),
    };
    const ann = await live(server, browser);
    expect(ann.status).toEqual({ state: 'Live', waiting: 0, stored: false });
    const strokes = [ann.draw()];
    await pass(100);
    server.down = true;
    server.drop();
    strokes.push(ann.draw());
    await pass(20_000);
    expect(ann.status).toMatchObject({ state: 'Offline', waiting: 1, stored: false });
    server.down = false;
    await pass(11_000);
    expect(server.shapes).toEqual(strokes);
    expect(ann.status).toEqual({ state: 'Live', waiting: 0, stored: false });
  });

  test('[C4] what cannot be read is not written over: such a page is a replica that nobody was before', async () => {
    const server = new SimulatedServer();
    const browser = new SimulatedBrowser('Ann');
    const first = await live(server, browser);
    server.down = true;
    server.drop();
    const waiting = first.draw();
    await pass(200);
    first.crash();
    server.down = false;
    const { store } = browser;
    browser.store = { ...store, load: () => Promise.reject(new Error('Internal error opening backing store')) };
    const second = await live(server, browser);
    expect(Number(slotOf(second))).toBeGreaterThan(32);
    const drawn = second.draw();
    await pass(10_000);
    browser.store = store;
    await second.close();
    await live(server, browser);
    await pass(2000);
    expect(server.shapes).toEqual([drawn, waiting]);
  });

  test('[C4] a store that is full: told at once, and told when there is room again', async () => {
    const server = new SimulatedServer();
    const browser = new SimulatedBrowser('Ann');
    const ann = await live(server, browser);
    const { write } = browser.store;
    browser.store.write = () => Promise.reject(new DOMException('Full', 'QuotaExceededError'));
    server.down = true;
    server.drop();
    ann.draw();
    await pass(100);
    expect(ann.status).toMatchObject({ waiting: 1, stored: false });
    browser.store.write = write;
    await pass(5100);
    expect(ann.status).toMatchObject({ waiting: 1, stored: true });
  });

  test('[C22] without locks every page is a replica that nobody was before', async () => {
    const server = new SimulatedServer();
    const browser = new SimulatedBrowser('Ann');
    browser.hasLocks = false;
    const ann = await live(server, browser);
    expect(Number(slotOf(ann))).toBeGreaterThan(32);
    const stroke = ann.draw();
    await pass(100);
    expect(server.shapes).toEqual([stroke]);
  });

  test('[C5] a page that has forgotten who it is finds its outbox once the server has told', async () => {
    const server = new SimulatedServer();
    const browser = new SimulatedBrowser('Ann');
    const first = await live(server, browser);
    const strokes = [first.draw()];
    await pass(100);
    server.down = true;
    server.drop();
    strokes.push(first.draw());
    await pass(200);
    first.crash();
    browser.self = { ...browser.self, participant: null };
    server.down = false;
    await live(server, browser);
    await pass(100);
    expect(server.shapes).toEqual(strokes);
  });
});
