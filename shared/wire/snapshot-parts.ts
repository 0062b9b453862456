// How a board is cut into the parts of a snapshot. It goes by itself in small pieces: every generator here may give
// `undefined`, which only says that this is a good moment to let others do something.

import type { Author, Board } from '../board.ts';
import { type PersistentMap, valuesOf } from '../persistent-map.ts';
import type { Shape } from '../shapes/shape.ts';
import type { SnapshotPart } from './board-codec.ts';
import { packedInkSize } from './ink-codec.ts';

/**
 * About the bytes of one part; one that holds a single large author or shape can be longer. Each names its shapes' makers
 * again, which takes a kilobyte where sixty drew. A part of this size is packed in a millisecond or two.
 */
const PART_BYTES = 32 * 1024;
/** Shapes that are sorted at a time. */
const RUN = 2048;

/** The parts of the board's snapshot, in their order. */
export function* snapshotParts(board: Board): Generator<SnapshotPart | undefined, void, undefined> {
  const { revision } = board;
  let part = 0;
  for (const contents of contentsOf(board)) {
    yield contents && { type: 'SnapshotPart', revision, part: ++part, ...NOTHING, ...contents };
  }
}

type Contents = Pick<SnapshotPart, 'authors' | 'shapes' | 'erased'>;
const NOTHING: Contents = { authors: [], shapes: [], erased: [] };

function* contentsOf({ authors, shapes, erased }: Board): Generator<Partial<Contents> | undefined, void, undefined> {
  for (const some of inParts(authors, sizeOfAuthor)) yield some && { authors: some };
  for (const some of inParts(byZ(shapes), sizeOfShape)) yield some && { shapes: some };
  for (const some of inParts(byZ(erased), sizeOfShape)) yield some && { erased: some };
}

function* inParts<T>(
  items: Iterable<T | undefined>,
  sizeOf: (item: T) => number,
): Generator<readonly T[] | undefined, void, undefined> {
  let part: T[] = [];
  let size = 0;
  for (const item of items) {
    if (item === undefined) {
      yield undefined;
      continue;
    }
    part.push(item);
    size += sizeOf(item);
    if (size < PART_BYTES) continue;
    yield part;
    part = [];
    size = 0;
  }
  if (part.length > 0) yield part;
}

const sizeOfShape = ({ ink, attributes }: Shape): number =>
  24 + packedInkSize(ink) + (attributes.text?.length ?? 0) + (attributes.alt?.length ?? 0);
const sizeOfAuthor = ({ done, undone }: Author): number =>
  [...done, ...undone].reduce(
    (size, { made, erased, changed }) => size + 24 * (made.length + erased.length + 4 * changed.length),
    96,
  );

/** The shapes from the back to the front: short runs are sorted one by one, then merged while they are taken. */
function* byZ(shapes: PersistentMap<Shape>): Generator<Shape | undefined, void, undefined> {
  const runs: Shape[][] = [];
  let run: Shape[] = [];
  for (const shape of valuesOf(shapes)) {
    if (run.push(shape) < RUN) continue;
    runs.push(sorted(run));
    run = [];
    yield undefined;
  }
  runs.push(sorted(run));
  yield* merged(runs);
}

const sorted = (run: Shape[]): Shape[] => run.sort((a, b) => a.z - b.z);

function merged(runs: readonly (readonly Shape[])[]): Iterator<Shape> & Iterable<Shape> {
  if (runs.length < 2) return (runs[0] ?? []).values();
  const middle = runs.length >> 1;
  return merge(merged(runs.slice(0, middle)), merged(runs.slice(middle)));
}

function* merge(a: Iterator<Shape>, b: Iterator<Shape>): Generator<Shape, void, undefined> {
  let [one, other] = [a.next(), b.next()];
  while (!(one.done && other.done)) {
    if (other.done || (!one.done && one.value.z <= other.value.z)) {
      if (!one.done) yield one.value;
      one = a.next();
    } else {
      yield other.value;
      other = b.next();
    }
  }
}
