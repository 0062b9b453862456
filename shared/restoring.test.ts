import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Board, emptyBoard, fold } from './board.ts';
import { decide } from './decide.ts';
import { getFrom, setIn } from './persistent-map.ts';
import { record } from './record.ts';
import { restoring, restoringShapes, undoingAuthor } from './restoring.ts';
import { stackedShapes } from './shapes/stack.ts';
import { anySession } from './testing/arbitraries.ts';
import { Authority, author, Peer } from './testing/peers.ts';
import { inkBytes } from './ink.ts';
import type { Command } from './command.ts';
import { nextGesture } from './replica.ts';

/** All that can be seen, from the back to the front, without whose it is. */
const seen = (board: Board) =>
  stackedShapes(board)
    .map(({ kind, style, attributes, z, ink }) => {
      const set = Object.entries({ ...attributes, locked: false }).sort();
      return JSON.stringify({ kind, style, set, z, ink: [...inkBytes(ink)] });
    })
    .sort();

function doing(board: Board, commands: readonly Command[]): Board {
  const eve = author('Eve');
  let number = 0;
  return commands.reduce((before, command) => {
    const decision = decide(before, command, eve);
    if ('rejection' in decision) throw new Error(`${command.type}: ${decision.rejection.message}`);
    return fold(before, record(before, eve.client, ++number, decision.events, before.at));
  }, board);
}

test('[T11] an earlier board is brought back as it looked, and one undo takes that away', () => {
  fc.assert(
    fc.property(anySession(25), fc.double({ min: 0, max: 1, noNaN: true }), ({ commits, board }, share) => {
      const events = commits.flatMap((commit) => commit.events);
      const past = fold(emptyBoard, events.slice(0, Math.max(1, Math.floor(share * events.length))));
      const commands = restoring(past, board, 1);
      const restored = doing(board, commands);
      expect(seen(restored)).toEqual(seen(past));
      if (commands.length === 0) return;
      expect(seen(doing(restored, [{ type: 'Undo' }]))).toEqual(seen(board));
    }),
    { seed: 1, numRuns: 60 },
  );
});

test('[T11] a single shape is brought back without touching the others', () => {
  const lookOf = (board: Board, id: string): string | undefined => seen(only(board, id))[0];
  const only = (board: Board, id: string): Board => {
    const shape = getFrom(board.shapes, id);
    return { ...board, shapes: shape ? setIn(emptyBoard.shapes, id, shape) : emptyBoard.shapes };
  };
  fc.assert(
    fc.property(
      anySession(25),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.nat(),
      ({ commits, board }, share, pick) => {
        const events = commits.flatMap((commit) => commit.events);
        const past = fold(emptyBoard, events.slice(0, Math.max(1, Math.floor(share * events.length))));
        const shapes = stackedShapes(past);
        const shape = shapes[pick % Math.max(1, shapes.length)];
        if (!shape) return;
        const restored = doing(board, restoringShapes([shape], board, 1));
        expect(seen(restored)).toContain(lookOf(past, shape.id));
        for (const { id } of stackedShapes(board)) {
          if (id !== shape.id) expect(lookOf(restored, id)).toBe(lookOf(board, id));
        }
      },
    ),
    { seed: 3, numRuns: 60 },
  );
});

test('[T12] everything that one author did since a moment is taken back, and nothing of anybody else', () => {
  const authority = new Authority();
  const [ann, vandal] = ['Ann', 'Vandal'].map((name) => new Peer(name, authority)) as [Peer, Peer];
  const both = (): void => [ann, vandal].forEach((peer) => peer.send().deliver().hear());
  const flush = (): void => {
    both();
    both();
  };
  flush();
  const house = ann.draw([0, 0], [10, 10]);
  const tree = ann.draw([50, 0], [60, 10]);
  flush();
  const past = authority.board;
  vandal.draw([0, 0], [100, 100]);
  flush();
  vandal.erase(house);
  vandal.do({
    type: 'ChangeShapes',
    gesture: nextGesture(vandal.replica),
    shapes: [tree],
    settings: [{ color: 'red' }],
  });
  flush();
  const mine = ann.draw([200, 0], [210, 10]);
  flush();
  const by = authority.board.authors.findIndex(({ name }) => name === 'Vandal') + 1;
  const mended = doing(authority.board, undoingAuthor(by, past, authority.board, 1));
  const kept = stackedShapes(mended);
  expect(kept).toHaveLength(3);
  expect(kept.map(({ style }) => style.color)).toEqual(['ink', 'ink', 'ink']);
  expect(kept.some(({ id }) => id === mine)).toBe(true);
  expect(seen(doing(mended, [{ type: 'Undo' }]))).toEqual(seen(authority.board));
});
