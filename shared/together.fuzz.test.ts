import { expect, test } from 'vitest';
import { authorNumberOf, type Board } from './board.ts';
import type { AuthorNumber } from './ids.ts';
import { getFrom, valuesOf } from './persistent-map.ts';
import { nextGesture } from './replica.ts';
import { settingOf, type SettingKey } from './settings.ts';
import { Authority, Peer } from './testing/peers.ts';
import { seededRandom, wholeBetween } from './testing/random.ts';
import { randomCommand } from './testing/random-hand.ts';
import { boardDifference } from './testing/same-board.ts';
import { packSnapshot, unpackSnapshot } from './wire/board-codec.ts';

const SEEDS = Number(process.env['RETRACE_FUZZ_TOGETHER'] ?? 200);
const ACTS = 120;

/** What others have set, as it is: which undoing may not touch. */
function setByOthers(board: Board, own: AuthorNumber): string[] {
  return [...valuesOf(board.shapes)].flatMap((shape) =>
    Object.entries(shape.touched)
      .filter(([, touch]) => touch.by !== own)
      .map(([key]) => `${shape.id} ${key} ${JSON.stringify(settingOf(shape, key as SettingKey))}`),
  );
}

/** Shapes that others erased, or made and that are there. */
const ofOthers = (board: Board, own: AuthorNumber): string[] =>
  [...valuesOf(board.erased)].filter(({ erasure }) => erasure?.by !== own).map(({ id }) => `${id} away`);

test(
  `[R8] [U1] [U3] [U8] [U9] three do anything to the same things, ${SEEDS} seeds: their boards come to be one, and nobody’s undo touches another’s work`,
  { timeout: 120_000 + SEEDS * 1000 },
  () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const random = seededRandom(seed);
      const authority = new Authority();
      const peers = ['Ada', 'Bram', 'Cleo'].map((name) => new Peer(name, authority));
      for (const peer of peers) peer.hear();
      for (let act = 0; act < ACTS; act++) {
        const peer = peers[wholeBetween(random, 0, 2)] as Peer;
        const before = peer.replica.optimistic;
        const command = randomCommand(random, before, nextGesture(peer.replica));
        const done = peer.do(command);
        // Redo does again what the person did, over what others had set before that.
        if (done && command.type === 'Undo') {
          const after = peer.replica.optimistic;
          const own = authorNumberOf(before, peer.replica.author.client);
          const kept = setByOthers(before, own).filter((line) => getFrom(after.shapes, line.split(' ')[0] as string));
          expect(setByOthers(after, own), `seed ${seed}, act ${act}`).toEqual(expect.arrayContaining(kept));
          expect(ofOthers(after, own), `seed ${seed}, act ${act}`).toEqual(
            expect.arrayContaining(ofOthers(before, own)),
          );
        }
        if (random() < 0.5) peer.send();
        if (random() < 0.5) peer.deliver(wholeBetween(random, 0, 4));
        if (random() < 0.5) peer.hear(wholeBetween(random, 0, 4));
        if (random() < 0.03) peer.reconnect();
      }
      for (const peer of peers) peer.reconnect().send().deliver();
      for (const peer of peers) {
        peer.hear();
        expect(boardDifference(peer.replica.optimistic, authority.board), `seed ${seed}`).toBeNull();
      }
      const snapshot = packSnapshot(authority.board);
      const joined = new Uint8Array(snapshot.reduce((size, part) => size + part.length, 0));
      snapshot.reduce((at, part) => (joined.set(part, at), at + part.length), 0);
      expect(boardDifference(unpackSnapshot(joined), authority.board), `seed ${seed}: snapshot`).toBeNull();
    }
  },
);
