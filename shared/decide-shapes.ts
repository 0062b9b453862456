// What commands on shapes come to, once their gesture is known to be going on.

import type { Author, Board } from './board.ts';
import type { Command, RejectionCode } from './command.ts';
import type { Decision } from './decide.ts';
import type { BoardEvent, StrokePiece } from './event.ts';
import type { ShapeId } from './ids.ts';
import { MAX_COORDINATE, MAX_SCALE, MAX_SHAPES } from './limits.ts';
import { determinantOf, type Matrix } from './matrix.ts';
import { getFrom } from './persistent-map.ts';
import { MAX_TILT, type Nib, NIB_AT_ORIGIN, type Samples, stepOf, walkSamples } from './samples.ts';
import { movedBy, newSettings, type SettingKey, type Settings } from './settings.ts';
import { isInk, type Shape } from './shapes/shape.ts';
import { counted } from './text.ts';

export const events = (...list: BoardEvent[]): Decision => ({ events: list });
export const nothing: Decision = { events: [] };
export const reject = (code: RejectionCode, message: string): Decision => ({ rejection: { code, message } });
export const outOfBounds = reject(
  'OutOfBounds',
  `A board reaches ${counted(MAX_COORDINATE)} units from its middle, and no further.`,
);
export const boardFull = reject(
  'BoardFull',
  `A board holds at most ${counted(MAX_SHAPES)} shapes: erase some, or go on with another board.`,
);
const numberUsed = reject('NumberUsed', 'That shape number was used before.');

type CommandOf<Type extends Command['type']> = Extract<Command, { type: Type }>;

/** @param author undefined before their first gesture */
export function decideShapes(
  board: Board,
  command: CommandOf<'PlaceShape' | 'ChangeShapes' | 'MoveShapes' | 'CutStroke'>,
  author: Author | undefined,
): Decision {
  switch (command.type) {
    case 'PlaceShape': {
      const { type: _, ...placed } = command;
      const { number, gesture, precision, samples, settings } = placed;
      if (number <= Math.max(gesture, author?.gesture ?? 0)) return numberUsed;
      if (board.shapes.size >= MAX_SHAPES) return boardFull;
      if (!inBounds(samples, precision, NIB_AT_ORIGIN)) return outOfBounds;
      if (!isBounded(settings)) return outOfBounds;
      return events({ type: 'ShapePlaced', ...placed });
    }
    case 'ChangeShapes':
      return change(board, command);
    case 'MoveShapes': {
      const { gesture, matrix } = command;
      const shapes = changeable(board, command.shapes);
      const moved = shapes.map((id) => movedBy(matrix, getFrom(board.shapes, id) as Shape));
      if (!moved.every(isBounded)) return outOfBounds;
      return shapes.length > 0 ? events({ type: 'ShapesMoved', gesture, shapes, matrix }) : nothing;
    }
    case 'CutStroke':
      return cut(board, command, author);
  }
}

/** Those of the shapes that are there and may be changed, each once. */
export const changeable = (board: Board, ids: readonly ShapeId[]): ShapeId[] =>
  [...new Set(ids)].filter((id) => {
    const shape = getFrom(board.shapes, id);
    return shape !== undefined && shape.attributes.locked !== true;
  });

/** What is so already is left out; of a locked shape all but the unlocking. */
function change(board: Board, command: CommandOf<'ChangeShapes'>): Decision {
  const { gesture, settings } = command;
  const isForEach = settings.length === command.shapes.length;
  if (!isForEach && settings.length !== 1) return nothing;
  const shapes = new Set<ShapeId>();
  const each: Settings[] = [];
  for (const [i, id] of command.shapes.entries()) {
    const shape = getFrom(board.shapes, id);
    const wanted = settings[isForEach ? i : 0] as Settings;
    if (!shape || shapes.has(id)) continue;
    const keys = newSettings(shape, wanted).filter((key) => mayChange(shape, key));
    if (keys.length === 0) continue;
    if (!isBounded(wanted)) return outOfBounds;
    shapes.add(id);
    each.push(pick(wanted, keys));
  }
  if (shapes.size === 0) return nothing;
  return events({ type: 'ShapesChanged', shapes: [...shapes], settings: inOne(each), gesture, step: 'do' });
}

const mayChange = (shape: Shape, key: SettingKey): boolean => shape.attributes.locked !== true || key === 'locked';

const pick = (settings: Settings, keys: readonly SettingKey[]): Settings =>
  Object.fromEntries(keys.map((key) => [key, settings[key]]));

/** The same settings for all are said once. */
function inOne(each: readonly Settings[]): readonly Settings[] {
  const [first] = each;
  const text = JSON.stringify(first);
  return first && each.every((settings) => JSON.stringify(settings) === text) ? [first] : each;
}

function cut(
  board: Board,
  { gesture, shape: id, pieces }: CommandOf<'CutStroke'>,
  author: Author | undefined,
): Decision {
  const shape = getFrom(board.shapes, id);
  if (!shape || shape.attributes.locked) return nothing;
  if (!isInk(shape) || shape.open) return reject('NotAStroke', 'Only a stroke that is drawn can be cut.');
  if (!areApart(pieces, shape.ink.count)) return reject('OutOfBounds', 'Pieces follow one another along the stroke.');
  let number = Math.max(gesture, author?.gesture ?? 0);
  for (const piece of pieces) {
    if (piece.number <= number) return numberUsed;
    number = piece.number;
  }
  if (board.shapes.size + pieces.length > MAX_SHAPES) return boardFull;
  return events({ type: 'StrokeCut', gesture, shape: id, pieces });
}

/** In the stroke's order, and none over another. */
const areApart = (pieces: readonly StrokePiece[], count: number): boolean =>
  pieces.every(({ from, to }, i) => from <= to && to <= count - 1 && from >= (pieces[i - 1]?.to ?? 0));

/** Keeps an area, and leads nowhere that numbers get lost. */
function isBounded({ transform, ends = [] }: Settings): boolean {
  return (!transform || keepsAnArea(transform)) && ends.every((place) => Math.abs(place) <= MAX_COORDINATE * MAX_SCALE);
}

function keepsAnArea(matrix: Matrix): boolean {
  const [a, b, c, d, e, f] = matrix;
  const size = Math.abs(determinantOf(matrix));
  return (
    [a, b, c, d].every((value) => Math.abs(value) <= MAX_SCALE) &&
    size >= 1 / MAX_SCALE ** 2 &&
    Math.max(Math.abs(e), Math.abs(f)) <= MAX_COORDINATE * MAX_SCALE
  );
}

export function inBounds(samples: Samples, precision: number, nib: Nib): boolean {
  const most = MAX_COORDINATE / stepOf(precision);
  let within = true;
  walkSamples(samples, samples.length, nib, (x, y, pressure, _dt, tilt) => {
    within &&= Math.abs(x) <= most && Math.abs(y) <= most && pressure >= 0 && pressure <= 255;
    if (tilt) within &&= Math.abs(tilt.x) <= MAX_TILT && Math.abs(tilt.y) <= MAX_TILT;
  });
  return within;
}
