// Random looks, settings and movements of shapes, valid unless they say otherwise. For tests only.

import fc, { type Arbitrary } from 'fast-check';
import { type Color, paletteColors } from '../color.ts';
import { MAX_LETTER_SIZE, MAX_TEXT_LENGTH, MAX_WIDTH } from '../limits.ts';
import { determinantOf, type Matrix } from '../matrix.ts';
import type { Settings } from '../settings.ts';
import { kinds } from '../shapes/kinds.ts';
import type { KindName } from '../shapes/shape.ts';
import type { Style } from '../style.ts';
import { cleanLetters } from '../text.ts';

/**
 * Any of a billion fractions. `fc.double` tries every bit pattern, by way of BigInt: 30 times as long, and most of a test.
 */
export const anyBetween = (min: number, max: number): Arbitrary<number> =>
  fc.integer({ min: 0, max: 2 ** 30 }).map((part) => min + (max - min) * (part / 2 ** 30));

export const anyColor: Arbitrary<Color> = fc.oneof(
  fc.constantFrom<Color>(...paletteColors),
  fc.integer({ min: 0, max: 0xffffff }).map((rgb): Color => `#${rgb.toString(16).padStart(6, '0')}`),
);

const eighths = (max: number): Arbitrary<number> => fc.integer({ min: 1, max: max * 8 }).map((count) => count / 8);
const twentieths = (min: number): Arbitrary<number> => fc.integer({ min, max: 20 }).map((count) => count / 20);

const width = eighths(MAX_WIDTH);
const look = {
  fill: fc.constantFrom('none', 'tint', 'solid'),
  dash: fc.constantFrom('solid', 'dashed', 'dotted'),
  opacity: twentieths(1),
  corners: fc.constantFrom('sharp', 'round'),
  bend: fc.constantFrom('straight', 'curved', 'elbow'),
  heads: fc.constantFrom('none', 'end', 'both'),
  size: eighths(MAX_LETTER_SIZE),
  family: fc.constantFrom('sans', 'serif', 'mono', 'hand'),
  weight: fc.constantFrom('normal', 'bold'),
  align: fc.constantFrom('left', 'centre', 'right'),
  smoothing: twentieths(0),
} as const;

/** Mostly a colour and a width, as a pen has. */
export const anyStyle: Arbitrary<Style> = fc.oneof(
  fc.record({ color: anyColor, width }),
  fc.record({ color: anyColor, width, ...look }, { requiredKeys: ['color', 'width'] }),
) as Arbitrary<Style>;

export const anyKind: Arbitrary<KindName> = fc.oneof(
  fc.constant<KindName>('pen'),
  fc.constantFrom(...(Object.keys(kinds) as KindName[])),
);

const part = anyBetween(-4, 4);
const way = fc.oneof(fc.integer({ min: -500, max: 500 }), anyBetween(-500, 500));

export const anyMatrix: Arbitrary<Matrix> = fc.oneof(
  fc.tuple(way, way).map(([x, y]): Matrix => [1, 0, 0, 1, x, y]),
  fc.tuple(part, part, part, part, way, way).filter((matrix) => Math.abs(determinantOf(matrix)) > 0.01),
);

export const anyLetters: Arbitrary<string> = fc
  .array(fc.string({ unit: 'grapheme', maxLength: 20 }), { maxLength: 4 })
  .map((lines) => cleanLetters(lines.join('\n'), MAX_TEXT_LENGTH));

export const anySettings: Arbitrary<Settings> = fc.record(
  {
    color: anyColor,
    width,
    ...look,
    z: fc.oneof(fc.integer({ min: -50, max: 500 }), anyBetween(-50, 500)),
    transform: anyMatrix,
    text: anyLetters,
    locked: fc.boolean(),
    group: fc.constantFrom('', 'AAAAAAAAAAAA.1/7'),
    link: fc.constantFrom('', 'https://example.org/a?b=c#d'),
    alt: anyLetters,
    from: fc.constantFrom('', 'AAAAAAAAAAAA.1/7'),
    to: fc.constantFrom('', 'AAAAAAAAAAAA.1/8'),
    ends: fc.oneof(fc.constant([]), fc.tuple(way, way, way, way)),
    image: fc.constantFrom('', 'JIsPCahHz7vVnfUA8Y3yKXQJ1xqB_kV-0v1xXn5eYQE'),
  },
  { requiredKeys: [] },
) as Arbitrary<Settings>;
