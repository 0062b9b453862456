import { type Author, authorNumberOf, type Board, type Gesture } from '../board.ts';
import { type Ink, inkBytes } from '../ink.ts';
import { getFrom, type PersistentMap, valuesOf } from '../persistent-map.ts';
import type { Shape } from '../shapes/shape.ts';

/** Whether two boards are the same value, down to the bytes of their ink. */
export const sameBoard = (a: Board, b: Board): boolean => boardDifference(a, b) === null;

/** The first thing in which two boards differ, in words; null where they are the same. */
export function boardDifference(a: Board, b: Board): string | null {
  if (a === b) return null;
  for (const key of ['revision', 'createdAt', 'at', 'title', 'access', 'editKeyHash', 'viewKeyHash'] as const) {
    if (a[key] !== b[key]) return `${key}: ${a[key]}, ${b[key]}`;
  }
  for (const key of ['origin', 'marks'] as const) {
    if (!sameValue(a[key], b[key])) return `${key}: ${show(a[key])}, ${show(b[key])}`;
  }
  if (a.authors.length !== b.authors.length) return `authors: ${a.authors.length}, ${b.authors.length}`;
  for (const [i, author] of a.authors.entries()) {
    if (!sameAuthor(author, b.authors[i] as Author)) return `author ${i + 1}: ${show(author)}, ${show(b.authors[i])}`;
    const [number, other] = [authorNumberOf(a, author.client), authorNumberOf(b, author.client)];
    if (number !== other) return `number of author ${i + 1}: ${number}, ${other}`;
  }
  const [held, other] = [a, b].map(({ holders }) => JSON.stringify([...valuesOf(holders)].sort()));
  if (held !== other) return `holders: ${held}, ${other}`;
  return shapesDifference('shape', a.shapes, b.shapes) ?? shapesDifference('erased shape', a.erased, b.erased);
}

const show = (value: unknown): string => JSON.stringify(value) ?? 'none';

function shapesDifference(what: string, a: PersistentMap<Shape>, b: PersistentMap<Shape>): string | null {
  if (a === b) return null;
  for (const shape of valuesOf(a)) {
    const other = getFrom(b, shape.id);
    if (!other) return `${what} ${shape.id} only in the first`;
    if (!sameShape(shape, other)) return `${what} ${shape.id}: ${describe(shape)}, ${describe(other)}`;
  }
  return a.size === b.size ? null : `${what}s: ${a.size}, ${b.size}`;
}

const describe = ({ ink, ...rest }: Shape): string => `${show(rest)} with ink ${inkBytes(ink).join(' ')}`;

/** Of plain data, whatever the order of its properties. */
function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false;
  const keys = Object.keys(a);
  const [one, other] = [a as Record<string, unknown>, b as Record<string, unknown>];
  return keys.length === Object.keys(b).length && keys.every((key) => sameValue(one[key], other[key]));
}

function sameShape(a: Shape, b: Shape): boolean {
  return (
    a === b ||
    (a.id === b.id &&
      a.kind === b.kind &&
      sameValue(a.style, b.style) &&
      sameValue(a.attributes, b.attributes) &&
      sameValue(a.touched, b.touched) &&
      a.pointer === b.pointer &&
      a.author === b.author &&
      a.z === b.z &&
      a.startedAt === b.startedAt &&
      a.open === b.open &&
      a.erasure?.by === b.erasure?.by &&
      a.erasure?.gesture === b.erasure?.gesture &&
      sameInk(a.ink, b.ink))
  );
}

const sameInk = (a: Ink, b: Ink): boolean =>
  a === b ||
  (a.length === b.length &&
    a.count === b.count &&
    a.precision === b.precision &&
    a.duration === b.duration &&
    a.nib.x === b.nib.x &&
    a.nib.y === b.nib.y &&
    a.nib.pressure === b.nib.pressure &&
    sameList(inkBytes(a), inkBytes(b), (one, other) => one === other));

const sameAuthor = (a: Author, b: Author): boolean =>
  a === b ||
  (a.client === b.client &&
    a.name === b.name &&
    a.color === b.color &&
    a.settled === b.settled &&
    a.gesture === b.gesture &&
    a.stroke === b.stroke &&
    sameList(a.done, b.done, sameGesture) &&
    sameList(a.undone, b.undone, sameGesture));

const sameGesture = (a: Gesture, b: Gesture): boolean =>
  a === b ||
  (a.number === b.number &&
    sameList(a.made, b.made, (one, other) => one === other) &&
    sameList(a.erased, b.erased, (one, other) => one === other) &&
    sameValue(a.changed, b.changed));

function sameList<T>(a: ArrayLike<T>, b: ArrayLike<T>, same: (one: T, other: T) => boolean): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!same(a[i] as T, b[i] as T)) return false;
  return true;
}
