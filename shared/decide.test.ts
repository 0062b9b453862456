import { describe, expect, test } from 'vitest';
import { type Board, authorOf, emptyBoard, fold } from './board.ts';
import type { Command } from './command.ts';
import { type CommandAuthor, decide } from './decide.ts';
import type { BoardEvent } from './event.ts';
import { shapeId, type ShapeId } from './ids.ts';
import { MAX_COORDINATE, MAX_SAMPLES_PER_STROKE, MAX_UNDO } from './limits.ts';
import { IDENTITY } from './matrix.ts';
import { getFrom } from './persistent-map.ts';
import { record, recordCreation } from './record.ts';
import { permitted } from './roles.ts';
import { NIB_AT_ORIGIN, packSamples, type Samples } from './samples.ts';
import { author, samplesAt, START, startStroke } from './testing/peers.ts';

const ada = author('Ada');
const bram = author('Bram');
const stroke = (by: CommandAuthor, number: number): ShapeId => shapeId(by.client, number);
const end: Command = { type: 'EndStroke' };
const undo: Command = { type: 'Undo' };
const redo: Command = { type: 'Redo' };
const erase = (gesture: number, ...shapes: ShapeId[]): Command => ({ type: 'EraseShapes', gesture, shapes });
/** Goes on by this much from where the stroke is, with as much more pressure. */
const extend = (x: number, y: number, pressure = 0): Command => ({
  type: 'ExtendStroke',
  samples: packSamples([{ x, y, pressure, dt: 8 }], 3, NIB_AT_ORIGIN).samples,
});

/** A board after these commands, each of which must have been allowed. */
function given(...steps: readonly (readonly [CommandAuthor, Command])[]): Board {
  let board = fold(emptyBoard, recordCreation({ type: 'BoardCreated', title: 'Test', access: 'edit' }, START).events);
  const numbers = new Map<string, number>();
  for (const [by, command] of steps) {
    const number = (numbers.get(by.client) ?? 0) + 1;
    numbers.set(by.client, number);
    const decision = decide(board, command, by);
    if ('rejection' in decision) throw new Error(`${command.type}: ${decision.rejection.message}`);
    board = fold(board, record(board, by.client, number, decision.events, START));
  }
  return board;
}

function eventsOf(board: Board, command: Command, by = ada): readonly BoardEvent[] {
  const decision = decide(board, command, by);
  if ('rejection' in decision) throw new Error(decision.rejection.message);
  return decision.events;
}

function rejectionOf(board: Board, command: Command, by = ada): string {
  const decision = decide(board, command, by);
  return 'rejection' in decision ? decision.rejection.code : 'allowed';
}

const visible = (board: Board, id: ShapeId): boolean => getFrom(board.shapes, id) !== undefined;

describe('who may', () => {
  const commands: Command[] = [
    startStroke(1),
    extend(1, 1),
    end,
    erase(1),
    undo,
    redo,
    { type: 'ChangeAuthor', name: 'A', color: 'red' },
    { type: 'RenameBoard', title: 'T' },
  ];

  test.each(commands.map((command) => [command.type, command] as const))('[D1] %s by each role', (type, command) => {
    for (const role of ['owner', 'editor', 'viewer'] as const) {
      const refused = rejectionOf(given(), command, { ...ada, role }) === 'NotAllowed';
      expect(refused).toBe(!permitted[type].has(role));
    }
  });

  test('[D2] a first event is preceded by AuthorJoined, a later one is not', () => {
    expect(eventsOf(given(), startStroke(1)).map((event) => event.type)).toEqual(['AuthorJoined', 'StrokeStarted']);
    expect(eventsOf(given([ada, startStroke(1)]), end).map((event) => event.type)).toEqual(['StrokeEnded']);
  });

  test('[D2] a command that comes to nothing makes nobody an author', () => {
    expect(eventsOf(given(), { type: 'ChangeAuthor', name: 'New', color: 'red' })).toEqual([]);
    expect(eventsOf(given(), end)).toEqual([]);
  });
});

