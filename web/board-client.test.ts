import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { NIB_AT_ORIGIN, packSamples } from '../shared/samples.ts';
import { startStroke } from '../shared/testing/peers.ts';
import { SimulatedBrowser, type SimulatedTab } from './testing/simulated-browser.ts';
import { SimulatedServer } from './testing/simulated-server.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

async function live(
  server: SimulatedServer,
  name = 'Ann',
  browser = new SimulatedBrowser(name),
): Promise<SimulatedTab> {
  const tab = browser.open(server);
  await pass(200);
  expect(tab.status.state).toBe('Live');
  return tab;
}

describe('together', () => {
  test('[C6] before the board is here there is none: not an empty one', async () => {
    const server = new SimulatedServer();
    const ann = await live(server, 'Ann');
    ann.draw();
    await pass(100);
    server.latency = 500;
    const ben = new SimulatedBrowser('Ben').open(server);
    await pass(1500);
    expect(ben.status).toEqual({ state: 'Connecting', waiting: 0, stored: true });
    expect(ben.replica).toBeNull();
    expect(ben.client.propose({ type: 'Undo' })?.message).toMatch(/loading/);
    await pass(1000);
    expect(ben.status.state).toBe('Live');
    expect(ben.shapes).toEqual(ann.shapes);
  });

  test('[C7] what two people draw shows at once to its author, soon to the other, and is equal in the end', async () => {
    const server = new SimulatedServer();
    const [ann, ben] = [await live(server, 'Ann'), await live(server, 'Ben')];
    const stroke = ann.draw();
    expect(ann.shapes).toEqual([stroke]);
    expect(ben.shapes).toEqual([]);
    await pass(40);
    expect(ben.shapes).toEqual([stroke]);
    ben.draw();
    ann.draw();
    await pass(100);
    expect(ann.board).toEqual(server.boardBytes);
    expect(ben.board).toEqual(server.boardBytes);
    expect(ann.status).toEqual({ state: 'Live', waiting: 0, stored: true });
  });

  test('[C7] others are shown once a frame, however much they do', async () => {
    const server = new SimulatedServer();
    const [ann, ben] = [await live(server, 'Ann'), await live(server, 'Ben')];
    const before = ben.shown;
    for (let i = 0; i < 160; i++) {
      ann.draw();
      await pass(1);
    }
    await pass(100);
    expect(ben.shown - before).toBeLessThanOrEqual(160 / 16 + 3);
    expect(ben.board).toEqual(server.boardBytes);
  });

  test('[C8] a page without frames sends all the same', async () => {
    const server = new SimulatedServer();
    const ann = await live(server);
    ann.frame = 60_000;
    const stroke = ann.draw();
    await pass(20);
    expect(server.shapes).toEqual([stroke]);
  });

  test('[C9] what the server refuses is gone again, and its author is told', async () => {
    const server = new SimulatedServer();
    const ann = await live(server);
    const kept = ann.draw();
    await pass(100);
    // Her link was taken back a moment ago, and her page does not know it yet.
    const { author } = server.last;
    if (author) server.last.author = { ...author, role: 'viewer' };
    const refused = ann.draw();
    expect(ann.shapes).toEqual([kept, refused]);
    await pass(100);
    expect(ann.rejections.map(({ code }) => code)).toEqual(['NotAllowed', 'NotAllowed']);
    expect(ann.replica?.pending).toEqual([]);
    expect(ann.shapes).toEqual([kept]);
    expect(ann.board).toEqual(server.boardBytes);
  });

  test('[C9] what is refused at once is not sent', async () => {
    const server = new SimulatedServer();
    server.role = 'viewer';
    const ann = await live(server);
    expect(ann.client.propose(startStroke(1))?.code).toBe('NotAllowed');
    await pass(100);
    expect(server.heard).toEqual([]);
    expect(ann.status.waiting).toBe(0);
  });

  test('[C10] what no server could read does not come into the outbox', async () => {
    const server = new SimulatedServer();
    const ann = await live(server);
    const nowhere = packSamples([], 3, NIB_AT_ORIGIN).samples;
    expect(() => ann.client.propose(startStroke(1, nowhere))).toThrow(/samples/);
    expect(() => ann.client.propose({ type: 'RenameBoard', title: 'x'.repeat(1000) })).toThrow(/title/);
    const stroke = ann.draw();
    await pass(100);
    expect(server.shapes).toEqual([stroke]);
  });
});

