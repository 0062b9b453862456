import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { NumberedCommand } from '../../shared/command.ts';
import { inkSamples } from '../../shared/ink.ts';
import { valuesOf } from '../../shared/persistent-map.ts';
import { createReplica } from '../../shared/replica.ts';
import type { Samples } from '../../shared/samples.ts';
import { author, startStroke } from '../../shared/testing/peers.ts';
import { SimulatedBrowser, type SimulatedTab } from '../testing/simulated-browser.ts';
import { SimulatedServer } from '../testing/simulated-server.ts';
import { coalesced } from './coalesce.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

/** `count` samples, each a step to the right and 8 ms later. */
const further = (count: number): Samples =>
  Uint8Array.from({ length: count * 4 }, (_, i) => [2, 0, 0, 16][i % 4] ?? 0) as Samples;
const extend = (number: number, count = 1): NumberedCommand => ({
  number,
  command: { type: 'ExtendStroke', samples: further(count) },
});
const start: NumberedCommand = { number: 1, command: startStroke(1) };

const coalesce = (everSent: number, ...pending: readonly NumberedCommand[]): readonly NumberedCommand[] =>
  coalesced({ ...createReplica(author('ann')), pending }, everSent).pending;

test('[C2] what goes on with a stroke is one command with what went on before, under its number', () => {
  expect(coalesce(0, start, extend(2, 3), extend(3, 2))).toEqual([start, extend(2, 5)]);
});

test('[C2] what some server may have seen stays as it is', () => {
  const pending = [start, extend(2), extend(3)];
  expect(coalesce(2, ...pending)).toEqual(pending);
  expect(coalesce(1, ...pending)).toEqual([start, extend(2, 2)]);
});

test('[C2] other commands stay apart, and no command grows beyond what a server takes', () => {
  const end: NumberedCommand = { number: 3, command: { type: 'EndStroke' } };
  for (const pending of [[start], [start, extend(2)], [start, extend(2), end], [extend(2, 500), extend(3, 13)]]) {
    expect(coalesce(0, ...pending)).toEqual(pending);
  }
  expect(coalesce(0, extend(2, 500), extend(3, 12))).toEqual([extend(2, 512)]);
});

async function drawSlowly(tab: SimulatedTab, commands: number): Promise<void> {
  tab.client.propose(startStroke(tab.client.nextGesture()));
  for (let i = 0; i < commands; i++) {
    tab.client.propose({ type: 'ExtendStroke', samples: further(2) });
    await pass(16);
  }
  tab.client.propose({ type: 'EndStroke' });
}

const countsOn = (server: SimulatedServer): readonly number[] =>
  [...valuesOf(server.board.shapes)].sort((a, b) => a.z - b.z).map(({ ink }) => inkSamples(ink).length);

test('[C2] an offline minute is few commands, and every sample of it arrives', async () => {
  const server = new SimulatedServer();
  const tab = new SimulatedBrowser('Ann').open(server);
  await pass(200);
  server.down = true;
  server.drop();
  for (let i = 0; i < 6; i++) await drawSlowly(tab, 600);
  expect(tab.replica?.pending.length).toBeLessThan(40);
  server.down = false;
  await pass(11_000);
  expect(countsOn(server)).toEqual([1201, 1201, 1201, 1201, 1201, 1201]);
  expect(tab.board).toEqual(server.boardBytes);
});

test('[C2] nor is a sample lost or doubled where the connection breaks in the middle of a stroke', async () => {
  const server = new SimulatedServer();
  const tab = new SimulatedBrowser('Ann').open(server);
  await pass(200);
  const drawing = drawSlowly(tab, 300);
  for (let i = 0; i < 5; i++) {
    await pass(500);
    server.latency = i % 2 ? 3 : 150;
    server.drop();
  }
  await drawing;
  await pass(20_000);
  expect(countsOn(server)).toEqual([601]);
  expect(tab.board).toEqual(server.boardBytes);
});

test('[C2] a crash in the middle loses no more than its last moment', async () => {
  const server = new SimulatedServer();
  const browser = new SimulatedBrowser('Ann');
  const tab = browser.open(server);
  await pass(200);
  server.down = true;
  server.drop();
  await drawSlowly(tab, 200);
  await pass(200);
  tab.crash();
  server.down = false;
  browser.open(server);
  await pass(1000);
  expect(countsOn(server)).toEqual([401]);
});
