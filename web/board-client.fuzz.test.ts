import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ShapeId } from '../shared/ids.ts';
import { pick, seededRandom } from '../shared/testing/random.ts';
import { BOARD, SimulatedBrowser, type SimulatedTab } from './testing/simulated-browser.ts';
import { SimulatedServer } from './testing/simulated-server.ts';

const SEEDS = 60;
const STEPS = 60;

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

/** Two browsers whose tabs open, close, crash and draw, over a network that does as it likes. */
async function story(seed: number): Promise<void> {
  const random = seededRandom(seed);
  const server = new SimulatedServer();
  const browsers = [new SimulatedBrowser('Ann'), new SimulatedBrowser('Ben')];
  const tabs: SimulatedTab[] = [];
  /** What has been drawn, by whom, and when: the last 200 ms before a crash may be lost. */
  const drawn: { tab: SimulatedTab; id: ShapeId; at: number }[] = [];
  const lost = new Set<ShapeId>();

  for (let i = 0; i < STEPS; i++) {
    const tab = tabs.length > 0 ? pick(random, tabs) : undefined;
    const what = random();
    if (tabs.length === 0 || (what < 0.06 && tabs.length < 5)) tabs.push(pick(random, browsers).open(server));
    else if (what < 0.55 && tab?.replica) drawn.push({ tab, id: tab.draw(), at: Date.now() });
    else if (what < 0.62) server.drop();
    else if (what < 0.68) server.cut = !server.cut;
    else if (what < 0.72) server.down = !server.down;
    else if (what < 0.76) pick(random, [server.last, ...server.joined]).end(1006);
    else if (what < 0.79) server.latency = pick(random, [1, 10, 300]);
    else if (what < 0.83 && tab) {
      tabs.splice(tabs.indexOf(tab), 1);
      for (const one of drawn) if (one.tab === tab && one.at > Date.now() - 200) lost.add(one.id);
      tab.crash();
    } else if (what < 0.86 && tab) {
      tabs.splice(tabs.indexOf(tab), 1);
      await Promise.all([tab.close(), pass(10)]);
    } else if (tab) tab.wake$.next();
    await pass(pick(random, [0, 1, 20, 200, 5000, 40_000]));
  }

  server.cut = server.down = false;
  server.latency = 5;
  for (const browser of browsers) tabs.push(browser.open(server));
  // Long enough for the longest wait, and for what closed tabs left.
  await pass(150_000);
  for (const tab of tabs) {
    expect(tab.status).toEqual({ state: 'Live', waiting: 0, stored: true });
    expect(tab.board).toEqual(server.boardBytes);
  }
  const arrived = new Set(server.shapes);
  expect(arrived.size).toBe(server.shapes.length);
  for (const { id } of drawn) expect(arrived.has(id) || lost.has(id), `${id} is lost`).toBe(true);
  for (const browser of browsers) expect((await browser.store.load(BOARD)).size).toBe(0);
  for (const tab of tabs) await Promise.all([tab.close(), pass(1)]);
}

test.each(Array.from({ length: SEEDS }, (_, i) => i + 1))(
  '[C11] whatever happens to tabs and network, each stroke arrives once and all agree (seed %i)',
  story,
);
