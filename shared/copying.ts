import type { Command } from './command.ts';
import type { ShapeId } from './ids.ts';
import { type Ink, inkBytes, partOfInk } from './ink.ts';
import { MAX_PLACED_BYTES, MAX_PLACED_SAMPLES } from './limits.ts';
import type { Matrix } from './matrix.ts';
import { movedBy, type Settings } from './settings.ts';
import type { Shape } from './shapes/shape.ts';

export interface Copying {
  readonly gesture: number;
  /** Of the copy: higher than the gesture's and than any before. */
  readonly number: number;
  /** How it is moved. */
  readonly by: Matrix;
  /** That the copy belongs to; '' for none. */
  readonly group: ShapeId | '';
  /** What the copy of a line holds to; without that, to nothing. */
  readonly holds?: Pick<Settings, 'from' | 'to'>;
  /** Its place in the stack; in front where there is none. */
  readonly z?: number;
}

/** The command that places a shape like another. Its ink must be one of `inParts`. */
export function copyOf(shape: Shape, { gesture, number, by, group, holds, z }: Copying): Command {
  const { group: _, locked: __, from: ___, to: ____, ...attributes } = shape.attributes;
  const settings: Settings = {
    ...attributes,
    ...movedBy(by, shape),
    ...holds,
    ...(group ? { group } : {}),
    ...(z === undefined ? {} : { z }),
  };
  const { kind, style, pointer, ink } = shape;
  const { precision } = ink;
  return { type: 'PlaceShape', gesture, number, kind, style, pointer, precision, samples: inkBytes(ink), settings };
}

/** Ink that is too long for one command in halves, and these again; each begins where the one before ends. */
export function inParts(ink: Ink): Ink[] {
  if (ink.count <= MAX_PLACED_SAMPLES && ink.length <= MAX_PLACED_BYTES) return [ink];
  const middle = ink.count >> 1;
  return [...inParts(partOfInk(ink, 0, middle)), ...inParts(partOfInk(ink, middle, ink.count - 1))];
}
