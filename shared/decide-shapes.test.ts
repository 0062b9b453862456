import { describe, expect, test } from 'vitest';
import { type Board, emptyBoard, fold } from './board.ts';
import type { Command } from './command.ts';
import { type CommandAuthor, decide } from './decide.ts';
import type { BoardEvent } from './event.ts';
import { type BoardId, shapeId, type ShapeId } from './ids.ts';
import { inkSamples } from './ink.ts';
import { type Matrix, rotation, scaling, translation } from './matrix.ts';
import { getFrom } from './persistent-map.ts';
import { record, recordCreation } from './record.ts';
import type { Settings } from './settings.ts';
import { boardDifference } from './testing/same-board.ts';
import { author, samplesAt, START, startStroke } from './testing/peers.ts';

const ada = author('Ada');
const bram = author('Bram');
const idOf = (by: CommandAuthor, number: number): ShapeId => shapeId(by.client, number);
const one = idOf(ada, 1);
const undo: Command = { type: 'Undo' };
const redo: Command = { type: 'Redo' };
const end: Command = { type: 'EndStroke' };
const change = (gesture: number, settings: Settings, ...shapes: ShapeId[]): Command => ({
  type: 'ChangeShapes',
  gesture,
  shapes,
  settings: [settings],
});
const move = (gesture: number, matrix: Matrix, ...shapes: ShapeId[]): Command => ({
  type: 'MoveShapes',
  gesture,
  shapes,
  matrix,
});
const cut = (gesture: number, shape: ShapeId, ...pieces: (readonly [number, number, number])[]): Command => ({
  type: 'CutStroke',
  gesture,
  shape,
  pieces: pieces.map(([number, from, to]) => ({ number, from, to })),
});
const place = (gesture: number, number: number, settings: Settings = {}): Command => ({
  type: 'PlaceShape',
  gesture,
  number,
  kind: 'text',
  style: { color: 'ink', width: 2 },
  pointer: 'mouse',
  precision: 3,
  samples: samplesAt([0, 0]),
  settings,
});

type Step = readonly [CommandAuthor, Command];

/** A board after these commands, each of which must have been allowed. */
function after(board: Board, ...steps: readonly Step[]): Board {
  return steps.reduce((before, [by, command]) => {
    const number = (before.authors.find(({ client }) => client === by.client)?.settled ?? 0) + 1;
    return fold(before, record(before, by.client, number, eventsOf(before, command, by), START));
  }, board);
}

function eventsOf(board: Board, command: Command, by = ada): readonly BoardEvent[] {
  const decision = decide(board, command, by);
  if ('rejection' in decision) throw new Error(`${command.type}: ${decision.rejection.message}`);
  return decision.events;
}

function answerTo(board: Board, command: Command, by = ada): string {
  const decision = decide(board, command, by);
  return 'rejection' in decision ? decision.rejection.code : decision.events.length > 0 ? 'allowed' : 'nothing';
}

const created = fold(emptyBoard, recordCreation({ type: 'BoardCreated', title: 'Test', access: 'edit' }, START).events);
/** A stroke of five samples, and one of Bram's. */
const drawn = after(
  created,
  [ada, { ...startStroke(1), samples: samplesAt([0, 0], [10, 0], [20, 0], [30, 0], [40, 0]) } as Command],
  [ada, end],
  [bram, startStroke(1)],
  [bram, end],
);

const shape = (board: Board, id: ShapeId) => {
  const found = getFrom(board.shapes, id);
  if (!found) throw new Error(`There is no ${id}.`);
  return found;
};
const visible = (board: Board, id: ShapeId): boolean => getFrom(board.shapes, id) !== undefined;

/** All that is to be seen: without who touched what, and what can be undone. */
const seen = (board: Board) => ({ ...board, revision: 0, at: 0, authors: [], erased: emptyBoard.erased });

