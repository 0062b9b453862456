// Shapes in a snapshot, with all their ink.

import { type ClientId, shapeId } from '../ids.ts';
import { MAX_SHAPES } from '../limits.ts';
import { NO_ATTRIBUTES, UNTOUCHED } from '../settings.ts';
import type { Erasure, Shape } from '../shapes/shape.ts';
import {
  expectCount,
  expectOnly,
  type Field,
  flag,
  integer,
  jsonObject,
  list,
  nullable,
  partsFromJson,
  partsOf,
  partsToJson,
  record,
} from './field.ts';
import { authorNumber, client, kind, MAX_COUNT, millis, ordinal, pointer, precision, shape } from './fields.ts';
import { INK_FORM, MAX_INK_BYTES, packInk, PackedInk, unpackInk } from './ink-codec.ts';
import { inkOfPoints, pointsOfInk } from './json-points.ts';
import type { PackedReader } from './packed-reader.ts';
import type { PackedWriter } from './packed-writer.ts';
import { attributes, style, touches, z } from './style-fields.ts';
import { WireError } from './wire-error.ts';

const erasure = nullable(record<Erasure>('erasure', { by: authorNumber, gesture: ordinal }));
const clients = list(client, MAX_SHAPES);
const change = integer(-MAX_COUNT, MAX_COUNT);
const ELEMENTS = 12;
/** With what was set of it, and by whom. */
const MORE_ELEMENTS = 15;

/** What a packed shape is counted from: the one before it in its list. */
type Before = Pick<Shape, 'z' | 'startedAt'>;
const NONE_BEFORE: Before = { z: 0, startedAt: 0 };

/** Shapes from the back to the front. */
export const shapeList: Field<readonly Shape[]> = {
  form:
    '[clients, at most 1000000 × [place among clients, number, kind, style, pointer, author, z and startedAt since ' +
    `the one before, precision, ink (${INK_FORM}), open, erasure: nil or [by, gesture]; and perhaps all of z, ${attributes.form}, ${touches.form}]]`,
  write(out, shapes) {
    const places = placesOf(shapes);
    out.array(2);
    clients.write(out, [...places.keys()]);
    out.array(shapes.length);
    let before = NONE_BEFORE;
    for (const each of shapes) {
      writeShape(out, each, places, before);
      before = each;
    }
  },
  read(from, label) {
    expectCount(label, from.array(label, 2), 2);
    const makers = clients.read(from, label);
    const shapes: Shape[] = [];
    for (let left = from.array(label, MAX_SHAPES); left > 0; left--) {
      shapes.push(readShape(from, makers, shapes.at(-1) ?? NONE_BEFORE));
    }
    return shapes;
  },
  toJson: (shapes) => shapes.map(shapeToJson),
  fromJson(json, label) {
    if (!Array.isArray(json)) throw new WireError(`${label} must be an array.`);
    return json.map((each, i) => shapeFromJson(each, `${label}[${i}]`));
  },
};

const makerOf = ({ id }: Shape): ClientId => id.slice(0, id.indexOf('/')) as ClientId;
const numberOf = ({ id }: Shape): number => Number(id.slice(id.indexOf('/') + 1));

function placesOf(shapes: readonly Shape[]): Map<ClientId, number> {
  const places = new Map<ClientId, number>();
  for (const each of shapes) {
    const maker = makerOf(each);
    if (!places.has(maker)) places.set(maker, places.size);
  }
  return places;
}

function writeShape(out: PackedWriter, each: Shape, places: ReadonlyMap<ClientId, number>, before: Before): void {
  const more = hasMore(each);
  out.array(more ? MORE_ELEMENTS : ELEMENTS);
  out.integer(places.get(makerOf(each)) as number);
  out.integer(numberOf(each));
  kind.write(out, each.kind);
  style.write(out, each.style);
  pointer.write(out, each.pointer);
  out.integer(each.author);
  out.integer(Math.floor(each.z) - Math.floor(before.z));
  out.integer(each.startedAt - before.startedAt);
  out.integer(each.ink.precision);
  out.binary(packInk(each.ink));
  out.flag(each.open);
  erasure.write(out, each.erasure);
  if (!more) return;
  z.write(out, each.z);
  attributes.write(out, each.attributes);
  touches.write(out, each.touched);
}

/** Most shapes are as they were drawn. */
const hasMore = ({ z: place, attributes: set, touched }: Shape): boolean =>
  set !== NO_ATTRIBUTES || touched !== UNTOUCHED || !Number.isInteger(place);

function readShape(from: PackedReader, makers: readonly ClientId[], before: Before): Shape {
  const elements = from.array('shape', MORE_ELEMENTS);
  if (elements !== MORE_ELEMENTS) expectCount('shape', elements, ELEMENTS);
  const maker = makers[from.integer('shape.client')];
  if (maker === undefined) throw new WireError('shape.client must be a place among the clients.');
  const plain = {
    id: shapeId(maker, ordinal.read(from, 'shape.number')),
    kind: kind.read(from, 'shape.kind'),
    style: style.read(from, 'shape.style'),
    pointer: pointer.read(from, 'shape.pointer'),
    author: authorNumber.read(from, 'shape.author'),
    z: Math.floor(before.z) + change.read(from, 'shape.z'),
    startedAt: since(before.startedAt, change.read(from, 'shape.startedAt'), 'shape.startedAt'),
    ink: readInk(from),
    open: from.flag('shape.open'),
    erasure: erasure.read(from, 'shape.erasure'),
  };
  if (elements === ELEMENTS) return { ...plain, attributes: NO_ATTRIBUTES, touched: UNTOUCHED };
  return {
    ...plain,
    z: z.read(from, 'shape.z'),
    attributes: orNone(attributes.read(from, 'shape.attributes'), NO_ATTRIBUTES),
    touched: orNone(touches.read(from, 'shape.touched'), UNTOUCHED),
  };
}

const orNone = <T extends object>(value: T, none: T): T => (Object.keys(value).length > 0 ? value : none);

function since(before: number, change: number, label: string): number {
  const value = before + change;
  if (value < 0 || value > MAX_COUNT) throw new WireError(`${label} must come to 0 to ${MAX_COUNT}, not ${value}.`);
  return value;
}

function readInk(from: PackedReader): Shape['ink'] {
  const fineness = precision.read(from, 'shape.precision');
  if (from.vouched) {
    const size = from.skipBinary('shape.ink', MAX_INK_BYTES);
    return new PackedInk(from.bytes, from.offset, size, fineness);
  }
  return unpackInk(from.binaryView('shape.ink', MAX_INK_BYTES), fineness, 'shape.ink');
}

const jsonParts = partsOf<Omit<Shape, 'ink'>>('shape', {
  id: shape,
  kind,
  style,
  pointer,
  author: authorNumber,
  z,
  startedAt: millis,
  open: flag,
  erasure,
  attributes,
  touched: touches,
});

const shapeToJson = (each: Shape): unknown =>
  partsToJson(jsonParts, each, { precision: each.ink.precision, points: pointsOfInk(each.ink) });

function shapeFromJson(json: unknown, label: string): Shape {
  const object = jsonObject(json, label);
  expectOnly(object, jsonParts, ['precision', 'points'], label);
  const fineness = precision.fromJson(object['precision'], `${label}.precision`);
  const ink = inkOfPoints(object['points'], fineness, `${label}.points`);
  const shape = partsFromJson({ attributes: {}, touched: {}, ...object }, jsonParts, { ink }) as Shape;
  return {
    ...shape,
    attributes: orNone(shape.attributes, NO_ATTRIBUTES),
    touched: orNone(shape.touched, UNTOUCHED),
  };
}
