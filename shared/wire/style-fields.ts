// How shapes look and what else can be set of them.

import type { Attributes, Ends, Settings, Touch, Touches } from '../settings.ts';
import { MAX_ALT_LENGTH, MAX_LETTER_SIZE, MAX_LINK_LENGTH, MAX_TEXT_LENGTH, MAX_WIDTH } from '../limits.ts';
import type { Matrix } from '../matrix.ts';
import type { Style } from '../style.ts';
import { expectCount, type Field, flag, integer, jsonObject, record, sparse, text, word } from './field.ts';
import { authorNumber, color, image, MAX_COUNT, ordinal, shape } from './fields.ts';
import { checkLetters, checkLink, checkWidth, eighths } from './validate.ts';
import { WireError } from './wire-error.ts';

const inEighths = (max: number, check: (json: unknown, name: string) => number): Field<number> => {
  const steps = integer(1, max * 8);
  return {
    form: `${steps.form} eighths`,
    write: (out, value) => steps.write(out, Math.round(value * 8)),
    read: (from, label) => steps.read(from, label) / 8,
    toJson: (value) => value,
    fromJson: check,
  };
};

const inTwentieths = (min: number): Field<number> => {
  const steps = integer(min, 20);
  const checked = (json: unknown, name: string): number => {
    if (typeof json === 'number' && json >= min / 20 && json <= 1 && Math.round(json * 20) / 20 === json) return json;
    throw new WireError(`${name} must be a multiple of 0.05 from ${min / 20} to 1.`);
  };
  return {
    form: `${steps.form} twentieths`,
    write: (out, value) => steps.write(out, Math.round(value * 20)),
    read: (from, label) => steps.read(from, label) / 20,
    toJson: (value) => value,
    fromJson: checked,
  };
};

export const width: Field<number> = inEighths(MAX_WIDTH, checkWidth);

type Look = Omit<Style, 'color' | 'width'>;

/** Codes 0 to 15; never given to another. */
const lookTable = {
  fill: [2, word({ none: 0, tint: 1, solid: 2 })],
  dash: [3, word({ solid: 0, dashed: 1, dotted: 2 })],
  opacity: [4, inTwentieths(1)],
  corners: [5, word({ sharp: 0, round: 1 })],
  bend: [6, word({ straight: 0, curved: 1, elbow: 2 })],
  heads: [7, word({ none: 0, end: 1, both: 2 })],
  size: [8, inEighths(MAX_LETTER_SIZE, (json, name) => eighths(json, name, MAX_LETTER_SIZE))],
  family: [9, word({ sans: 0, serif: 1, mono: 2, hand: 3 })],
  weight: [10, word({ normal: 0, bold: 1 })],
  align: [11, word({ left: 0, centre: 1, right: 2 })],
  smoothing: [12, inTwentieths(0)],
} as const;

const look: Field<Look> = sparse<Look>('style', lookTable as never);

/** Most strokes have a colour and a width and nothing else. */
export const style: Field<Style> = {
  form: `[color: ${color.form}; width: ${width.form}] and perhaps ${look.form}`,
  write(out, { color: ink, width: broad, ...rest }) {
    const isPlain = Object.keys(rest).length === 0;
    out.array(isPlain ? 2 : 3);
    color.write(out, ink);
    width.write(out, broad);
    if (!isPlain) look.write(out, rest);
  },
  read(from, name) {
    const count = from.array(name, 3);
    if (count < 2) expectCount(name, count, 2);
    const plain = { color: color.read(from, `${name}.color`), width: width.read(from, `${name}.width`) };
    return count === 2 ? plain : { ...plain, ...look.read(from, name) };
  },
  toJson: ({ color: ink, width: broad, ...rest }) => ({
    color: ink,
    width: broad,
    ...(look.toJson(rest) as object),
  }),
  fromJson(json, name) {
    const { color: ink, width: broad, ...rest } = jsonObject(json, name);
    return {
      color: color.fromJson(ink, `${name}.color`),
      width: width.fromJson(broad, `${name}.width`),
      ...look.fromJson(rest, name),
    };
  },
};

const finite: Field<number> = {
  form: 'float',
  write: (out, value) => out.double(value),
  read: (from, label) => checkFinite(from.float(label), label),
  toJson: (value) => value,
  fromJson: checkFinite,
};

