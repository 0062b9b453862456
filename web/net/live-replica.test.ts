// What keeps a replica live: closings, time limits, stores that are other ones, and how much is sent at once.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type CloseReason, closeReasons, type ServerMessage } from '../../shared/wire/message.ts';
import { packClientMessage } from '../../shared/wire/codec.ts';
import { SimulatedBrowser, type SimulatedTab } from '../testing/simulated-browser.ts';
import { SimulatedServer, SimulatedSocket } from '../testing/simulated-server.ts';
import { FRAME_BYTES, WINDOW } from './outflow.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

async function live(server: SimulatedServer, browser = new SimulatedBrowser('Ann')): Promise<SimulatedTab> {
  const tab = browser.open(server);
  await pass(200);
  expect(tab.status.state).toBe('Live');
  return tab;
}

const reasons = Object.keys(closeReasons) as CloseReason[];

describe('why a connection ended', () => {
  test.each(reasons.filter((reason) => closeReasons[reason].retry))(
    '[C16] %s: it comes back by itself',
    async (reason) => {
      const server = new SimulatedServer();
      const ann = await live(server);
      server.last.refuse(reason);
      const stroke = ann.draw();
      expect(ann.status).toMatchObject({ state: 'Offline', waiting: 1 });
      await pass(2000);
      expect(ann.status).toMatchObject({ state: 'Live', waiting: 0 });
      expect(server.shapes).toEqual([stroke]);
    },
  );

  test.each(reasons.filter((reason) => !closeReasons[reason].retry && reason !== 'Replaced'))(
    '[C16] %s: it stays away, says why, and keeps what waits',
    async (reason) => {
      const server = new SimulatedServer();
      const browser = new SimulatedBrowser('Ann');
      const ann = await live(server, browser);
      server.mute = true;
      ann.draw();
      await pass(100);
      server.last.refuse(reason);
      await pass(300_000);
      expect(server.sockets).toHaveLength(1);
      const message = closeReasons[reason].text;
      expect(ann.status).toEqual({ state: 'Failed', reason, message, waiting: 1, stored: true });
      await ann.close();
      server.mute = false;
      const again = await live(server, browser);
      expect(again.shapes).toHaveLength(1);
      expect(again.board).toEqual(server.boardBytes);
    },
  );

  test('[C15] to be replaced by an old socket of the same page is no reason to stay away', async () => {
    const server = new SimulatedServer();
    const ann = await live(server);
    const { hello } = server.last;
    server.cut = true;
    // Her page has given this one up, but the network has not.
    const old = server.open();
    old.send(packClientMessage(hello ?? expect.unreachable()));
    await pass(30_000);
    server.cut = false;
    const stroke = ann.draw();
    await pass(12_000);
    expect(ann.status).toMatchObject({ state: 'Live', waiting: 0 });
    expect(server.shapes).toEqual([stroke]);
  });

  test('[C16] of two pages that are the same replica one gives way, and loses nothing', async () => {
    const server = new SimulatedServer();
    const browser = new SimulatedBrowser('Ann');
    browser.forgetsLocks = true;
    const one = await live(server, browser);
    const two = browser.open(server);
    await pass(60_000);
    expect([one.status.state, two.status.state].toSorted()).toEqual(['Failed', 'Live']);
    expect(server.sockets.length).toBeLessThan(12);
  });

  test('[C16] a server that speaks of what this page does not know: reload', async () => {
    const server = new SimulatedServer();
    const ann = await live(server);
    server.last.message$.next(new Uint8Array([0x92, 0x7f, 0x01]));
    expect(ann.status).toMatchObject({ state: 'Failed', reason: 'OutdatedProtocol', message: /reload/ });
  });

  test('[C14] the waits grow, and stay below ten seconds', async () => {
    const server = new SimulatedServer();
    server.latency = 0;
    server.down = true;
    const ann = new SimulatedBrowser('Ann').open(server);
    await pass(60_000);
    const waits = ann.statuses.flatMap((status) => (status.state === 'Offline' ? [status.retryAt] : []));
    const gaps = waits.slice(1).map((at, i) => at - (waits[i] ?? 0));
    expect(gaps.slice(0, 5)).toEqual([250, 500, 1000, 2000, 4000].map(near));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(10_000);
    expect(server.sockets.length).toBeLessThan(20);
  });

  test('[C14] a server that takes everybody in and throws them out is not stormed', async () => {
    const server = new SimulatedServer();
    const ann = new SimulatedBrowser('Ann').open(server);
    for (let i = 0; i < 600; i++) {
      await pass(100);
      if (ann.status.state === 'Live') server.drop();
    }
    expect(server.sockets.length).toBeLessThan(25);
  });
});

/** Half of the next longest wait, as `random` always says 0.5, give or take a tick. */
function near(ms: number): unknown {
  return { asymmetricMatch: (actual: number) => Math.abs(actual - ms / 1) <= ms / 2 + 10 };
}

