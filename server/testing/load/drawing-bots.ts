// Some who draw on a board until they are told to stop, in a process of their own: `drawing-bots.ts ADDRESS FIRST COUNT`,
// with a channel to the parent. "confirmed" is answered with the highest revision that any of them has had confirmed;
// "stop" ends every stroke, waits until all is confirmed and the board has come to `at`, and tells what they have.

import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { defaultExport } from '../../../shared/export/options.ts';
import { json } from '../../../shared/export/json.ts';
import type { Board } from '../../../shared/board.ts';
import { NIB_AT_ORIGIN, packSamples } from '../../../shared/samples.ts';
import { startStroke } from '../../../shared/testing/peers.ts';
import { seededRandom, wholeBetween } from '../../../shared/testing/random.ts';
import { BoardClient } from '../../cli/board-client.ts';

export type BotsRequest =
  { readonly ask: 'confirmed' } | { readonly ask: 'stop' } | { readonly ask: 'boards'; readonly at: number };

export type BotsAnswer =
  | { readonly ready: true }
  | { readonly confirmed: number }
  | { readonly strokes: number; readonly rejections: number }
  | { readonly boards: readonly string[] };

/** Between two updates of one who draws, in ms. */
const PACE = 50;
const bit = packSamples([{ x: 2, y: 1, pressure: 0, dt: 8 }], 3, NIB_AT_ORIGIN).samples;

/** All that can be seen of a board, in a few letters. */
export const digestOf = (board: Board): string =>
  createHash('sha256').update(json.write(board, defaultExport)).digest('base64url');

async function drawUntil(stopped: AbortSignal, client: BoardClient, random: () => number): Promise<number> {
  let strokes = 0;
  for (; !stopped.aborted; strokes++) {
    client.do(startStroke(client.nextStroke()));
    for (let i = wholeBetween(random, 1, 8); i > 0; i--) {
      await pause(PACE);
      client.do({ type: 'ExtendStroke', samples: bit });
    }
    client.do({ type: 'EndStroke' });
  }
  return strokes;
}

async function run(address: string, first: number, count: number): Promise<void> {
  const clients = Array.from({ length: count }, (_, i) => {
    const number = first + i;
    return new BoardClient({ address, secret: `secret-of-drawer-${number}`, name: `Drawer ${number}`, color: 'blue' });
  });
  await Promise.all(clients.map((client) => client.connect()));
  const stopped = new AbortController();
  const hands = clients.map((client, i) => drawUntil(stopped.signal, client, seededRandom(first + i)));
  const tell = (answer: BotsAnswer): void => void process.send?.(answer);
  const answer = async (request: BotsRequest): Promise<void> => {
    if (request.ask === 'confirmed') {
      return tell({ confirmed: Math.max(...clients.map((client) => client.confirmed.revision)) });
    }
    if (request.ask === 'stop') {
      stopped.abort();
      const strokes = (await Promise.all(hands)).reduce((sum, drawn) => sum + drawn, 0);
      await Promise.all(clients.map((client) => client.settled()));
      return tell({ strokes, rejections: clients.reduce((sum, client) => sum + client.rejections.length, 0) });
    }
    while (clients.some((client) => client.confirmed.revision < request.at)) await pause(PACE);
    tell({ boards: clients.map((client) => digestOf(client.confirmed)) });
    for (const client of clients) client.close();
    process.disconnect();
  };
  process.on('message', (request) => void answer(request as BotsRequest));
  tell({ ready: true });
}

const [address, first, count] = process.argv.slice(2);
if (address && process.send) await run(address, Number(first), Number(count));
