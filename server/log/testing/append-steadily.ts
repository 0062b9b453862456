// A process that appends to ten boards at a steady rate, and seals: arguments FOLDER EVENTS-A-SECOND. To any message it
// answers with a `SteadyReport` of what was since the last one.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import type { BoardId, Revision } from '../../../shared/ids.ts';
import { openSqliteLog } from '../sqlite.ts';

export interface SteadyReport {
  /** Of appends, in ms. */
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
  /** The longest time for which the event loop did not get round, in ms. */
  readonly stall: number;
  readonly events: number;
  readonly heads: readonly (readonly [BoardId, Revision])[];
}

const BOARDS = 10;
/** Between two appends to one board, in ms. */
const EVERY = 50;
/** What an event of two samples takes. */
const BYTES_PER_EVENT = 32;
const NS_PER_MS = 1e6;

const [dataFolder = '', rate = '5000'] = process.argv.slice(2);
const log = await openSqliteLog({ dataFolder, synchronous: 'FULL', sealing: { every: 10_000 } });
const eventsOfOne = Math.round((Number(rate) / BOARDS) * (EVERY / 1000));
const heads = new Map<BoardId, Revision>();
const delay = monitorEventLoopDelay({ resolution: 1 });
let times: number[] = [];
let events = 0;

async function appendTo(board: BoardId, phase: number): Promise<void> {
  let head = await log.head(board);
  for (let due = performance.now() + phase; ; due += EVERY) {
    await wait(Math.max(0, due - performance.now()));
    const last = head + eventsOfOne;
    const bytes = new Uint8Array(eventsOfOne * BYTES_PER_EVENT);
    crypto.getRandomValues(bytes);
    const asked = performance.now();
    await log.append(board, head, [{ after: head, last, at: Date.now(), bytes }]);
    times.push(performance.now() - asked);
    events += eventsOfOne;
    head = last;
    heads.set(board, head);
  }
}

process.on('message', () => {
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(share * (times.length - 1))] ?? 0;
  const [p50, p99, longest, stall] = [at(0.5), at(0.99), at(1), delay.max / NS_PER_MS];
  process.send?.({ p50, p99, longest, stall, events, heads: [...heads] } satisfies SteadyReport);
  delay.reset();
  [times, events] = [[], 0];
});
process.on('disconnect', () => process.exit());
delay.enable();
for (let i = 0; i < BOARDS; i++) {
  void appendTo(`Steady${String(i).padStart(10, '0')}` as BoardId, (i * EVERY) / BOARDS);
}
process.send?.('Ready');
