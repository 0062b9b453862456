import type { StrokePiece } from '../event.ts';
import { MAX_PIECES, MAX_SAMPLES_PER_STROKE } from '../limits.ts';
import type { Settings } from '../settings.ts';
import { type Field, list, record } from './field.ts';
import { ordinal } from './fields.ts';
import { settings } from './style-fields.ts';
import { WireError } from './wire-error.ts';

/** A place along a stroke, between two samples too. */
const place: Field<number> = {
  form: `float 0…${MAX_SAMPLES_PER_STROKE}`,
  write: (out, value) => out.double(value),
  read: (from, label) => checkPlace(from.float(label), label),
  toJson: (value) => value,
  fromJson: checkPlace,
};

function checkPlace(value: unknown, name: string): number {
  if (typeof value === 'number' && value >= 0 && value <= MAX_SAMPLES_PER_STROKE) return value + 0;
  throw new WireError(`${name} must be a number from 0 to ${MAX_SAMPLES_PER_STROKE}.`);
}

export const pieces: Field<readonly StrokePiece[]> = list(
  record<StrokePiece>('piece', { number: ordinal, from: place, to: place }),
  MAX_PIECES,
);

export const settingsList = (max: number): Field<readonly Settings[]> => list(settings, max);