describe('strokes', () => {
  test('[D3] a number that is not new is refused', () => {
    const board = given([ada, startStroke(3)]);
    expect(rejectionOf(board, startStroke(3))).toBe('NumberUsed');
    expect(rejectionOf(board, startStroke(2))).toBe('NumberUsed');
    expect(rejectionOf(board, startStroke(4))).toBe('allowed');
    expect(rejectionOf(board, startStroke(1), bram)).toBe('allowed');
  });

  test('[D4] a point beyond the largest coordinate is refused, in a later run too', () => {
    const edge = MAX_COORDINATE - 1;
    expect(rejectionOf(given(), startStroke(1, samplesAt([MAX_COORDINATE + 1, 0])))).toBe('OutOfBounds');
    const board = given([ada, startStroke(1, samplesAt([edge, edge]))]);
    expect(rejectionOf(board, extend(0.5, 0.5))).toBe('allowed');
    expect(rejectionOf(board, extend(2, 0))).toBe('OutOfBounds');
  });

  test('[D4] a pressure that leaves 0 … 1 over several runs is refused', () => {
    const half = given([ada, startStroke(1)]);
    expect(rejectionOf(half, extend(1, 1, 0.4))).toBe('allowed');
    expect(rejectionOf(given([ada, startStroke(1)], [ada, extend(1, 1, 0.4)]), extend(1, 1, 0.4))).toBe('OutOfBounds');
  });

  test('[D4] a tilt that leaves 90 degrees over several runs is refused', () => {
    const leans = (x: number): Command => ({
      type: 'ExtendStroke',
      samples: packSamples([{ x: 0, y: 0, pressure: 0, dt: 8, tilt: { x, y: 0 } }], 3, NIB_AT_ORIGIN).samples,
    });
    expect(rejectionOf(given([ada, startStroke(1)]), leans(60))).toBe('allowed');
    expect(rejectionOf(given([ada, startStroke(1)], [ada, leans(60)]), leans(60))).toBe('OutOfBounds');
  });

  test('[D5] samples need an open stroke; ending without one is nothing', () => {
    expect(rejectionOf(given(), extend(1, 1))).toBe('NoOpenStroke');
    expect(rejectionOf(given([ada, startStroke(1)], [ada, end]), extend(1, 1))).toBe('NoOpenStroke');
    expect(eventsOf(given([ada, startStroke(1)], [ada, end]), end)).toEqual([]);
  });

  test('[D6] a stroke takes no more than its most samples', () => {
    const many = new Uint8Array(MAX_SAMPLES_PER_STROKE * 4) as Samples;
    const board = given([ada, startStroke(1, many)]);
    expect(rejectionOf(board, { type: 'ExtendStroke', samples: new Uint8Array(4) as Samples })).toBe('StrokeTooLong');
  });

  test('[F5] a new stroke ends the one before', () => {
    const board = given([ada, startStroke(1)], [ada, startStroke(2)]);
    expect(getFrom(board.shapes, stroke(ada, 1))?.open).toBe(false);
    expect(getFrom(board.shapes, stroke(ada, 2))?.open).toBe(true);
  });

  test('[F5] [P8] a stroke that somebody erased goes on growing out of sight', () => {
    const before = given([ada, startStroke(1)], [bram, erase(1, stroke(ada, 1))]);
    const board = fold(before, record(before, ada.client, 2, eventsOf(before, extend(1, 1)), START));
    expect(visible(board, stroke(ada, 1))).toBe(false);
    expect(getFrom(board.erased, stroke(ada, 1))?.ink.count).toBe(2);
  });
});

describe('erasing', () => {
  test('[D7] what is not there is left out, and nothing left is nothing', () => {
    const board = given([ada, startStroke(1)], [ada, startStroke(2)], [bram, erase(1, stroke(ada, 1))]);
    expect(eventsOf(board, erase(3, stroke(ada, 1), stroke(ada, 2), stroke(ada, 2)))).toEqual([
      { type: 'ShapesErased', shapes: [stroke(ada, 2)], gesture: 3, step: 'do' },
    ]);
    expect(eventsOf(board, erase(3, stroke(ada, 1)))).toEqual([]);
  });

  test('[D8] one gesture erases in several commands, and is undone as one', () => {
    const drawn = [1, 2, 3].map((number) => [ada, startStroke(number)] as const);
    const board = given(...drawn, [ada, erase(4, stroke(ada, 1))], [ada, erase(4, stroke(ada, 2))]);
    const undone = fold(board, record(board, ada.client, 6, eventsOf(board, undo), START));
    expect([1, 2, 3].map((number) => visible(undone, stroke(ada, number)))).toEqual([true, true, true]);
  });

  test('[D8] a gesture that was undone, or followed by another, is over', () => {
    const erased = [
      [ada, startStroke(1)],
      [ada, startStroke(2)],
      [ada, erase(3, stroke(ada, 1))],
    ] as const;
    expect(rejectionOf(given(...erased, [ada, undo]), erase(3, stroke(ada, 2)))).toBe('NumberUsed');
    expect(rejectionOf(given(...erased, [ada, startStroke(4)]), erase(3, stroke(ada, 2)))).toBe('NumberUsed');
    expect(rejectionOf(given([ada, startStroke(1)]), erase(1, stroke(ada, 1)))).toBe('NumberUsed');
  });

  test('[D16] the gesture of a stroke goes on with changes of it and nothing else, and is undone as one', () => {
    const board = given([ada, startStroke(1)], [ada, startStroke(2)], [ada, end]);
    const change = (...shapes: ShapeId[]) =>
      ({ type: 'ChangeShapes', gesture: 2, shapes, settings: [{ color: 'red' }] }) as const;
    expect(rejectionOf(board, change(stroke(ada, 1)))).toBe('NumberUsed');
    expect(rejectionOf(board, change(stroke(ada, 2), stroke(ada, 1)))).toBe('NumberUsed');
    expect(rejectionOf(board, { type: 'MoveShapes', gesture: 2, shapes: [], matrix: IDENTITY })).toBe('NumberUsed');
    const changed = fold(board, record(board, ada.client, 4, eventsOf(board, change(stroke(ada, 2))), START));
    expect(getFrom(changed.shapes, stroke(ada, 2))?.style.color).toBe('red');
    const undone = fold(changed, record(changed, ada.client, 5, eventsOf(changed, undo), START));
    expect([1, 2].map((number) => visible(undone, stroke(ada, number)))).toEqual([true, false]);
    expect(rejectionOf(undone, change(stroke(ada, 2)))).toBe('NumberUsed');
  });

  test('[D9] a name or title that is so already makes no event', () => {
    const board = given([ada, startStroke(1)]);
    expect(eventsOf(board, { type: 'RenameBoard', title: 'Test' })).toEqual([]);
    expect(eventsOf(board, { type: 'ChangeAuthor', name: 'Ada', color: 'blue' })).toEqual([]);
    expect(eventsOf(board, { type: 'ChangeAuthor', name: 'Ada', color: 'red' })).toHaveLength(1);
  });
});

