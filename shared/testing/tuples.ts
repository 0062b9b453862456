// MessagePack that no writer of ours would write, for tests of what reads it.

import { packed } from '../wire/packed-writer.ts';

/** Bytes that stand for themselves within a tuple. */
export interface Raw {
  readonly raw: readonly number[];
}

export type Tuple = readonly Part[];
export type Part = number | string | boolean | null | Uint8Array | Raw | Tuple;

export const bytesOf = (part: Part): Uint8Array => Uint8Array.from(flatten(part));

function flatten(part: Part): number[] {
  if (part === null) return [0xc0];
  if (typeof part === 'boolean') return [part ? 0xc3 : 0xc2];
  if (typeof part === 'number')
    return Number.isSafeInteger(part) && !Object.is(part, -0) ? integer(part) : float64(part);
  if (typeof part === 'string') return [...packed((out) => out.text(part))];
  if (part instanceof Uint8Array) return [...packed((out) => out.binary(part))];
  if ('raw' in part) return [...part.raw];
  return [...packed((out) => out.array(part.length)), ...part.flatMap(flatten)];
}

const integer = (value: number): number[] => [...packed((out) => out.integer(value))];

function float64(value: number): number[] {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return [0xcb, ...new Uint8Array(view.buffer)];
}

/** The places of everything in a tuple that is no tuple itself. */
export function leavesOf(part: Part, path: readonly number[] = []): (readonly number[])[] {
  return isTuple(part) ? part.flatMap((inner, i) => leavesOf(inner, [...path, i])) : [path];
}

/** The places of all tuples in a tuple. */
export function tuplesOf(part: Part, path: readonly number[] = []): (readonly number[])[] {
  return isTuple(part) ? [path, ...part.flatMap((inner, i) => tuplesOf(inner, [...path, i]))] : [];
}

export function replaced(part: Part, [at, ...rest]: readonly number[], change: (part: Part) => Part): Part {
  if (at === undefined) return change(part);
  return (part as Tuple).map((inner, i) => (i === at ? replaced(inner, rest, change) : inner));
}

export function partAt(part: Part, path: readonly number[]): Part {
  return path.reduce((inner, at) => (inner as Tuple)[at] as Part, part);
}

export const isTuple = (part: Part): part is Tuple => Array.isArray(part);
