// A whole board as messages: what a joiner gets, and what a stored snapshot is.

import { type Author, type Board, emptyBoard, numbersOf } from '../board.ts';
import { draftOf, type PersistentMap, valuesOf } from '../persistent-map.ts';
import type { Shape } from '../shapes/shape.ts';
import { packServerMessage, unpackServerMessages } from './codec.ts';
import type { ServerMessage } from './message.ts';
import { WireError } from './wire-error.ts';

export type SnapshotBegan = Extract<ServerMessage, { type: 'SnapshotBegan' }>;
export type SnapshotPart = Extract<ServerMessage, { type: 'SnapshotPart' }>;

/** About the bytes of one part. One that holds a single large author or shape can be longer. */
const PART_BYTES = 192 * 1024;

/** The messages that give a reader the board, in their order. */
export function snapshotOf(board: Board): readonly [SnapshotBegan, ...SnapshotPart[]] {
  const { authors, authorNumbers: _, shapes, erased, ...head } = board;
  const contents: readonly Partial<Contents>[] = [
    ...inParts(authors, sizeOfAuthor).map((some) => ({ authors: some })),
    ...inParts(byZ(shapes), sizeOfShape).map((some) => ({ shapes: some })),
    ...inParts(byZ(erased), sizeOfShape).map((some) => ({ erased: some })),
  ];
  const { revision } = head;
  const parts = contents.map((some, i): SnapshotPart => ({
    type: 'SnapshotPart',
    revision,
    part: i + 1,
    ...NOTHING,
    ...some,
  }));
  return [{ type: 'SnapshotBegan', board: head, parts: parts.length }, ...parts];
}

type Contents = Pick<SnapshotPart, 'authors' | 'shapes' | 'erased'>;
const NOTHING: Contents = { authors: [], shapes: [], erased: [] };

const byZ = (shapes: PersistentMap<Shape>): Shape[] => [...valuesOf(shapes)].sort((a, b) => a.z - b.z);

function inParts<T>(items: readonly T[], sizeOf: (item: T) => number): (readonly T[])[] {
  const parts: (readonly T[])[] = [];
  let start = 0;
  let size = 0;
  items.forEach((item, i) => {
    size += sizeOf(item);
    if (size < PART_BYTES && i < items.length - 1) return;
    parts.push(items.slice(start, i + 1));
    start = i + 1;
    size = 0;
  });
  return parts;
}

// Near enough to cut by: ink takes less packed than it does in memory.
const sizeOfShape = ({ ink }: Shape): number => 48 + ink.length;
const sizeOfAuthor = ({ done, undone }: Author): number =>
  [...done, ...undone].reduce((size, { made, erased }) => size + 24 * (made.length + erased.length), 96);

/** The messages of `snapshotOf`, packed. */
export const packSnapshot = (board: Board): Uint8Array[] => snapshotOf(board).map(packServerMessage);

/** The board that `snapshotOf` gave the messages of. @throws WireError where they are not all of one snapshot */
export function boardFromSnapshot(began: SnapshotBegan, parts: readonly SnapshotPart[]): Board {
  const { revision } = began.board;
  if (parts.length !== began.parts) throw new WireError(`A snapshot of ${began.parts} parts came in ${parts.length}.`);
  if (parts.some((part, i) => part.part !== i + 1 || part.revision !== revision)) {
    throw new WireError(`A snapshot must have its own parts, in their order.`);
  }
  const authors = parts.flatMap((part) => part.authors);
  return {
    ...began.board,
    authors,
    authorNumbers: numbersOf(authors),
    shapes: mapOf(parts.flatMap((part) => part.shapes)),
    erased: mapOf(parts.flatMap((part) => part.erased)),
  };
}

function mapOf(shapes: readonly Shape[]): PersistentMap<Shape> {
  const draft = draftOf(emptyBoard.shapes);
  for (const shape of shapes) draft.set(shape.id, shape);
  return draft.done();
}

/** The board of a stored snapshot: all its messages, one behind the other. @throws WireError */
export function unpackSnapshot(bytes: Uint8Array): Board {
  const [began, ...parts] = unpackServerMessages(bytes);
  if (began?.type !== 'SnapshotBegan') throw new WireError('A snapshot must begin with SnapshotBegan.');
  return boardFromSnapshot(
    began,
    parts.map((part) => {
      if (part.type !== 'SnapshotPart') throw new WireError(`A snapshot must have only parts, not ${part.type}.`);
      return part;
    }),
  );
}

/** Gathers a snapshot that comes message by message. */
export class SnapshotReader {
  readonly #began: SnapshotBegan;
  readonly #parts: SnapshotPart[] = [];

  constructor(began: SnapshotBegan) {
    this.#began = began;
  }

  /** From 0 to 1. */
  get progress(): number {
    return this.#began.parts === 0 ? 1 : this.#parts.length / this.#began.parts;
  }

  /** Takes the part that comes next. Any other is left out: a repeated one, or one of an earlier snapshot. */
  add(part: SnapshotPart): void {
    const { revision } = this.#began.board;
    if (part.part === this.#parts.length + 1 && part.revision === revision) this.#parts.push(part);
  }

  /** The board, once all of it is here. */
  get board(): Board | null {
    return this.#parts.length < this.#began.parts ? null : boardFromSnapshot(this.#began, this.#parts);
  }
}
