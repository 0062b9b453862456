// What each value from outside must be. Past these checks nothing is checked again.

import { type Color, isColor } from '../color.ts';
import {
  type BoardId,
  type ClientId,
  type Epoch,
  type ImageId,
  isBoardId,
  isClientId,
  isEpoch,
  isImageId,
  isParticipantId,
  isShapeId,
  type ParticipantId,
  type ShapeId,
} from '../ids.ts';
import {
  MAX_COORDINATE,
  MAX_LINK_LENGTH,
  MAX_NAME_LENGTH,
  MAX_PRECISION,
  MAX_SAMPLE_GAP,
  MAX_SAMPLES_PER_COMMAND,
  MAX_TITLE_LENGTH,
  MAX_WIDTH,
  MIN_WIDTH,
} from '../limits.ts';
import { MAX_TILT, readVarint } from '../samples.ts';
import { lettersFault, textFault } from '../text.ts';
import { WireError } from './wire-error.ts';

/** Widths are multiples of 1 / this, in board units. */
export const WIDTH_STEPS = 8;
/** Furthest that a run may lead from where it starts, in steps of the finest precision: from one end to the other. */
export const MAX_STEPS = 2 * MAX_COORDINATE * 2 ** MAX_PRECISION;

export const checkName = (text: string, name: string): string => checkText(text, name, 1, MAX_NAME_LENGTH);
export const checkTitle = (text: string, name: string): string => checkText(text, name, 0, MAX_TITLE_LENGTH);

function checkText(text: string, name: string, minLength: number, maxLength: number): string {
  const fault = textFault(text, minLength, maxLength);
  if (fault) throw new WireError(`${name} must ${fault}.`);
  return text.trim();
}

export const checkColor: (text: string, name: string) => Color = matching(isColor, 'a palette colour or #rrggbb');
export const checkBoard: (text: string, name: string) => BoardId = matching(isBoardId, 'a board id');
export const checkClient: (text: string, name: string) => ClientId = matching(isClientId, 'a client id');
export const checkParticipant: (text: string, name: string) => ParticipantId = matching(
  isParticipantId,
  'a participant id',
);
export const checkShape: (text: string, name: string) => ShapeId = matching(isShapeId, 'a shape id');
export const checkEpoch: (text: string, name: string) => Epoch = matching(isEpoch, 'an epoch');
export const checkImage: (text: string, name: string) => ImageId = matching(isImageId, 'the id of an image');
export const checkSecret = pattern(/^[A-Za-z0-9_-]{16,128}$/, '16 to 128 characters of A-Z a-z 0-9 _ -');
/** SHA-256 in base64url. */
export const checkKeyHash = pattern(/^[A-Za-z0-9_-]{43}$/, '43 characters of base64url');

function matching<T extends string>(is: (text: string) => text is T, expected: string) {
  return (text: string, name: string): T => {
    if (!is(text)) throw new WireError(`${name} must be ${expected}.`);
    return text;
  };
}

function pattern(form: RegExp, expected: string) {
  return matching((text): text is string => form.test(text), expected);
}

/** A width in board units. */
export function checkWidth(width: unknown, name: string): number {
  const steps = Number(width) * WIDTH_STEPS;
  if (typeof width === 'number' && Number.isInteger(steps) && width >= MIN_WIDTH && width <= MAX_WIDTH) return width;
  throw new WireError(`${name} must be a multiple of ${1 / WIDTH_STEPS} from ${MIN_WIDTH} to ${MAX_WIDTH}.`);
}

/** A length in eighths of a board unit. */
export function eighths(value: unknown, name: string, max: number): number {
  if (typeof value === 'number' && Number.isInteger(value * 8) && value > 0 && value <= max) return value;
  throw new WireError(`${name} must be a multiple of 1/8 from 1/8 to ${max}.`);
}

/** What is written on the board: lines of text. */
export const checkLetters =
  (maxLength: number) =>
  (text: string, name: string): string => {
    const fault = lettersFault(text, maxLength);
    if (fault) throw new WireError(`${name} must ${fault}.`);
    return text;
  };

