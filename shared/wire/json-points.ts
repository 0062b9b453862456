// Samples as JSON: `[[x, y, pressure, dt], …]`, in board units, from 0 to 1, and in ms; where a pen leans, its tilt
// follows: `[x, y, pressure, dt, tiltX, tiltY]`, in degrees. Absolute, unlike packed runs.

import { emptyInk, extendInk, type Ink, inkSamples } from '../ink.ts';
import { MAX_COORDINATE, MAX_SAMPLE_GAP, MAX_SAMPLES_PER_STROKE } from '../limits.ts';
import {
  MAX_TILT,
  type Nib,
  NIB_AT_ORIGIN,
  packSamples,
  type Sample,
  type Samples,
  unpackSamples,
} from '../samples.ts';
import { WireError } from './wire-error.ts';

type JsonPoint = readonly [x: number, y: number, pressure: number, dt: number, ...tilt: readonly number[]];

/** Three decimals tell the 256 pressures apart. */
const toJson = ({ x, y, pressure, dt, tilt }: Sample): JsonPoint => [
  x,
  y,
  Math.round(pressure * 1000) / 1000,
  dt,
  ...(tilt ? [tilt.x, tilt.y] : []),
];

export const pointsOfSamples = (samples: Samples, precision: number, nib: Nib): readonly JsonPoint[] =>
  unpackSamples(samples, precision, nib).map(toJson);

export const pointsOfInk = (ink: Ink): readonly JsonPoint[] => inkSamples(ink).map(toJson);

export const samplesOfPoints = (points: unknown, max: number, precision: number, nib: Nib, name: string) =>
  packSamples(checkPoints(points, max, name), precision, nib);

export function inkOfPoints(points: unknown, precision: number, name: string): Ink {
  const { samples } = samplesOfPoints(points, MAX_SAMPLES_PER_STROKE, precision, NIB_AT_ORIGIN, name);
  return extendInk(emptyInk(precision), samples);
}

function checkPoints(points: unknown, max: number, name: string): Sample[] {
  if (!Array.isArray(points)) throw new WireError(`${name} must be an array of points [x, y, pressure, dt].`);
  if (points.length < 1 || points.length > max) {
    throw new WireError(`${name} must have 1 to ${max} points, not ${points.length}.`);
  }
  return points.map((point, i) => checkPoint(point, `${name}[${i}]`));
}

function checkPoint(point: unknown, name: string): Sample {
  if (!Array.isArray(point) || (point.length !== 4 && point.length !== 6)) {
    throw new WireError(`${name} must be [x, y, pressure, dt] or [x, y, pressure, dt, tiltX, tiltY].`);
  }
  const [x, y, pressure, dt, tiltX = 0, tiltY = 0] = point as unknown[];
  const tilt = {
    x: within(tiltX, -MAX_TILT, MAX_TILT, `${name}: tiltX`),
    y: within(tiltY, -MAX_TILT, MAX_TILT, `${name}: tiltY`),
  };
  return {
    x: within(x, -MAX_COORDINATE, MAX_COORDINATE, `${name}: x`),
    y: within(y, -MAX_COORDINATE, MAX_COORDINATE, `${name}: y`),
    pressure: within(pressure, 0, 1, `${name}: pressure`),
    dt: within(dt, 0, MAX_SAMPLE_GAP, `${name}: dt`),
    tilt,
  };
}

function within(value: unknown, min: number, max: number, name: string): number {
  if (typeof value === 'number' && value >= min && value <= max) return value;
  throw new WireError(`${name} must be a number from ${min} to ${max}.`);
}
