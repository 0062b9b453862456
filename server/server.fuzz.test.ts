import { expect, test } from 'vitest';
import { emptyBoard, fold } from '../shared/board.ts';
import type { RecordedEvent } from '../shared/event.ts';
import { sameBoard } from '../shared/testing/same-board.ts';
import { unpackCommits } from '../shared/wire/codec.ts';
import type { EventLog } from './log/event-log.ts';
import { BOARD, noFaults, Simulation } from './testing/simulation.ts';

const SEEDS = Number(process.env['RETRACE_FUZZ_SEEDS'] ?? 500);
const STEPS = 250;

async function eventsOf(log: EventLog): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for (;;) {
    const page = await log.read(BOARD, events.length, 1 << 20);
    if (page.length === 0) return events;
    events.push(...page.flatMap(({ bytes }) => unpackCommits(bytes)).flatMap((commit) => commit.events));
  }
}

async function run(seed: number, faults: Simulation['faults']): Promise<Simulation> {
  const simulation = new Simulation({ seed, clients: 3, hosts: 2, faults });
  await simulation.create();
  for (let step = 0; step < STEPS; step++) await simulation.step();
  expect(await simulation.converge(), `seed ${seed} does not come to rest`).toBe(true);
  const events = await eventsOf(simulation.log);
  expect(events.map((event) => event.revision)).toEqual(events.map((_, i) => i + 1));
  const folded = fold(emptyBoard, events);
  for (const { replica } of simulation.clients) {
    expect(sameBoard(replica.confirmed, folded), `seed ${seed}: a replica differs from the log`).toBe(true);
    expect(replica.optimistic).toBe(replica.confirmed);
  }
  expect(simulation.failures).toEqual([]);
  await simulation.close();
  return simulation;
}

test('[R8] [P4] replicas on two hosts end as the fold of the log, without faults', async () => {
  for (let seed = 1; seed <= 5; seed++) await run(seed, noFaults);
});

test(`[R8] [P3] [P5] lost, repeated, late frames, slow readers, lost connections: ${SEEDS} seeds`, async () => {
  const faults = { drop: 0.02, repeat: 0.05, reorder: 0.02, disconnect: 0.03, full: 0.3 };
  const closed = new Map<string, number>();
  for (let seed = 1000; seed < 1000 + SEEDS; seed++) {
    const simulation = await run(seed, faults);
    for (const [reason, count] of simulation.closed) closed.set(reason, (closed.get(reason) ?? 0) + count);
  }
  // The faults did happen, and were seen for what they are.
  expect(closed.get('CommandGap') ?? 0).toBeGreaterThan(0);
}, 600_000);