describe('without a connection', () => {
  test('[C11] strokes drawn offline arrive once each, in their order', async () => {
    const server = new SimulatedServer();
    const ann = await live(server);
    const strokes = [ann.draw()];
    await pass(100);
    server.down = true;
    server.drop();
    await pass(100);
    strokes.push(ann.draw(2), ann.draw(), ann.draw());
    expect(ann.shapes).toEqual(strokes);
    expect(ann.status).toMatchObject({ state: 'Offline', waiting: 3, stored: true });
    await pass(60_000);
    server.down = false;
    await pass(11_000);
    expect(ann.status).toEqual({ state: 'Live', waiting: 0, stored: true });
    expect(server.shapes).toEqual(strokes);
    expect(ann.board).toEqual(server.boardBytes);
  });

  test('[C11] what had arrived when the connection broke is not drawn twice', async () => {
    const server = new SimulatedServer();
    const ann = await live(server);
    const strokes = [ann.draw(), ann.draw()];
    await pass(15);
    expect(server.shapes).toEqual(strokes);
    expect(ann.replica?.pending).toHaveLength(4);
    server.drop();
    await pass(5000);
    expect(server.shapes).toEqual(strokes);
    expect(ann.status).toMatchObject({ state: 'Live', waiting: 0 });
    expect(ann.board).toEqual(server.boardBytes);
  });

  test('[C12] only what was missed is asked for', async () => {
    const server = new SimulatedServer();
    const [ann, ben] = [await live(server, 'Ann'), await live(server, 'Ben')];
    ann.draw();
    await pass(100);
    const had = ben.replica?.confirmed.revision;
    server.last.end(1006);
    ann.draw();
    await pass(5000);
    expect(server.last.hello).toMatchObject({ after: had, epoch: server.epoch });
    expect(ben.board).toEqual(server.boardBytes);
  });

  test('[C12] a commit that does not follow is not taken: the client asks again from where it is', async () => {
    const server = new SimulatedServer();
    const [ann, ben] = [await live(server, 'Ann'), await live(server, 'Ben')];
    const benSocket = server.last;
    const say = benSocket.say.bind(benSocket);
    vi.spyOn(benSocket, 'say')
      .mockImplementationOnce(() => {})
      .mockImplementation(say);
    ann.draw();
    await pass(2000);
    expect(server.sockets).toHaveLength(3);
    expect(server.last.hello).toMatchObject({ after: 1 });
    expect(ben.board).toEqual(server.boardBytes);
  });

  test('[C13] a network that lets nothing through is noticed within 30 s, drawing goes on, and nothing is lost', async () => {
    const server = new SimulatedServer();
    const ann = await live(server);
    server.cut = true;
    const strokes = [ann.draw()];
    await pass(30_000);
    expect(ann.status.state).toBe('Offline');
    strokes.push(ann.draw());
    await pass(60_000);
    server.cut = false;
    await pass(21_000);
    expect(ann.status).toMatchObject({ state: 'Live', waiting: 0 });
    expect(server.shapes).toEqual(strokes);
  });

  test('[C13] a quiet board stays connected', async () => {
    const server = new SimulatedServer();
    const ann = await live(server);
    await pass(600_000);
    expect(server.sockets).toHaveLength(1);
    expect(ann.status.state).toBe('Live');
  });

  test('[C13] after the machine woke up a dead socket is noticed sooner', async () => {
    const server = new SimulatedServer();
    const ann = await live(server);
    await pass(3000);
    server.cut = true;
    ann.wake$.next();
    await pass(4100);
    expect(ann.status.state).toBe('Offline');
    server.cut = false;
    ann.wake$.next();
    await pass(1500);
    expect(ann.status.state).toBe('Live');
  });

  test('[C14] when the network comes back nobody waits any longer', async () => {
    const server = new SimulatedServer();
    const ann = await live(server);
    server.down = true;
    server.drop();
    await pass(120_000);
    server.down = false;
    await pass(20);
    ann.wake$.next();
    await pass(100);
    expect(ann.status.state).toBe('Live');
  });

  test('[C15] an old socket that closes late does nothing to the new one', async () => {
    const server = new SimulatedServer();
    const ann = await live(server);
    const old = server.last;
    server.cut = true;
    await pass(30_000);
    server.cut = false;
    await pass(11_000);
    expect(ann.status.state).toBe('Live');
    const { length } = server.sockets;
    old.closed$.next({ code: 4403 });
    old.message$.next(new Uint8Array([0xc1]));
    await pass(30_000);
    expect(server.sockets).toHaveLength(length);
    expect(ann.status.state).toBe('Live');
  });
});
