// Retrace as people run it: its server, with the board in its log, and its built page.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BoardEvent, Commit } from '../../../shared/event.ts';
import { type BoardId, clientId, type ParticipantId } from '../../../shared/ids.ts';
import { NIB_AT_ORIGIN, packSamples } from '../../../shared/samples.ts';
import { ensurePage } from '../../../server/launch/page.mjs';
import { ChildServer } from '../../../server/testing/load/child-server.ts';
import { keepBoard } from '../../../server/testing/load/drawn-board.ts';
import { handStrokes, type HandStroke } from '../hand-strokes.ts';
import type { Contender } from './contender.ts';

const BOARD = 'BoardBesidePeers' as BoardId;
const PRECISION = 3;
const BEGAN = Date.UTC(2026, 0, 5, 9);

export const retrace: Contender = {
  name: 'Retrace',
  async prepare({ strokes, height }) {
    if (!(await ensurePage())) throw new Error('There is no page to measure.');
    const folder = await mkdtemp(join(tmpdir(), 'retrace-peers-'));
    await keepBoard(folder, BOARD, commitsOf(handStrokes(strokes, height)));
    const server = await ChildServer.retrace({}, folder);
    const url = `http://127.0.0.1:${server.port}/b/${BOARD}`;
    return {
      url,
      route: async () => {},
      takePen: (page) => page.keyboard.press('p'),
      look: (page) => page.keyboard.press('1'),
      close: async () => {
        await server.stop();
        await rm(folder, { recursive: true, force: true });
      },
    };
  },
};

/** One hand drew it all, a stroke a second. */
function* commitsOf(strokes: readonly HandStroke[]): Generator<Commit> {
  let after = 0;
  let at = BEGAN;
  const commit = (by: number, events: readonly BoardEvent[]): Commit => {
    const from = after;
    after += events.length;
    at += 1000;
    const recorded = events.map((event, i) => ({ revision: from + 1 + i, at, by, settles: by === 0 ? 0 : 1, event }));
    return { after: from, at, events: recorded };
  };
  const client = clientId('strokesofone' as ParticipantId, 1);
  yield commit(0, [{ type: 'BoardCreated', title: 'Beside peers', access: 'edit' }]);
  yield commit(1, [{ type: 'AuthorJoined', client, name: 'One hand', color: 'blue' }]);
  for (const [i, { color, width, points }] of strokes.entries()) {
    const samples = points.map(([x, y, pressure], at) => ({ x, y, pressure, dt: at === 0 ? 0 : 8 }));
    const first = packSamples(samples.slice(0, 2), PRECISION, NIB_AT_ORIGIN);
    const started = {
      type: 'StrokeStarted',
      number: 2 * i + 1,
      kind: 'pen',
      style: { color, width },
      pointer: 'pen',
      precision: PRECISION,
      samples: first.samples,
    } as const;
    const rest = packSamples(samples.slice(2), PRECISION, first.nib).samples;
    yield commit(1, [started, { type: 'StrokeExtended', samples: rest }, { type: 'StrokeEnded' }]);
  }
}