describe('settings', () => {
  test('[F8] what was set last counts, and the usual is none', () => {
    const red = after(drawn, [ada, change(2, { color: 'red', opacity: 0.5, text: 'Hi' }, one)]);
    expect(shape(red, one)).toMatchObject({
      style: { color: 'red', width: 4, opacity: 0.5 },
      attributes: { text: 'Hi' },
    });
    const back = after(red, [bram, change(2, { opacity: 1, text: '' }, one)]);
    expect(shape(back, one).style).toEqual({ color: 'red', width: 4 });
    expect(shape(back, one).attributes).toEqual({});
    expect(shape(back, one).touched).toEqual({
      color: { by: 1, gesture: 2 },
      opacity: { by: 2, gesture: 2 },
      text: { by: 2, gesture: 2 },
    });
  });

  test('[F8] each shape may be given its own', () => {
    const other = idOf(bram, 1);
    const command = {
      type: 'ChangeShapes',
      gesture: 2,
      shapes: [one, other],
      settings: [{ z: -1 }, { z: 9.5 }],
    } as const;
    const board = after(drawn, [ada, command]);
    expect([shape(board, one).z, shape(board, other).z]).toEqual([-1, 9.5]);
  });

  test('[F9] of two who drag one thing, both count', () => {
    const board = after(
      drawn,
      [ada, move(2, translation(5, 0), one)],
      [bram, move(2, translation(0, 7), one)],
      [ada, move(2, translation(5, 0), one)],
    );
    expect(shape(board, one).attributes.transform).toEqual([1, 0, 0, 1, 10, 7]);
  });

  test('[D12] what is not there, or is so already, is left out', () => {
    expect(answerTo(drawn, change(2, { color: 'ink' }, one))).toBe('nothing');
    expect(answerTo(drawn, change(2, { color: 'red' }, idOf(ada, 9)))).toBe('nothing');
    expect(answerTo(drawn, move(2, translation(1, 1), idOf(ada, 9)))).toBe('nothing');
    const [event] = eventsOf(drawn, change(2, { color: 'red', width: 4 }, one, idOf(ada, 9), one));
    expect(event).toMatchObject({ shapes: [one], settings: [{ color: 'red' }] });
  });

  test('[D12] of a locked shape only the lock may change', () => {
    const locked = after(drawn, [ada, change(2, { locked: true }, one)]);
    expect(answerTo(locked, move(3, translation(1, 1), one))).toBe('nothing');
    expect(answerTo(locked, { type: 'EraseShapes', gesture: 3, shapes: [one] })).toBe('nothing');
    expect(answerTo(locked, cut(3, one, [4, 0, 1]))).toBe('nothing');
    const freed = after(locked, [bram, change(2, { locked: false, color: 'red' }, one)]);
    expect(shape(freed, one)).toMatchObject({ style: { color: 'ink' }, attributes: {} });
  });

  test('[D13] nothing becomes endless, or vanishes', () => {
    const origin = { x: 0, y: 0 };
    for (const by of [
      scaling(0, 1, origin),
      scaling(1e-4, 1e-4, origin),
      scaling(2000, 1, origin),
      translation(1e11, 0),
    ]) {
      expect(answerTo(drawn, move(2, by, one))).toBe('OutOfBounds');
      expect(answerTo(drawn, change(2, { transform: by }, one))).toBe('OutOfBounds');
      expect(answerTo(drawn, place(2, 3, { transform: by }))).toBe('OutOfBounds');
    }
    const large = after(drawn, [ada, move(2, scaling(900, 900, origin), one)]);
    expect(answerTo(large, move(3, scaling(2, 2, origin), one))).toBe('OutOfBounds');
  });
});

describe('placing', () => {
  test('[D11] numbers go up, and belong to the gesture', () => {
    const board = after(drawn, [ada, place(2, 3, { text: 'a' })], [ada, place(2, 4)]);
    expect(shape(board, idOf(ada, 3)).attributes.text).toBe('a');
    expect(answerTo(board, place(2, 4))).toBe('NumberUsed');
    expect(answerTo(board, place(5, 5))).toBe('NumberUsed');
    expect(answerTo(board, place(1, 6))).toBe('NumberUsed');
    expect(answerTo(board, startStroke(4))).toBe('NumberUsed');
    expect(answerTo(board, startStroke(5))).toBe('allowed');
  });

  test('[U9] a paste of many is undone as one, with what was changed of it meanwhile', () => {
    const board = after(
      drawn,
      [ada, place(2, 3)],
      [ada, place(2, 4)],
      [ada, move(2, translation(9, 9), idOf(ada, 3), one)],
    );
    const undone = after(board, [ada, undo]);
    expect([3, 4].map((number) => visible(undone, idOf(ada, number)))).toEqual([false, false]);
    expect(shape(undone, one).attributes).toEqual({});
    const redone = after(undone, [ada, redo]);
    expect(boardDifference(seen(redone) as Board, seen(board) as Board)).toBeNull();
  });
});

