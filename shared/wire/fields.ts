// The fields that messages are made of.

import { type Color, isPaletteColor, palette, paletteColors } from '../color.ts';
import type { GestureStep, PointerKind } from '../event.ts';
import type { Box } from '../geometry.ts';
import type { BoardId, ClientId, Epoch, ImageId, ParticipantId, ShapeId } from '../ids.ts';
import {
  MAX_AUTHORS,
  MAX_NAME_LENGTH,
  MAX_PRECISION,
  MAX_PLACED_SAMPLES,
  MAX_SAMPLES_PER_COMMAND,
  MAX_TITLE_LENGTH,
  MIN_PRECISION,
} from '../limits.ts';
import type { Access, Role } from '../roles.ts';
import { MAX_SAMPLE_BYTES, type Samples } from '../samples.ts';
import { kinds } from '../shapes/kinds.ts';
import type { KindName } from '../shapes/shape.ts';
import { type Field, integer, record, text, word } from './field.ts';
import type { Point } from './message.ts';
import {
  checkBoard,
  checkClient,
  checkColor,
  checkCoordinate,
  checkEpoch,
  checkImage,
  checkKeyHash,
  checkName,
  checkParticipant,
  checkSamples,
  checkSecret,
  checkShape,
  checkTitle,
} from './validate.ts';
import { noSuchCode, WireError } from './wire-error.ts';

/** Far beyond any board, and sums of a few of them are exact. */
export const MAX_COUNT = 2 ** 50;

export const count: Field<number> = integer(0, MAX_COUNT);
/** Numbers of commands, shapes and gestures: those of shapes are part of ids with 15 digits. */
export const ordinal: Field<number> = integer(1, 999_999_999_999_999);
export const millis: Field<number> = integer(0, MAX_COUNT);
export const authorNumber: Field<number> = integer(0, MAX_AUTHORS);
export const slot: Field<number> = integer(1, 999_999);
export const precision: Field<number> = integer(MIN_PRECISION, MAX_PRECISION);

export const name: Field<string> = text('name', MAX_NAME_LENGTH, checkName);
export const title: Field<string> = text('title', MAX_TITLE_LENGTH, checkTitle);
/** Written by the server for a person to read. */
export const notice: Field<string> = text('text', 500, (notice) => notice);
export const client: Field<ClientId> = text('client id', 19, checkClient);
export const participant: Field<ParticipantId> = text('participant id', 12, checkParticipant);
export const shape: Field<ShapeId> = text('shape id', 35, checkShape);
export const image: Field<ImageId> = text('SHA-256 in base64url', 43, checkImage);
export const board: Field<BoardId> = text('board id', 16, checkBoard);
export const epoch: Field<Epoch> = text('epoch', 32, checkEpoch);
export const secret: Field<string> = text('secret', 128, checkSecret);
export const keyHash: Field<string> = text('SHA-256 in base64url', 43, checkKeyHash);

export const access: Field<Access> = word({ private: 0, view: 1, edit: 2 });
export const role: Field<Role> = word({ viewer: 0, editor: 1, owner: 2 });
export const pointer: Field<PointerKind> = word({ mouse: 0, pen: 1, touch: 2 });
export const step: Field<GestureStep['step']> = word({ do: 0, undo: 1, redo: 2 });
export const kind: Field<KindName> = word(
  Object.fromEntries(Object.values(kinds).map(({ name, code }) => [name, code])) as Record<KindName, number>,
);

/** Above the codes of the palette: 24 bits of red, green and blue. */
const RGB = 0x1000000;
const paletteByCode = new Map<number, Color>(paletteColors.map((each) => [palette[each].code, each]));

export const color: Field<Color> = {
  ...text('palette code or 0x1000000 + rgb', 16, checkColor),
  write: (out, value) => out.integer(isPaletteColor(value) ? palette[value].code : RGB + parseInt(value.slice(1), 16)),
  read(from, label) {
    const code = from.integer(label);
    if (code >= RGB && code < 2 * RGB) return `#${(code - RGB).toString(16).padStart(6, '0')}`;
    const named = paletteByCode.get(code);
    if (named === undefined) throw noSuchCode(code, `${label} must be a palette code or ${RGB} + rgb, not ${code}.`);
    return named;
  },
};

/** Of 24 significant bits, as it is written. */
const coordinate: Field<number> = {
  form: 'float',
  write: (out, value) => out.float(value),
  read: (from, label) => checkCoordinate(Math.fround(from.float(label)), label),
  toJson: (value) => value,
  fromJson: checkCoordinate,
};

export const point: Field<Point> = record('point', { x: coordinate, y: coordinate });
export const box: Field<Box> = record('box', {
  minX: coordinate,
  minY: coordinate,
  maxX: coordinate,
  maxY: coordinate,
});

/** A stroke's first run, whose pressures count from 0, and the runs that go on. */
export const openingSamples: Field<Samples> = samples('first samples', true, MAX_SAMPLES_PER_COMMAND);
export const furtherSamples: Field<Samples> = samples('samples', false, MAX_SAMPLES_PER_COMMAND);
/** A whole stroke at once. */
export const allSamples: Field<Samples> = samples('all samples', true, MAX_PLACED_SAMPLES);

function samples(form: string, opens: boolean, max: number): Field<Samples> {
  const checked = (bytes: Uint8Array, label: string): Samples => {
    checkSamples(bytes, label, opens, max);
    return bytes as Samples;
  };
  return {
    form,
    write: (out, value) => out.binary(value),
    read: (from, label) => checked(from.binary(label, max * MAX_SAMPLE_BYTES), label),
    // As JSON a run is points, which takes knowing where it starts: see json-points.ts.
    toJson: (value) => value,
    fromJson(json, label) {
      if (json instanceof Uint8Array) return checked(json, label);
      throw new WireError(`${label} must be packed samples.`);
    },
  };
}
