import { expect, test } from 'vitest';
import type { Measure } from '../shared/bench.ts';
import { run as runConnections } from './connections.bench.ts';
import { run as runFanout } from './fanout.bench.ts';
import { run as runHistory } from './history.bench.ts';
import { run as runMoment } from './moment.bench.ts';
import { run as runPublished } from './published.bench.ts';
import { run as runReconnect } from './reconnect.bench.ts';
import { run as runRoom } from './room.bench.ts';
import { run as runSlowReader } from './slow-reader.bench.ts';
import { run as runSoak } from './soak.bench.ts';
import { run as runStorm } from './storm.bench.ts';
import { run as runWal } from './wal.bench.ts';

/** What a server costs is read from /proc. */
const measurable = process.platform === 'linux';
const short = async (run: typeof runRoom, options: Record<string, string>): Promise<Measure[]> =>
  run({ log: () => {}, option: (name, fallback) => options[name] ?? fallback });

test.skipIf(!measurable)('the benchmark of one room runs, in a short form', async () => {
  const measures = await short(runRoom, { ramp: '2', seconds: '1', 'warm-up': '0', runs: '1' });
  const most = measures.filter(({ metric }) => metric === 'max_drawers');
  expect(most.map(({ case: of }) => of)).toEqual([
    'Retrace',
    'bare uWebSockets.js broadcast',
    'bare ws broadcast',
    'socket.io room',
  ]);
  for (const { value } of measures) expect(value).toBeGreaterThanOrEqual(0);
});

test.skipIf(!measurable)('the benchmark of fan-out runs, in a short form', async () => {
  const measures = await short(runFanout, { drawers: '3', seconds: '1', 'warm-up': '0', runs: '1' });
  const value = (of: string) => measures.find(({ metric }) => metric === of)?.value;
  expect(value('lost')).toBe(0);
  expect(value('cpu')).toBeGreaterThan(0);
  // Two samples to an update, of which none is longer than the wire's floor for it.
  expect(value('up')).toBeLessThanOrEqual(26);
  for (const measure of measures) expect(Number.isFinite(measure.value)).toBe(true);
});

test.skipIf(!measurable)('the benchmark of idle connections runs, in a short form', async () => {
  const measures = await short(runConnections, { counts: '20', room: '5' });
  expect(measures.map(({ case: of, metric }) => [of, metric])).toEqual([
    ['connections=20', 'memory'],
    ['connections=20', 'cpu'],
  ]);
});

test.skipIf(!measurable)('the benchmark of coming back runs, in a short form', async () => {
  const measures = await short(runReconnect, { clients: '40', boards: '3', strokes: '10' });
  for (const { value } of measures) expect(value).toBeGreaterThan(0);
});

test.skipIf(!measurable)('the benchmark of slow readers runs, in a short form', async () => {
  const room = { drawers: '3', readers: '3', slow: '2', sip: '64' };
  const measures = await short(runSlowReader, { ...room, seconds: '2', 'warm-up': '1' });
  const value = (of: string) => measures.find(({ metric }) => metric === of)?.value;
  expect([value('lost'), value('differ')]).toEqual([0, 0]);
  expect(value('behind')).toBeGreaterThan(100);
});

test.skipIf(!measurable)(
  'the benchmark of sending and publishing runs, in a short form',
  { timeout: 120_000 },
  async () => {
    const measures = await short(runPublished, { readers: '3', seconds: '0.5', runs: '1' });
    expect(measures[0]?.value).toBeGreaterThan(0);
  },
);

test.skipIf(!measurable)('the soak runs, in a short form', async () => {
  const options = { minutes: '0.1', people: '10', rooms: '2', drawers: '2', 'room-seconds': '2' };
  const measures = await short(runSoak, options);
  expect(measures.find(({ metric }) => metric === 'updates')?.value).toBeGreaterThan(50);
});

test.skipIf(!measurable)('the benchmark of loading a history runs, in a short form', async () => {
  const measures = await short(runHistory, { events: '9000', runs: '1' });
  expect(measures.filter(({ metric }) => metric === 'load')).toHaveLength(2);
  for (const { value } of measures) expect(value).toBeGreaterThan(0);
});

test.skipIf(!measurable)('the benchmark of moments runs, in a short form', async () => {
  const measures = await short(runMoment, { events: '70000', moments: '3', starts: '1' });
  expect(measures.filter(({ metric }) => metric === 'moment_p50')).toHaveLength(3);
  for (const { value } of measures) expect(value).toBeGreaterThan(0);
});

test.skipIf(!measurable)('the benchmark of the WAL runs, in a short form', async () => {
  const options = { events: '20000', rate: '600', readers: '2', slow: '2', minutes: '0.1' };
  const measures = await short(runWal, options);
  const value = (of: string) => measures.find(({ metric }) => metric === of)?.value;
  expect(value('lost')).toBe(0);
  expect(value('read')).toBeGreaterThan(1000);
  expect(value('wal')).toBeLessThan(16);
});

test.skipIf(!measurable)('the benchmark of a storm runs, in a short form', async () => {
  const options = { clients: '100', boards: '5', editors: '3', seconds: '1', storms: '2', 'warm-up': '1' };
  const measures = await short(runStorm, options);
  const value = (of: string) => measures.find(({ metric }) => metric === of)?.value;
  expect([value('refused'), value('lost')]).toEqual([0, 0]);
  expect(value('joined_all')).toBeGreaterThan(0);
});