const LINK = /^(https?:\/\/|mailto:)[^\s<>"'`\\\p{C}]+$/iu;

/** An address that a click may lead to: of the web or of a mailbox, never a script. Empty for none. */
export function checkLink(text: string, name: string): string {
  if (text === '' || (text.length <= MAX_LINK_LENGTH && LINK.test(text))) return text;
  throw new WireError(
    `${name} must begin with https://, http:// or mailto: and have at most ${MAX_LINK_LENGTH} characters.`,
  );
}

/** A coordinate of something that points, in board units. */
export function checkCoordinate(value: unknown, name: string): number {
  if (typeof value === 'number' && Math.abs(value) <= MAX_COORDINATE) return value === 0 ? 0 : value;
  throw new WireError(`${name} must be a number within ${MAX_COORDINATE} of the origin.`);
}

/**
 * A run of packed samples: well-formed, whole, in its shortest form, and with sums that stay exact in arithmetic.
 * Where it lies on the board depends on the stroke, and is for `decide` to judge.
 * `opens`: it is a stroke's first run, whose pressures count from 0.
 */
export function checkSamples(bytes: Uint8Array, name: string, opens: boolean, max = MAX_SAMPLES_PER_COMMAND): void {
  const reader = { bytes, offset: 0 };
  let [count, x, y, pressure, lowest, highest] = [0, 0, 0, 0, 0, 0];
  const tilt = new TiltRange();
  while (reader.offset < bytes.length) {
    x += shortVarint(reader, name);
    y += shortVarint(reader, name);
    pressure += shortVarint(reader, name);
    let gap = shortVarint(reader, name);
    if (gap < 0) {
      gap = -1 - gap;
      tilt.change(...changeOfTilt(reader, name), opens, name);
    }
    if (Math.abs(x) > MAX_STEPS || Math.abs(y) > MAX_STEPS) throw new WireError(`${name} must not leave the board.`);
    if (pressure < lowest) lowest = pressure;
    if (pressure > highest) highest = pressure;
    if (highest - lowest > 255 || (opens && lowest < 0)) {
      throw new WireError(`${name} must have pressures from 0 to 255.`);
    }
    if (gap > MAX_SAMPLE_GAP) throw new WireError(`${name} must have gaps of 0 to ${MAX_SAMPLE_GAP} ms.`);
    count++;
  }
  if (count < 1 || count > max) {
    throw new WireError(`${name} must have 1 to ${max} samples, not ${count}.`);
  }
}

/** In degrees. */
export type TiltChange = readonly [x: number, y: number];

/** What follows a sample that leans otherwise than the one before. @throws WireError */
export function changeOfTilt(reader: { readonly bytes: Uint8Array; offset: number }, name: string): TiltChange {
  const change = [shortVarint(reader, name), shortVarint(reader, name)] as const;
  if (change.every((by) => by === 0) || change.some((by) => Math.abs(by) > 2 * MAX_TILT)) {
    throw new WireError(`${name} must have tilts that change, within ${MAX_TILT} degrees.`);
  }
  return change;
}

/** How far a pen leans in a run, from how it did before. */
class TiltRange {
  readonly #now: [number, number] = [0, 0];
  readonly #lowest: [number, number] = [0, 0];
  readonly #highest: [number, number] = [0, 0];

  change(x: number, y: number, opens: boolean, name: string): void {
    for (const [axis, by] of [
      [0, x],
      [1, y],
    ] as const) {
      const now = (this.#now[axis] += by);
      const lowest = (this.#lowest[axis] = Math.min(this.#lowest[axis], now));
      const highest = (this.#highest[axis] = Math.max(this.#highest[axis], now));
      const isWithin = opens ? Math.max(-lowest, highest) <= MAX_TILT : highest - lowest <= 2 * MAX_TILT;
      if (!isWithin) throw new WireError(`${name} must have tilts within ${MAX_TILT} degrees.`);
    }
  }
}

export function shortVarint(reader: { readonly bytes: Uint8Array; offset: number }, name: string): number {
  const start = reader.offset;
  const value = readVarint(reader);
  if (Number.isNaN(value)) throw new WireError(`${name} must be whole numbers of at most 42 bits.`);
  if (reader.offset - start > 1 && reader.bytes[reader.offset - 1] === 0)
    throw new WireError(`${name} must be in its shortest form.`);
  return value;
}