function checkFinite(value: unknown, name: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value + 0;
  throw new WireError(`${name} must be a number.`);
}

/** A place in the stack. */
export const z: Field<number> = {
  ...finite,
  form: `float within ${MAX_COUNT}`,
  read: (from, label) => checkPlace(from.float(label), label),
  fromJson: checkPlace,
};

function checkPlace(value: unknown, name: string): number {
  if (typeof value === 'number' && Math.abs(value) <= MAX_COUNT) return value + 0;
  throw new WireError(`${name} must be a number within ${MAX_COUNT}.`);
}

/** Two numbers where it only moves. */
export const matrix: Field<Matrix> = {
  form: '[x, y] or [a, b, c, d, e, f] floats',
  write(out, [a, b, c, d, e, f]) {
    const numbers = a === 1 && b === 0 && c === 0 && d === 1 ? [e, f] : [a, b, c, d, e, f];
    out.array(numbers.length);
    for (const number of numbers) finite.write(out, number);
  },
  read(from, name) {
    const count = from.array(name, 6);
    if (count !== 2) expectCount(name, count, 6);
    return matrixOf(Array.from({ length: count }, () => finite.read(from, name)));
  },
  toJson: (value) => value,
  fromJson(json, name) {
    if (!Array.isArray(json) || (json.length !== 6 && json.length !== 2)) {
      throw new WireError(`${name} must be [x, y] or [a, b, c, d, e, f].`);
    }
    return matrixOf(json.map((value, i) => checkFinite(value, `${name}[${i}]`)));
  },
};

const matrixOf = (numbers: readonly number[]): Matrix =>
  numbers.length === 2 ? [1, 0, 0, 1, numbers[0] as number, numbers[1] as number] : (numbers as unknown as Matrix);

const ends: Field<Ends> = {
  form: '[] or [x, y, x, y] floats',
  write(out, places) {
    out.array(places.length);
    for (const place of places) finite.write(out, place);
  },
  read(from, name) {
    const count = from.array(name, 4);
    if (count !== 0) expectCount(name, count, 4);
    return Array.from({ length: count }, () => finite.read(from, name)) as unknown as Ends;
  },
  toJson: (value) => value,
  fromJson(json, name) {
    if (!Array.isArray(json) || (json.length !== 4 && json.length !== 0)) {
      throw new WireError(`${name} must be [] or [x, y, x, y].`);
    }
    return json.map((value, i) => checkFinite(value, `${name}[${i}]`)) as unknown as Ends;
  },
};

const attributeTable = {
  transform: [17, matrix],
  text: [18, text('text', MAX_TEXT_LENGTH, checkLetters(MAX_TEXT_LENGTH))],
  locked: [19, flag],
  group: [20, noneOr(shape)],
  link: [21, text('address', MAX_LINK_LENGTH, checkLink)],
  alt: [22, text('text', MAX_ALT_LENGTH, checkLetters(MAX_ALT_LENGTH))],
  image: [23, noneOr(image)],
  from: [24, noneOr(shape)],
  to: [25, noneOr(shape)],
  ends: [26, ends],
} as const;

/** Codes are never given to another; 0 to 15 are those of a style. */
const settingTable = {
  color: [0, color],
  width: [1, width],
  ...lookTable,
  z: [16, z],
  ...attributeTable,
} as const;

export const attributes: Field<Attributes> = sparse<Attributes>('attributes', attributeTable as never);
export const settings: Field<Settings> = sparse<Settings>('settings', settingTable as never);

const touch: Field<Touch> = record<Touch>('touch', { by: authorNumber, gesture: ordinal });
export const touches: Field<Touches> = sparse<Touches>(
  'touches',
  Object.fromEntries(Object.entries(settingTable).map(([key, [code]]) => [key, [code, touch]])) as never,
);

/** Empty text for none. */
function noneOr<T extends string>(field: Field<T>): Field<T | ''> {
  return {
    form: `${field.form} or ''`,
    write: (out, value) => (value === '' ? out.text('') : field.write(out, value)),
    read: (from, name) => (from.skipEmptyText() ? '' : field.read(from, name)),
    toJson: (value) => value,
    fromJson: (json, name) => (json === '' ? '' : field.fromJson(json, name)),
  };
}
