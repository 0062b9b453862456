// A hand that does anything to anything, for replicas that share one board. For tests only.

import type { Board } from '../board.ts';
import type { Command } from '../command.ts';
import type { ShapeId } from '../ids.ts';
import { rotation, scaling, translation } from '../matrix.ts';
import { valuesOf } from '../persistent-map.ts';
import type { Settings } from '../settings.ts';
import { isInk, type KindName, type Shape } from '../shapes/shape.ts';
import { samplesAt, startStroke } from './peers.ts';
import { pick, wholeBetween } from './random.ts';

const KINDS: readonly KindName[] = ['rectangle', 'ellipse', 'arrow', 'text', 'note', 'frame'];

const settings: readonly ((random: () => number) => Settings)[] = [
  (random) => ({ color: pick(random, ['red', 'blue', 'green'] as const) }),
  (random) => ({ width: wholeBetween(random, 1, 80) / 8, fill: pick(random, ['none', 'tint', 'solid'] as const) }),
  (random) => ({ z: wholeBetween(random, -50, 50) / 4 }),
  (random) => ({ text: `text ${wholeBetween(random, 0, 9)}` }),
  (random) => ({ locked: random() < 0.3 }),
  (random) => ({ opacity: wholeBetween(random, 1, 20) / 20, dash: 'dashed' }),
];

/** What the hand does next; `gesture` is the number of the next one, or of the one that it goes on with. */
export function randomCommand(random: () => number, board: Board, next: number): Command {
  const shapes = [...valuesOf(board.shapes)].sort((a, b) => (a.id < b.id ? -1 : 1));
  const some = shapes.filter(() => random() < 0.4).map(({ id }) => id);
  const gesture = random() < 0.3 ? next - 1 : next;
  const dice = random();
  if (shapes.length < 3 || dice < 0.1) return startStroke(next, samplesAt([0, 0], [20, 10], [40, 0], [60, 10]));
  if (dice < 0.15) return { type: 'EndStroke' };
  if (dice < 0.25) return placing(random, gesture, next);
  if (dice < 0.4) return { type: 'MoveShapes', gesture, shapes: some, matrix: movement(random) };
  if (dice < 0.46) return holding(random, gesture, shapes);
  if (dice < 0.6) return changing(random, gesture, some);
  if (dice < 0.68) return { type: 'EraseShapes', gesture, shapes: some.slice(0, 2) };
  if (dice < 0.76) return cutting(random, gesture, next, shapes);
  return { type: dice < 0.92 ? 'Undo' : 'Redo' };
}

function movement(random: () => number) {
  const about = { x: wholeBetween(random, 0, 9), y: 3 };
  return pick(random, [
    translation(wholeBetween(random, -40, 40), 5),
    rotation(random(), about),
    scaling(1.25, 0.8, about),
  ]);
}

function changing(random: () => number, gesture: number, shapes: readonly ShapeId[]): Command {
  const make = pick(random, settings);
  const each = random() < 0.3;
  return { type: 'ChangeShapes', gesture, shapes, settings: each ? shapes.map(() => make(random)) : [make(random)] };
}

/** A line takes hold of something, or lets go. */
function holding(random: () => number, gesture: number, shapes: readonly Shape[]): Command {
  const lines = shapes.filter(({ kind }) => kind === 'arrow').map(({ id }) => id);
  const end = (): ShapeId | '' =>
    random() < 0.2
      ? ''
      : pick(
          random,
          shapes.map(({ id }) => id),
        );
  return {
    type: 'ChangeShapes',
    gesture,
    shapes: lines.slice(0, 2),
    settings: [random() < 0.3 ? { from: end() } : { from: end(), to: end() }],
  };
}

function placing(random: () => number, gesture: number, next: number): Command {
  return {
    type: 'PlaceShape',
    gesture,
    number: Math.max(gesture + 1, next),
    kind: pick(random, KINDS),
    style: { color: 'ink', width: 2 },
    pointer: 'mouse',
    precision: 3,
    samples: samplesAt([0, 0], [30, 30]),
    settings: random() < 0.5 ? {} : { text: 'new' },
  };
}

function cutting(random: () => number, gesture: number, next: number, shapes: readonly Shape[]): Command {
  const strokes = shapes.filter((shape) => isInk(shape) && !shape.open);
  const stroke = strokes[wholeBetween(random, 0, Math.max(0, strokes.length - 1))];
  if (!stroke) return { type: 'EndStroke' };
  const first = Math.max(gesture + 1, next);
  const end = stroke.ink.count - 1;
  const pieces = [
    { number: first, from: 0, to: end * 0.3 },
    { number: first + 1, from: end * 0.6, to: end },
  ];
  return { type: 'CutStroke', gesture, shape: stroke.id, pieces };
}
