// A board that many have drawn on for a long time, made in seconds: its commits go through the log's port into a data
// folder, before a server opens it.

import type { BoardEvent, Commit, RecordedEvent } from '../../../shared/event.ts';
import { type BoardId, clientId, type ParticipantId, type ShapeId, shapeId } from '../../../shared/ids.ts';
import { NIB_AT_ORIGIN, packSamples, type Sample, type Samples } from '../../../shared/samples.ts';
import { seededRandom } from '../../../shared/testing/random.ts';
import { packedCommit } from '../../commits.ts';
import type { PackedCommit } from '../../log/event-log.ts';
import { openSqliteLog } from '../../log/sqlite.ts';

export interface Drawing {
  readonly strokes: number;
  /** Samples of each stroke, two to an event, as a 120 Hz pen gives them. */
  readonly samples: number;
  /** Strokes that are left: with each one more the oldest is erased. */
  readonly left: number;
}

const DRAWERS = 10;
/** Different hands that are drawn again and again, each time elsewhere. */
const HANDS = 50;
const PRECISION = 3;
const TICK = 16;
const COMMITS_AT_ONCE = 1000;
const BEGAN = Date.UTC(2026, 0, 5, 9);

/** Draws on a board of the folder, new or begun with fewer strokes, and returns how many events that took in all. */
export const drawBoard = (dataFolder: string, board: BoardId, drawing: Drawing): Promise<number> =>
  keepBoard(dataFolder, board, commitsOf(drawing));

/** Keeps the commits that the folder's board does not have yet, and returns its last revision. */
export async function keepBoard(dataFolder: string, board: BoardId, commits: Iterable<Commit>): Promise<number> {
  const log = await openSqliteLog({ dataFolder, synchronous: 'NORMAL' });
  try {
    let head = await log.head(board);
    let waiting: PackedCommit[] = [];
    const append = async (): Promise<void> => {
      await log.append(board, head, waiting);
      head = waiting.at(-1)?.last ?? head;
      waiting = [];
    };
    for (const commit of commits) {
      if (commit.after < head) continue;
      if (waiting.push(packedCommit(commit)) >= COMMITS_AT_ONCE) await append();
    }
    await append();
    return head;
  } finally {
    await log.close();
  }
}

/** Ten draw at a time: a commit holds what all of them did in a sixtieth of a second. */
function* commitsOf({ strokes, samples, left }: Drawing): Generator<Commit> {
  const random = seededRandom(1);
  const hands = Array.from({ length: HANDS }, () => hand(random, samples));
  let after = 0;
  let at = BEGAN;
  const commit = (events: readonly (readonly [by: number, event: BoardEvent])[]): Commit => {
    const from = after;
    after += events.length;
    at += TICK;
    const recorded = events.map(([by, event], i): RecordedEvent => {
      return { revision: from + 1 + i, at, by, settles: by === 0 ? 0 : 1, event };
    });
    return { after: from, at, events: recorded };
  };
  yield commit([[0, { type: 'BoardCreated', title: 'Drawn for long', access: 'edit' }]]);
  yield commit(drawers.map(({ event }, i) => [i + 1, event]));
  for (let row = 0; row < strokes / DRAWERS; row++) {
    const drawn = drawers.map((drawer, i) => ({ ...drawer, by: i + 1, hand: hands[(row + i * 7) % HANDS] as Hand }));
    yield commit(drawn.map(({ by, hand: { start } }) => [by, started(row, start(random() * 8000, random() * 6000))]));
    for (let i = 0; i < (drawn[0]?.hand.runs.length ?? 0); i++) {
      yield commit(
        drawn.map(({ by, hand: { runs } }) => [by, { type: 'StrokeExtended', samples: runs[i] as Samples }]),
      );
    }
    yield commit(drawn.map(({ by }) => [by, { type: 'StrokeEnded' }]));
    const old = row - Math.ceil(left / DRAWERS);
    if (old >= 0) {
      yield commit(
        drawn.map(({ by, client }) => [
          by,
          { type: 'ShapesErased', shapes: [shapeOf(client, old)], gesture: 2 * row + 2, step: 'do' },
        ]),
      );
    }
  }
}

const drawers = Array.from({ length: DRAWERS }, (_, i) => {
  const client = clientId(`longdrawer0${i}` as ParticipantId, 1);
  return { client, event: { type: 'AuthorJoined', client, name: `Drawer ${i}`, color: 'blue' } satisfies BoardEvent };
});

const shapeOf = (client: (typeof drawers)[number]['client'], row: number): ShapeId => shapeId(client, 2 * row + 1);

const started = (row: number, samples: Samples): BoardEvent => ({
  type: 'StrokeStarted',
  number: 2 * row + 1,
  kind: 'pen',
  style: { color: 'ink', width: 3 },
  pointer: 'pen',
  precision: PRECISION,
  samples,
});

interface Hand {
  start(x: number, y: number): Samples;
  readonly runs: readonly Samples[];
}

/** A curve at a hand's speed, with pressure that comes and goes. */
function hand(random: () => number, length: number): Hand {
  let [x, y, heading, turn, pressure] = [0, 0, random() * 6.28, 0, 0.4];
  const samples = Array.from({ length }, (_, i): Sample => {
    turn = 0.9 * turn + (random() - 0.5) * 0.2;
    heading += turn;
    pressure = Math.min(1, Math.max(0.05, pressure + (random() - 0.5) * 0.03));
    x += Math.cos(heading) * 5 + random() * 0.2;
    y += Math.sin(heading) * 5 + random() * 0.2;
    return { x, y, pressure, dt: i === 0 ? 0 : random() < 0.8 ? 8 : 9 };
  });
  const first = samples.slice(0, 2);
  let { nib } = packSamples(first, PRECISION, NIB_AT_ORIGIN);
  const runs: Samples[] = [];
  for (let i = 2; i < length; i += 2) {
    const run = packSamples(samples.slice(i, i + 2), PRECISION, nib);
    nib = run.nib;
    runs.push(run.samples);
  }
  const start = (left: number, top: number): Samples =>
    packSamples(
      first.map((sample) => ({ ...sample, x: sample.x + left, y: sample.y + top })),
      PRECISION,
      NIB_AT_ORIGIN,
    ).samples;
  return { start, runs };
}
