import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Board, emptyBoard, fold } from './board.ts';
import { decide } from './decide.ts';
import { getFrom, setIn } from './persistent-map.ts';
import { record } from './record.ts';
import { restoring, restoringShapes, undoingAuthor } from './restoring.ts';
import { stackedShapes } from './shapes/stack.ts';
import { anySession } from './testing/arbitraries.ts';
import { Authority, author, Peer, peers, samplesAt } from './testing/peers.ts';
import { inkBytes } from './ink.ts';
import type { Command } from './command.ts';
import { type ShapeId, shapeId } from './ids.ts';
import { translation } from './matrix.ts';
import { nextGesture } from './replica.ts';
import type { Settings } from './settings.ts';
import { placedEnds } from './shapes/corners.ts';
import type { KindName, Shape } from './shapes/shape.ts';
import { usualStyle } from './style.ts';

/** All that can be seen, from the back to the front, without whose it is; what is held and grouped, by place there. */
function seen(board: Board): string[] {
  const stack = stackedShapes(board);
  const placeOf = (id: string | undefined): number => stack.findIndex((shape) => shape.id === id);
  return stack
    .map(({ kind, style, attributes: { group, from, to, ...attributes }, z, ink }) => {
      const set = Object.entries({ ...attributes, locked: false }).sort();
      // Whether what is usual is said or not.
      const look = Object.entries({ ...usualStyle, ...style }).sort();
      const together = group ? stack.flatMap((other, i) => (other.attributes.group === group ? i : [])) : [];
      const holds = [placeOf(from), placeOf(to)];
      return JSON.stringify({ kind, look, set, together, holds, z, ink: [...inkBytes(ink)] });
    })
    .sort();
}

const eve = author('Eve');
const byEve = { client: eve.client, gesture: 1 };

function doing(board: Board, commands: readonly Command[]): Board {
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
      const commands = restoring(past, board, byEve);
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
        const restored = doing(board, restoringShapes([shape], board, byEve));
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
  const mended = doing(authority.board, undoingAuthor(by, past, authority.board, byEve));
  const kept = stackedShapes(mended);
  expect(kept).toHaveLength(3);
  expect(kept.map(({ style }) => style.color)).toEqual(['ink', 'ink', 'ink']);
  expect(kept.some(({ id }) => id === mine)).toBe(true);
  expect(seen(doing(mended, [{ type: 'Undo' }]))).toEqual(seen(authority.board));
});

/** Ada and Bram on one board: two boxes with an arrow from one to the other, all a group. */
function twoOnABoard() {
  const { authority, clients, converge } = peers('Ada', 'Bram');
  const [ada, bram] = clients as [Peer, Peer];
  const place = (kind: KindName, from: [number, number], to: [number, number], settings: Settings = {}): ShapeId => {
    const gesture = nextGesture(ada.replica);
    const style = { color: 'ink', width: 2 } as const;
    const samples = samplesAt(from, to);
    const look = { kind, style, pointer: 'mouse', precision: 3, samples, settings } as const;
    ada.do({ type: 'PlaceShape', gesture, number: gesture + 1, ...look });
    return shapeId(ada.replica.author.client, gesture + 1);
  };
  const left = place('rectangle', [0, 0], [20, 20]);
  const right = place('ellipse', [100, 0], [120, 20]);
  // Behind what it holds to, so that it comes back before.
  const arrow = place('arrow', [30, 50], [70, 90], { from: left, to: right, z: 0.5 });
  const all = [left, right, arrow];
  const set = (settings: Settings): boolean =>
    ada.do({ type: 'ChangeShapes', gesture: nextGesture(ada.replica), shapes: all, settings: [settings] });
  set({ group: left });
  converge();
  const past = authority.board;
  const then = (ids: readonly ShapeId[]): Shape[] => ids.flatMap((id) => getFrom(past.shapes, id) ?? []);
  const move = (peer: Peer, ids: readonly ShapeId[], x: number, y: number): boolean =>
    peer.do({ type: 'MoveShapes', gesture: nextGesture(peer.replica), shapes: ids, matrix: translation(x, y) });
  const bringBack = (peer: Peer, ids: readonly ShapeId[]): void => {
    const by = { client: peer.replica.author.client, gesture: nextGesture(peer.replica) };
    for (const command of restoringShapes(then(ids), peer.replica.optimistic, by)) expect(peer.do(command)).toBe(true);
  };
  return { authority, ada, bram, converge, left, right, arrow, all, past, set, move, bringBack };
}

const kindsOf = (board: Board): string[] => stackedShapes(board).map(({ kind }) => kind);
const endsOf = (board: Board): number[] =>
  stackedShapes(board)
    .filter(({ kind }) => kind === 'arrow')
    .flatMap((line) => placedEnds(line).flatMap(({ x, y }) => [Math.round(x), Math.round(y)]));