describe('cutting', () => {
  const apart = after(drawn, [ada, cut(2, one, [3, 0, 1.5], [4, 2.25, 4])]);

  test('[F10] the pieces are the stroke without what was cut, to the sample', () => {
    expect(visible(apart, one)).toBe(false);
    const xs = (number: number) => inkSamples(shape(apart, idOf(ada, number)).ink).map(({ x }) => x);
    expect(xs(3)).toEqual([0, 10, 15]);
    expect(xs(4)).toEqual([22.5, 30, 40]);
    expect(shape(apart, idOf(ada, 3))).toMatchObject({
      z: shape(drawn, one).z,
      author: 1,
      style: shape(drawn, one).style,
    });
  });

  test('[D14] only a stroke that is drawn, into pieces that follow one another', () => {
    expect(answerTo(drawn, cut(2, one, [3, 0, 5]))).toBe('OutOfBounds');
    expect(answerTo(drawn, cut(2, one, [3, 2, 3], [4, 1, 2]))).toBe('OutOfBounds');
    expect(answerTo(drawn, cut(2, one, [2, 0, 1]))).toBe('NumberUsed');
    expect(answerTo(after(drawn, [ada, startStroke(2)]), cut(3, idOf(ada, 2), [4, 0, 0]))).toBe('NotAStroke');
    expect(answerTo(after(drawn, [ada, place(2, 3)]), cut(4, idOf(ada, 3), [5, 0, 0]))).toBe('NotAStroke');
  });

  test('[U9] a cut of what was cut in the same gesture is undone whole', () => {
    const finer = after(
      apart,
      [ada, cut(2, idOf(ada, 3), [5, 0, 1])],
      [ada, { type: 'EraseShapes', gesture: 2, shapes: [idOf(ada, 4)] }],
    );
    expect([3, 4, 5].map((number) => visible(finer, idOf(ada, number)))).toEqual([false, false, true]);
    const undone = after(finer, [ada, undo]);
    expect(boardDifference(seen(undone) as Board, seen(drawn) as Board)).toBeNull();
    const redone = after(undone, [ada, redo]);
    expect(boardDifference(seen(redone) as Board, seen(finer) as Board)).toBeNull();
  });
});

describe('undo of settings', () => {
  test('[U8] puts back what was before, as whose it was', () => {
    const board = after(
      drawn,
      [ada, change(2, { color: 'red' }, one)],
      [ada, change(3, { color: 'green' }, one)],
      [ada, undo],
    );
    expect(shape(board, one).style.color).toBe('red');
    const further = after(board, [ada, undo]);
    expect(shape(further, one).style.color).toBe('ink');
    expect(shape(further, one).touched).toEqual({});
    const forth = after(further, [ada, redo], [ada, redo]);
    expect(shape(forth, one).style.color).toBe('green');
  });

  test('[U8] never what somebody else has set since', () => {
    const both = after(
      drawn,
      [ada, change(2, { color: 'red', width: 8 }, one)],
      [bram, change(2, { color: 'blue' }, one)],
    );
    const undone = after(both, [ada, undo]);
    expect(shape(undone, one).style).toEqual({ color: 'blue', width: 4 });
    const redone = after(undone, [ada, redo]);
    expect(shape(redone, one).style).toEqual({ color: 'blue', width: 8 });
    // Once the other takes theirs back, the rest can be undone too.
    const given = after(redone, [bram, undo], [ada, undo]);
    expect(shape(given, one).style).toEqual({ color: 'ink', width: 4 });
  });

  test('[U9] a long drag is one step', () => {
    const steps = Array.from({ length: 30 }, (): Step => [ada, move(2, translation(1, 2), one)]);
    const dragged = after(drawn, ...steps, [ada, move(3, rotation(1, { x: 0, y: 0 }), one)]);
    const back = after(dragged, [ada, undo]);
    expect(shape(back, one).attributes.transform).toEqual([1, 0, 0, 1, 30, 60]);
    expect(shape(after(back, [ada, undo]), one).attributes).toEqual({});
  });
});

describe('moments', () => {
  const mark = (moment: number, name: string): Command => ({ type: 'MarkMoment', moment, name });

  test('[D15] each under a name, in the order of their time; taken away again', () => {
    const board = after(drawn, [ada, mark(START + 50, 'Late')], [bram, mark(START, 'Early')]);
    expect(board.marks.map(({ name }) => name)).toEqual(['Early', 'Late']);
    expect(answerTo(board, mark(START, 'Early'))).toBe('nothing');
    const [early] = board.marks;
    const less = after(board, [ada, { type: 'UnmarkMoment', mark: early?.revision ?? 0 }]);
    expect(less.marks.map(({ name }) => name)).toEqual(['Late']);
    expect(answerTo(less, { type: 'UnmarkMoment', mark: early?.revision ?? 0 })).toBe('nothing');
  });

  test('[F11] a branch says which board it is from, and has a title of its own', () => {
    const branched = {
      type: 'BoardBranched',
      from: 'AAAAAAAAAAAAAAAA' as BoardId,
      fromRevision: 3,
      title: 'Other way',
    } as const;
    const board = fold(drawn, [{ revision: drawn.revision + 1, at: START, by: 0, settles: 0, event: branched }]);
    expect(board).toMatchObject({ title: 'Other way', origin: { board: 'AAAAAAAAAAAAAAAA', revision: 3 } });
  });
});
