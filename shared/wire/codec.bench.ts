// What one update of a pen costs on its way: bytes up and down, time to pack and to unpack, next to JSON.

import type { BenchOptions, Measure } from '../bench.ts';
import { emptyBoard, fold } from '../board.ts';
import type { BoardEvent, Commit } from '../event.ts';
import { type ClientId, clientId, type ParticipantId } from '../ids.ts';
import { NIB_AT_ORIGIN, packSamples } from '../samples.ts';
import { seededRandom } from '../testing/random.ts';
import { boardFromSnapshot, packSnapshot, type SnapshotBegan, type SnapshotPart } from './board-codec.ts';
import { packClientMessage, packCommit, unpackClientMessages, unpackCommits, unpackServerMessages } from './codec.ts';

const ROUNDS = 7;
/** Drawers whose updates share a commit in a busy room. */
const DRAWERS = 40;
/** WebSocket framing: up with a mask, down for frames of up to 64 KB. */
const FRAME_UP = 6;
const FRAME_DOWN = 4;

export function run({ log }: BenchOptions): Measure[] {
  log(`best of ${ROUNDS} rounds`);
  const { samples, points } = twoSamples();
  const up = { type: 'Command', number: 50_000, command: { type: 'ExtendStroke', samples } } as const;
  const upJson = { ...up, command: { type: 'ExtendStroke', points } };
  const down = commitOf(DRAWERS, { type: 'StrokeExtended', samples });
  const events = down.events.map((event) => ({ ...event, event: { type: 'StrokeExtended', points } }));
  const downJson = { type: 'Commit', after: down.after, at: down.at, events };
  return [
    ...compared('command of 2 samples', 1, FRAME_UP, {
      pack: () => packClientMessage(up),
      unpack: unpackClientMessages,
      json: upJson,
    }),
    ...compared(`event, ${DRAWERS} drawers`, DRAWERS, FRAME_DOWN, {
      pack: () => packCommit(down),
      unpack: unpackCommits,
      json: downJson,
    }),
    ...snapshot(),
  ];
}

interface Packing {
  readonly pack: () => Uint8Array;
  readonly unpack: (bytes: Uint8Array) => unknown;
  readonly json: unknown;
}

/** What each of `count` updates in one frame costs, next to the platform's JSON, which checks nothing. */
function compared(of: string, count: number, frame: number, { pack, unpack, json }: Packing): Measure[] {
  const bytes = pack();
  const text = JSON.stringify(json);
  const row = (metric: string, unit: string, packed: number, plain: number): Measure => ({
    case: of,
    metric,
    value: packed / count,
    unit,
    reference: 'JSON',
    ratio: packed / plain,
  });
  return [
    row('framed', 'bytes', bytes.length + frame, text.length + frame),
    row(
      'pack',
      'ns',
      nanoseconds(pack),
      nanoseconds(() => JSON.stringify(json)),
    ),
    row(
      'unpack and check',
      'ns',
      nanoseconds(() => unpack(bytes)),
      nanoseconds(() => JSON.parse(text) as unknown),
    ),
  ];
}

function twoSamples() {
  const start = packSamples([{ x: 2, y: 2, pressure: 0.5, dt: 0 }], 3, NIB_AT_ORIGIN).nib;
  const run = [
    { x: 3, y: 4, pressure: 0.5, dt: 8 },
    { x: 5.5, y: 6, pressure: 0.52, dt: 9 },
  ];
  return {
    samples: packSamples(run, 3, start).samples,
    points: run.map(({ x, y, pressure, dt }) => [x, y, pressure, dt]),
  };
}

const AT = Date.UTC(2026, 10, 21);

const commitOf = (count: number, event: BoardEvent): Commit => ({
  after: 50_000,
  at: AT,
  events: Array.from({ length: count }, (_, i) => ({ revision: 50_001 + i, at: AT, by: i + 1, settles: 1, event })),
});

/** A board of 10 000 strokes of 60 samples each. */
function snapshot(): Measure[] {
  const board = fold(emptyBoard, drawing(10_000, 60).events);
  const frames = packSnapshot(board);
  const bytes = frames.reduce((sum, frame) => sum + frame.length, 0);
  const unpack = (): void => {
    const [began, ...parts] = frames.flatMap(unpackServerMessages);
    boardFromSnapshot(began as SnapshotBegan, parts as SnapshotPart[]);
  };
  const row = { case: '10 000 strokes of 60' };
  return [
    { ...row, metric: 'snapshot', value: bytes / 1e6, unit: 'MB' },
    { ...row, metric: 'all of it, a sample', value: bytes / 600_000, unit: 'bytes' },
    { ...row, metric: 'pack', value: nanoseconds(() => packSnapshot(board), 1) / 1e6, unit: 'ms' },
    { ...row, metric: 'unpack and check', value: nanoseconds(unpack, 1) / 1e6, unit: 'ms' },
  ];
}

function drawing(strokes: number, length: number): Commit {
  const random = seededRandom(1);
  const client: ClientId = clientId('AbCdEfGhIjKl' as ParticipantId, 1);
  const events: BoardEvent[] = [
    { type: 'BoardCreated', title: '', access: 'edit' },
    { type: 'AuthorJoined', client, name: 'Ann', color: 'red' },
  ];
  for (let number = 1; number <= strokes; number++) {
    const { samples } = packSamples(hand(random, length), 3, NIB_AT_ORIGIN);
    const style = { color: 'ink', width: 3 } as const;
    events.push({ type: 'StrokeStarted', number, kind: 'pen', style, pointer: 'pen', precision: 3, samples });
  }
  const recorded = events.map((event, i) => ({
    revision: i + 1,
    at: AT + i * 900,
    by: i === 0 ? 0 : 1,
    settles: 1,
    event,
  }));
  return { after: 0, at: AT, events: recorded };
}

/** A curve at a hand's speed, at 120 Hz, with pressure that comes and goes. */
function hand(random: () => number, length: number) {
  let [x, y, heading, turn, pressure] = [random() * 4000, random() * 3000, random() * 6.28, 0, 0.4];
  return Array.from({ length }, (_, i) => {
    turn = 0.9 * turn + (random() - 0.5) * 0.2;
    heading += turn;
    pressure = Math.min(1, Math.max(0.05, pressure + (random() - 0.5) * 0.03));
    x += Math.cos(heading) * 5 + random() * 0.2;
    y += Math.sin(heading) * 5 + random() * 0.2;
    return { x, y, pressure, dt: i === 0 ? 0 : random() < 0.8 ? 8 : 9 };
  });
}

/** The best of some rounds: what the machine can do when nothing else wants it. */
function nanoseconds(work: () => unknown, times = 20_000): number {
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now();
    for (let i = 0; i < times; i++) work();
    best = Math.min(best, ((performance.now() - started) * 1e6) / times);
  }
  return best;
}