test('[T23] [R8] what is gone comes back as one group, its line holds to what came with it, while others draw', () => {
  const { authority, ada, bram, converge, all, past, move, bringBack } = twoOnABoard();
  bram.erase(...all);
  converge();
  const stroke = bram.draw([200, 200], [210, 210]);
  bringBack(ada, all);
  // Bram's stroke is under way to the server while Ada's commands are.
  bram.send().deliver(1);
  converge();
  for (const { replica } of [ada, bram]) expect(seen(replica.optimistic)).toEqual(seen(authority.board));
  const back = stackedShapes(authority.board).filter(({ id }) => id !== stroke);
  expect(
    seen({ ...authority.board, shapes: setIn(past.shapes, stroke, getFrom(authority.board.shapes, stroke)!) }),
  ).toEqual(seen(authority.board));
  expect(new Set(back.map(({ attributes }) => attributes.group)).size).toBe(1);
  const ends = endsOf(authority.board);
  const box = back.find(({ kind }) => kind === 'ellipse')!;
  move(bram, [box.id], 0, 100);
  converge();
  expect(endsOf(authority.board)).not.toEqual(ends);
  bram.do({ type: 'Undo' });
  converge();
  expect(endsOf(authority.board)).toEqual(ends);
  ada.do({ type: 'Undo' });
  converge();
  expect(kindsOf(authority.board)).toEqual(['pen']);
  for (const { replica } of [ada, bram]) expect(seen(replica.optimistic)).toEqual(seen(authority.board));
  ada.do({ type: 'Redo' });
  converge();
  expect(kindsOf(authority.board).sort()).toEqual(['arrow', 'ellipse', 'pen', 'rectangle']);
});

test('[T23] brought back twice it is there twice, each a group of its own', () => {
  const { authority, ada, bram, converge, all, bringBack } = twoOnABoard();
  bram.erase(...all);
  converge();
  for (const peer of [ada, bram]) bringBack(peer, all);
  converge();
  expect(stackedShapes(authority.board)).toHaveLength(6);
  expect(new Set(stackedShapes(authority.board).map(({ attributes }) => attributes.group)).size).toBe(2);
});

test('[T23] a line that is still there holds again to the thing that comes back with it', () => {
  const { authority, ada, bram, converge, right, arrow, move, bringBack } = twoOnABoard();
  bram.erase(right);
  move(bram, [arrow], 0, 300);
  converge();
  const before = authority.board;
  bringBack(ada, [right, arrow]);
  converge();
  expect(endsOf(authority.board)).toEqual([25, 10, 95, 10]);
  const box = stackedShapes(authority.board).find(({ kind }) => kind === 'ellipse')!;
  expect(getFrom(authority.board.shapes, arrow)?.attributes.to).toBe(box.id);
  ada.do({ type: 'Undo' });
  converge();
  expect(seen(authority.board)).toEqual(seen(before));
});

test('[T23] a line that comes back alone holds to what kept its name, wherever that lies now', () => {
  const { authority, ada, bram, converge, left, right, arrow, move, bringBack } = twoOnABoard();
  bram.erase(arrow);
  move(bram, [right], 0, 100);
  bram.erase(left);
  converge();
  bringBack(ada, [arrow]);
  converge();
  const line = stackedShapes(authority.board).find(({ kind }) => kind === 'arrow')!;
  expect(line.attributes).toMatchObject({ to: right, group: left });
  expect(line.attributes.from).toBeUndefined();
  const [x, y, toX, toY] = endsOf(authority.board) as [number, number, number, number];
  expect([x, y]).toEqual([25, 10]);
  expect(Math.hypot(toX - 110, toY - 110)).toBeLessThan(16);
});

test('[T11] of things that others move and erase meanwhile, those that were selected come back, whatever comes first', () => {
  const { authority, ada, bram, converge, left, right, all, past, set, move, bringBack } = twoOnABoard();
  set({ locked: true });
  converge();
  set({ locked: false });
  move(ada, all, 50, 50);
  converge();
  // Neither has heard of the other.
  bringBack(ada, [left]);
  bram.erase(left);
  move(bram, [right], 7, 7);
  bram.send().deliver();
  converge();
  for (const { replica } of [ada, bram]) expect(seen(replica.optimistic)).toEqual(seen(authority.board));
  expect(kindsOf(authority.board).sort()).toEqual(['arrow', 'ellipse']);
  bringBack(ada, all);
  converge();
  expect(seen(authority.board)).toEqual(seen(past));
  ada.do({ type: 'Undo' });
  converge();
  expect(kindsOf(authority.board).sort()).toEqual(['arrow', 'ellipse']);
});
