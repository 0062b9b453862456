import { expect, test } from 'vitest';
import type { Board } from './board.ts';
import type { Command } from './command.ts';
import type { ShapeId } from './ids.ts';
import { rotation, translation } from './matrix.ts';
import { getFrom } from './persistent-map.ts';
import { placedEnds } from './shapes/corners.ts';
import { nextGesture } from './replica.ts';
import type { KindName } from './shapes/shape.ts';
import { Authority, Peer, samplesAt } from './testing/peers.ts';

class Hand {
  readonly peer: Peer;
  constructor(name: string, authority: Authority) {
    this.peer = new Peer(name, authority).hear();
  }
  get board(): Board {
    return this.peer.replica.optimistic;
  }
  do(make: (gesture: number) => Command): void {
    this.peer.do(make(nextGesture(this.peer.replica)));
  }
  place(kind: KindName, from: [number, number], to: [number, number]): ShapeId {
    const gesture = nextGesture(this.peer.replica);
    const number = gesture + 1;
    this.peer.do({
      type: 'PlaceShape',
      gesture,
      number,
      kind,
      style: { color: 'ink', width: 2 },
      pointer: 'mouse',
      precision: 3,
      samples: samplesAt(from, to),
      settings: {},
    });
    return `${this.peer.replica.author.client}/${number}` as ShapeId;
  }
  ends(id: ShapeId): number[] {
    const shape = getFrom(this.board.shapes, id);
    if (!shape) throw new Error('The line is away.');
    return placedEnds(shape).flatMap(({ x, y }) => [Math.round(x), Math.round(y)]);
  }
}

/** Two boxes of 20 by 20 beside one another, and an arrow that holds to both. */
function scene() {
  const authority = new Authority();
  const [ada, bram] = [new Hand('Ada', authority), new Hand('Bram', authority)];
  const left = ada.place('rectangle', [0, 0], [20, 20]);
  const right = ada.place('ellipse', [100, 0], [120, 20]);
  const arrow = ada.place('arrow', [30, 50], [70, 90]);
  ada.do((gesture) => ({ type: 'ChangeShapes', gesture, shapes: [arrow], settings: [{ from: left, to: right }] }));
  const meet = (): void => {
    for (const { peer } of [ada, bram]) peer.send().deliver();
    for (const { peer } of [ada, bram]) peer.hear();
  };
  meet();
  return { ada, bram, left, right, arrow, meet };
}

test('[F13] a line ends at the edges of what it holds to, and goes with it', () => {
  const { ada, left, right, arrow } = scene();
  // Half a width and the gap beside each edge.
  expect(ada.ends(arrow)).toEqual([25, 10, 95, 10]);
  ada.do((gesture) => ({ type: 'MoveShapes', gesture, shapes: [right], matrix: translation(0, 100) }));
  const [x, y, toX, toY] = ada.ends(arrow) as [number, number, number, number];
  expect(y > 20 || x > 20).toBe(true);
  expect(Math.hypot(toX - 110, toY - 110)).toBeGreaterThan(14);
  expect(Math.hypot(toX - 110, toY - 110)).toBeLessThan(16);
  ada.do(() => ({ type: 'Undo' }));
  expect(ada.ends(arrow)).toEqual([25, 10, 95, 10]);
  ada.do(() => ({ type: 'Redo' }));
  expect(ada.ends(arrow)).toEqual([x, y, toX, toY]);
  ada.do((gesture) => ({
    type: 'MoveShapes',
    gesture,
    shapes: [left, right, arrow],
    matrix: rotation(Math.PI / 2, { x: 0, y: 0 }),
  }));
  expect(ada.ends(arrow)).toEqual([-y, x, -toY, toX]);
});

test('[F13] whoever moves a thing takes the line of another along, and both see the same', () => {
  const { ada, bram, left, right, arrow, meet } = scene();
  ada.do((gesture) => ({ type: 'MoveShapes', gesture, shapes: [left], matrix: translation(0, -40) }));
  bram.do((gesture) => ({ type: 'MoveShapes', gesture, shapes: [right], matrix: translation(0, -40) }));
  meet();
  expect(ada.ends(arrow)).toEqual([25, -30, 95, -30]);
  expect(bram.ends(arrow)).toEqual(ada.ends(arrow));
  bram.do(() => ({ type: 'Undo' }));
  meet();
  expect(ada.ends(arrow)).toEqual(bram.ends(arrow));
  expect(ada.ends(arrow).slice(2)).not.toEqual([95, -30]);
});

test('[F13] where the thing is gone the line ends where it did; when it comes back, at its edge', () => {
  const { ada, right, arrow } = scene();
  ada.do((gesture) => ({ type: 'MoveShapes', gesture, shapes: [right], matrix: translation(50, 0) }));
  ada.do((gesture) => ({ type: 'EraseShapes', gesture, shapes: [right] }));
  expect(ada.ends(arrow)).toEqual([25, 10, 145, 10]);
  ada.do((gesture) => ({ type: 'MoveShapes', gesture, shapes: [arrow], matrix: translation(0, 30) }));
  expect(ada.ends(arrow).slice(2)).toEqual([145, 40]);
  ada.do(() => ({ type: 'Undo' }));
  ada.do(() => ({ type: 'Undo' }));
  expect(ada.ends(arrow)).toEqual([25, 10, 145, 10]);
  expect(ada.board.holders.size).toBe(2);
});

test('[F13] a line lets go, holds to no line, and not with both ends to one thing', () => {
  const { ada, left, right, arrow } = scene();
  const set = (settings: object): void =>
    ada.do((gesture) => ({ type: 'ChangeShapes', gesture, shapes: [arrow], settings: [settings] }));
  set({ to: '' });
  ada.do((gesture) => ({ type: 'MoveShapes', gesture, shapes: [right], matrix: translation(0, 500) }));
  expect(ada.ends(arrow)).toEqual([25, 10, 95, 10]);
  const other = ada.place('line', [0, 300], [9, 300]);
  set({ to: other });
  expect(ada.ends(arrow)).toEqual([25, 10, 95, 10]);
  set({ to: left });
  expect(ada.ends(arrow)).toEqual([25, 10, 95, 10]);
  set({ to: arrow, ends: [1, 2, 3, 4] });
  expect(ada.ends(arrow).slice(2)).toEqual([3, 4]);
});

test('[F13] what is no line holds to nothing, and nor do the pieces that it is cut into', () => {
  const { ada, left, right, arrow } = scene();
  const stroke = ada.place('pen', [0, 40], [90, 40]);
  ada.do((gesture) => ({ type: 'ChangeShapes', gesture, shapes: [stroke], settings: [{ to: right }] }));
  const half = { number: nextGesture(ada.peer.replica) + 1, from: 0, to: 0 };
  ada.do((gesture) => ({ type: 'CutStroke', gesture, shape: stroke, pieces: [half] }));
  for (const thing of [left, right]) expect(getFrom(ada.board.holders, thing)).toEqual([arrow]);
});
