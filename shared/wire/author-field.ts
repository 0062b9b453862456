// An author in a snapshot, with what they can undo and redo.

import type { Author, Gesture, ShapeChange } from '../board.ts';
import { type ClientId, shapeId } from '../ids.ts';
import { MAX_SHAPES, MAX_UNDO } from '../limits.ts';
import { expectCount, type Field, list, nullable, partsOf, readParts, record, writeParts } from './field.ts';
import { client, color, count, name, ordinal, shape } from './fields.ts';
import type { PackedReader } from './packed-reader.ts';
import type { PackedWriter } from './packed-writer.ts';
import { settings, touches } from './style-fields.ts';

/** One gesture may go over a board many times. */
const MAX_ERASED = 2 ** 24;
const shapes = list(shape, MAX_ERASED);
const change: Field<ShapeChange> = record<ShapeChange>('change', {
  shape,
  before: settings,
  touched: touches,
  after: settings,
});
const gesture: Field<Gesture> = record<Gesture>('gesture', {
  number: ordinal,
  made: shapes,
  erased: shapes,
  changed: list(change, MAX_SHAPES),
});

const own = { client, name, color, settled: count, gesture: count, stroke: nullable(shape) };
const ownParts = partsOf<Omit<Author, 'done' | 'undone'>>('author', own);
const whole = record<Author>('author', { ...own, done: list(gesture, MAX_UNDO), undone: list(gesture, MAX_UNDO) });

/** When packed, a gesture that drew a stroke is only its number: most are, and each author keeps a hundred. */
export const author: Field<Author> = {
  ...whole,
  form: `${whole.form}, strokes as numbers`,
  write(out, value) {
    out.array(ownParts.length + 2);
    writeParts(out, ownParts, value);
    writeGestures(out, value.client, value.done);
    writeGestures(out, value.client, value.undone);
  },
  read(from, label) {
    expectCount(label, from.array(label, ownParts.length + 2), ownParts.length + 2);
    const value = readParts(from, ownParts, {}) as Author;
    const done = readGestures(from, value.client, 'author.done');
    return { ...value, done, undone: readGestures(from, value.client, 'author.undone') };
  },
};

function writeGestures(out: PackedWriter, by: ClientId, gestures: readonly Gesture[]): void {
  out.array(gestures.length);
  for (const each of gestures) {
    if (isStroke(each, by)) out.integer(each.number);
    else gesture.write(out, each);
  }
}

const isStroke = ({ number, made, erased, changed }: Gesture, by: ClientId): boolean =>
  erased.length === 0 && changed.length === 0 && made.length === 1 && made[0] === shapeId(by, number);

function readGestures(from: PackedReader, by: ClientId, label: string): Gesture[] {
  const gestures: Gesture[] = [];
  for (let left = from.array(label, MAX_UNDO); left > 0; left--) {
    gestures.push(from.nextIsArray ? gesture.read(from, label) : strokeOf(by, ordinal.read(from, label)));
  }
  return gestures;
}

const strokeOf = (by: ClientId, number: number): Gesture => ({
  number,
  made: [shapeId(by, number)],
  erased: [],
  changed: [],
});