describe('undo', () => {
  test('[U1] turns round only the own last gesture', () => {
    const board = given([ada, startStroke(1)], [ada, end], [bram, startStroke(1)], [ada, undo]);
    expect(visible(board, stroke(ada, 1))).toBe(false);
    expect(visible(board, stroke(bram, 1))).toBe(true);
    expect(rejectionOf(board, undo)).toBe('NothingToUndo');
    expect(rejectionOf(given(), undo)).toBe('NothingToUndo');
  });

  test('[U2] [F4] redo brings back what undo took, in its old place in the stack', () => {
    const before = given([ada, startStroke(1)], [ada, end], [bram, startStroke(1)]);
    const after = given([ada, startStroke(1)], [ada, end], [bram, startStroke(1)], [ada, undo], [ada, redo]);
    expect(getFrom(after.shapes, stroke(ada, 1))).toEqual(getFrom(before.shapes, stroke(ada, 1)));
    expect(rejectionOf(after, redo)).toBe('NothingToRedo');
  });

  test('[U3] what another erased since stays erased, and undo goes on to the gesture before [U4]', () => {
    const drawn = [
      [ada, startStroke(1)],
      [ada, startStroke(2)],
      [ada, end],
    ] as const;
    const board = given(...drawn, [bram, erase(1, stroke(ada, 2))], [ada, undo]);
    expect(visible(board, stroke(ada, 1))).toBe(false);
    expect(rejectionOf(board, undo)).toBe('NothingToUndo');
    const given2 = given(...drawn, [bram, erase(1, stroke(ada, 2))], [ada, undo], [bram, undo]);
    expect(visible(given2, stroke(ada, 2))).toBe(true);
  });

  test('[U3] what another restored since stays: redoing their erasure is theirs alone', () => {
    const board = given(
      [ada, startStroke(1)],
      [bram, erase(1, stroke(ada, 1))],
      [bram, undo],
      [ada, erase(2, stroke(ada, 1))],
      [ada, undo],
    );
    expect(visible(board, stroke(ada, 1))).toBe(true);
    expect(rejectionOf(board, redo, bram)).toBe('allowed');
  });

  test('[U5] [F7] a new gesture forgets what was undone, and the shapes with it', () => {
    const board = given([ada, startStroke(1)], [ada, undo], [ada, startStroke(2)]);
    expect(rejectionOf(board, redo)).toBe('NothingToRedo');
    expect(board.erased.size).toBe(0);
  });

  test('[U6] undoing the stroke under the pen ends it', () => {
    const board = given([ada, startStroke(1)], [ada, undo]);
    expect(authorOf(board, 1)?.stroke).toBe(null);
    expect(rejectionOf(board, extend(1, 1))).toBe('NoOpenStroke');
  });

  test('[U7] [F7] a hundred gestures, and the shapes that older ones erased are gone for good', () => {
    const steps: [CommandAuthor, Command][] = [
      [ada, startStroke(1)],
      [ada, erase(2, stroke(ada, 1))],
    ];
    for (let number = 3; number < 3 + MAX_UNDO; number++) steps.push([ada, startStroke(number)]);
    const full = given(...steps);
    expect(full.erased.size).toBe(0);
    for (let i = 0; i < MAX_UNDO; i++) steps.push([ada, undo]);
    expect(given(...steps).shapes.size).toBe(0);
    expect(rejectionOf(given(...steps), undo)).toBe('NothingToUndo');
  });
});