describe('every step has a time limit', () => {
  const giveUp = async (server: SimulatedServer, within: number): Promise<void> => {
    const ann = new SimulatedBrowser('Ann').open(server);
    await pass(within);
    expect(ann.status.state).toBe('Offline');
    server.cut = false;
    vi.restoreAllMocks();
    await pass(35_000);
    expect(ann.status.state).toBe('Live');
  };

  test('[C17] opening', async () => {
    const server = new SimulatedServer();
    server.cut = true;
    await giveUp(server, 10_100);
  });

  test('[C17] joining', async () => {
    vi.spyOn(SimulatedSocket.prototype, 'say').mockImplementation(() => {});
    await giveUp(new SimulatedServer(), 10_200);
  });

  test('[C17] answering: a server that hears and says nothing is left for another connection', async () => {
    const server = new SimulatedServer();
    const ann = await live(server);
    server.mute = true;
    const stroke = ann.draw();
    await pass(29_000);
    server.mute = false;
    expect(server.sockets).toHaveLength(1);
    await pass(3000);
    expect(server.shapes).toEqual([stroke]);
    expect(ann.status).toMatchObject({ state: 'Live', waiting: 0 });
  });

  test('[C17] loading the board', async () => {
    const { say } = SimulatedSocket.prototype;
    vi.spyOn(SimulatedSocket.prototype, 'say').mockImplementation(function (
      this: SimulatedSocket,
      ...messages: readonly ServerMessage[]
    ) {
      if (messages.every(({ type }) => type === 'Joined' || type === 'Pong')) say.call(this, ...messages);
    });
    await giveUp(new SimulatedServer(), 20_500);
  });
});

describe('another store', () => {
  test('[C18] after a restored backup the board is loaded anew and what waits is offered again, once', async () => {
    const server = new SimulatedServer();
    const ann = await live(server);
    const kept = ann.draw();
    await pass(100);
    const { revision } = server.board;
    const lost = ann.draw();
    await pass(100);
    expect(server.shapes).toEqual([kept, lost]);
    server.mute = true;
    const waiting = ann.draw();
    await pass(100);
    server.restore(revision);
    server.mute = false;
    await pass(5000);
    expect(server.shapes).toEqual([kept, waiting]);
    expect(ann.shapes).toEqual([kept, waiting]);
    expect(ann.board).toEqual(server.boardBytes);
    expect(ann.client.epoch).toBe(server.epoch);
    expect(ann.status).toMatchObject({ state: 'Live', waiting: 0 });
  });

  test('[C18] drawing on after it goes on with new numbers', async () => {
    const server = new SimulatedServer();
    const ann = await live(server);
    ann.draw();
    ann.draw();
    await pass(100);
    server.restore(1);
    await pass(5000);
    expect(ann.shapes).toEqual([]);
    const stroke = ann.draw();
    await pass(200);
    expect(server.shapes).toEqual([stroke]);
    expect(server.heard.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('[C18] the old picture stays until the new one is whole', async () => {
    const server = new SimulatedServer();
    const ann = await live(server);
    const stroke = ann.draw();
    await pass(100);
    server.latency = 400;
    server.restore(1);
    await pass(700);
    expect(ann.shapes).toEqual([stroke]);
    await pass(5000);
    expect(ann.shapes).toEqual([]);
  });
});

describe('how much is sent at once', () => {
  const drawOffline = (ann: SimulatedTab, strokes: number): void => {
    for (let i = 0; i < strokes; i++) ann.draw();
  };

  test('[C19] no more commands are on their way than the window allows', async () => {
    const server = new SimulatedServer();
    const ann = await live(server);
    server.mute = true;
    drawOffline(ann, 300);
    await pass(5000);
    expect(server.heard).toHaveLength(WINDOW);
    server.mute = false;
    server.drop();
    await pass(5000);
    expect(server.shapes).toHaveLength(300);
    expect(ann.status.waiting).toBe(0);
  });

  test('[C19] a long outbox is drained at a pace that the server takes: 2000 at once, then 150 a second', async () => {
    const server = new SimulatedServer();
    server.latency = 1;
    const ann = await live(server);
    server.down = true;
    server.drop();
    drawOffline(ann, 1400);
    server.down = false;
    await pass(2000);
    const from = server.heard.length;
    expect(from).toBeLessThan(2400);
    await pass(1000);
    expect(server.heard.length - from).toBeLessThanOrEqual(160);
    await pass(6000);
    expect(ann.status).toMatchObject({ state: 'Live', waiting: 0 });
    expect(server.shapes).toHaveLength(1400);
  });

  test('[C19] what goes together goes in one frame, and no frame is large', async () => {
    const server = new SimulatedServer();
    const ann = await live(server);
    const before = server.last.frames.length;
    ann.draw();
    await pass(100);
    expect(server.last.frames.length - before).toBe(1);
    server.down = true;
    server.drop();
    for (let i = 0; i < 100; i++) ann.draw(200);
    server.down = false;
    await pass(5000);
    expect(ann.status.waiting).toBe(0);
    expect(Math.max(...server.last.frames)).toBeLessThanOrEqual(FRAME_BYTES);
    expect(server.last.frames.length).toBeLessThan(40);
  });

  test('[C19] a network that does not carry it away is not stuffed', async () => {
    const server = new SimulatedServer();
    const ann = await live(server);
    server.last.buffered = 300 * 1024;
    const stroke = ann.draw();
    await pass(5000);
    expect(server.shapes).toEqual([]);
    server.last.buffered = 0;
    await pass(100);
    expect(server.shapes).toEqual([stroke]);
  });
});

describe('a server that cannot save', () => {
  test('[C20] says so, and what is drawn meanwhile waits', async () => {
    const server = new SimulatedServer();
    const ann = await live(server);
    server.mute = true;
    server.last.say({ type: 'LogState', writable: false });
    await pass(20);
    ann.draw();
    expect(ann.status).toEqual({ state: 'ReadOnlyServer', waiting: 1, stored: true });
    await pass(120_000);
    expect(server.sockets).toHaveLength(1);
    server.last.say({ type: 'LogState', writable: true });
    await pass(20);
    expect(ann.status).toMatchObject({ state: 'Live', waiting: 1 });
  });
});
