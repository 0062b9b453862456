import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ShapeId } from '../shared/ids.ts';
import { getFrom } from '../shared/persistent-map.ts';
import { pick, seededRandom } from '../shared/testing/random.ts';
import { BOARD, SimulatedBrowser, type SimulatedTab } from './testing/simulated-browser.ts';
import { SimulatedServer } from './testing/simulated-server.ts';

const SEEDS = 60;
const STEPS = 60;
/** What was drawn in so many ms before a crash may be lost. */
const CRASH_LOSES = 200;

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

/** A stroke as its author knows it. */
interface Drawn {
  readonly tab: SimulatedTab;
  readonly id: ShapeId;
  at: number;
  samples: number;
  mayLack: boolean;
}

/** Hands that draw in several tabs, and remember what they drew. */
class Hands {
  readonly drawn: Drawn[] = [];
  readonly #down = new Map<SimulatedTab, Drawn>();
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  draw(tab: SimulatedTab): void {
    const stroke = this.#down.get(tab);
    if (!stroke || this.#random() < 0.2) return this.#start(tab);
    const moves = 1 + Math.floor(this.#random() * 3);
    tab.move(moves);
    stroke.samples += 2 * moves;
    stroke.at = Date.now();
  }

  crashed(tab: SimulatedTab): void {
    for (const one of this.drawn) if (one.tab === tab && one.at > Date.now() - CRASH_LOSES) one.mayLack = true;
  }

  #start(tab: SimulatedTab): void {
    const moves = Math.floor(this.#random() * 4);
    const lifted = this.#random() < 0.6;
    const id = tab.draw(moves, lifted);
    // A stroke of which nothing was left leaves its number to the next.
    const before = this.drawn.findIndex((one) => one.id === id);
    if (before >= 0) expect(this.drawn.splice(before, 1)[0]?.mayLack, `${id} twice`).toBe(true);
    const stroke = { tab, id, at: Date.now(), samples: 1 + 2 * moves, mayLack: false };
    this.drawn.push(stroke);
    if (lifted) this.#down.delete(tab);
    else this.#down.set(tab, stroke);
  }
}

/** Two browsers whose tabs open, close, crash and draw, over a network that does as it likes. */
async function story(seed: number): Promise<void> {
  const random = seededRandom(seed);
  const server = new SimulatedServer();
  const browsers = [new SimulatedBrowser('Ann'), new SimulatedBrowser('Ben')];
  const tabs: SimulatedTab[] = [];
  const hands = new Hands(random);

  for (let i = 0; i < STEPS; i++) {
    const tab = tabs.length > 0 ? pick(random, tabs) : undefined;
    const what = random();
    if (!tab || (what < 0.06 && tabs.length < 5)) tabs.push(pick(random, browsers).open(server));
    else if (what < 0.55) {
      if (tab.replica) hands.draw(tab);
    } else if (what < 0.62) server.drop();
    else if (what < 0.68) server.cut = !server.cut;
    else if (what < 0.72) server.down = !server.down;
    else if (what < 0.76) pick(random, server.sockets).end(1006);
    else if (what < 0.79) server.latency = pick(random, [1, 10, 300]);
    else if (what < 0.83) {
      tabs.splice(tabs.indexOf(tab), 1);
      hands.crashed(tab);
      tab.crash();
    } else if (what < 0.86) {
      tabs.splice(tabs.indexOf(tab), 1);
      await Promise.all([tab.close(), pass(10)]);
    } else tab.wake$.next();
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
  for (const { id, samples, mayLack } of hands.drawn) {
    const count = getFrom(server.board.shapes, id)?.ink.count ?? 0;
    if (mayLack) expect(count, id).toBeLessThanOrEqual(samples);
    else expect(count, id).toBe(samples);
  }
  expect(server.shapes.filter((id) => !hands.drawn.some((one) => one.id === id))).toEqual([]);
  for (const browser of browsers) expect((await browser.store.load(BOARD)).size).toBe(0);
  for (const tab of tabs) await Promise.all([tab.close(), pass(1)]);
}

test.each(Array.from({ length: SEEDS }, (_, i) => i + 1))(
  '[C11] whatever happens to tabs and network, each stroke arrives once, whole, and all agree (seed %i)',
  story,
);
