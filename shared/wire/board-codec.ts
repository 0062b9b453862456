// A whole board as messages: what a joiner gets, and what a stored snapshot is.

import { noteHolds } from '../apply-holds.ts';
import { type Author, type Board, emptyBoard, numbersOf } from '../board.ts';
import { draftOf } from '../persistent-map.ts';
import { finished, type Steps } from '../steps.ts';
import { packServerMessage, unpackServerMessages, unpackVouchedMessages } from './codec.ts';
import type { ServerMessage } from './message.ts';
import { snapshotParts } from './snapshot-parts.ts';
import { WireError } from './wire-error.ts';

export type SnapshotBegan = Extract<ServerMessage, { type: 'SnapshotBegan' }>;
export type SnapshotPart = Extract<ServerMessage, { type: 'SnapshotPart' }>;

/** The messages that give a reader the board, in their order. */
export function snapshotOf(board: Board): readonly [SnapshotBegan, ...SnapshotPart[]] {
  const parts = [...snapshotParts(board)].filter((part) => part !== undefined);
  return [snapshotBegan(board, parts.length), ...parts];
}

function snapshotBegan(board: Board, parts: number): SnapshotBegan {
  const {
    authors: _authors,
    authorNumbers: _numbers,
    shapes: _shapes,
    erased: _erased,
    holders: _holders,
    ...head
  } = board;
  return { type: 'SnapshotBegan', board: head, parts };
}

/** The messages of `snapshotOf`, packed. */
export const packSnapshot = (board: Board): Uint8Array[] => finished(packingSnapshot(board));

export function* packingSnapshot(board: Board): Steps<Uint8Array[]> {
  const frames: Uint8Array[] = [];
  for (const part of snapshotParts(board)) {
    if (part) frames.push(packServerMessage(part));
    yield;
  }
  return [packServerMessage(snapshotBegan(board, frames.length)), ...frames];
}

/**
 * The board of frames that `packSnapshot` made and that nobody changed since, as a checksum shows. Only their ink is
 * taken on trust: it stays packed until somebody looks at it, which a server seldom does. @throws WireError
 */
export function* unpackingSnapshot(frames: readonly Uint8Array[]): Steps<Board> {
  let reader: SnapshotReader | undefined;
  for (const frame of frames) {
    for (const message of unpackVouchedMessages(frame)) {
      if (reader && message.type === 'SnapshotPart') reader.add(message);
      else if (!reader && message.type === 'SnapshotBegan') reader = new SnapshotReader(message);
      else throw new WireError(`A snapshot has SnapshotBegan and then parts, not ${message.type}.`);
    }
    yield;
  }
  const board = reader?.board;
  if (!board) throw new WireError('A snapshot must have all its parts, in their order.');
  return board;
}

/** The board that `snapshotOf` gave the messages of. @throws WireError where they are not all of one snapshot */
export function boardFromSnapshot(began: SnapshotBegan, parts: readonly SnapshotPart[]): Board {
  const { revision } = began.board;
  if (parts.length !== began.parts) throw new WireError(`A snapshot of ${began.parts} parts came in ${parts.length}.`);
  if (parts.some((part, i) => part.part !== i + 1 || part.revision !== revision)) {
    throw new WireError(`A snapshot must have its own parts, in their order.`);
  }
  const reader = new SnapshotReader(began);
  for (const part of parts) reader.add(part);
  return reader.board as Board;
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
  readonly #authors: Author[] = [];
  readonly #shapes = draftOf(emptyBoard.shapes);
  readonly #erased = draftOf(emptyBoard.erased);
  readonly #holders = { holders: emptyBoard.holders };
  #parts = 0;
  #board: Board | null = null;

  constructor(began: SnapshotBegan) {
    this.#began = began;
  }

  /** From 0 to 1. */
  get progress(): number {
    return this.#began.parts === 0 ? 1 : this.#parts / this.#began.parts;
  }

  /** Takes the part that comes next. Any other is left out: a repeated one, or one of an earlier snapshot. */
  add({ part, revision, authors, shapes, erased }: SnapshotPart): void {
    if (part !== this.#parts + 1 || part > this.#began.parts || revision !== this.#began.board.revision) return;
    this.#parts = part;
    for (const author of authors) this.#authors.push(author);
    for (const shape of shapes) this.#shapes.set(shape.id, shape);
    for (const shape of erased) this.#erased.set(shape.id, shape);
    for (const shape of [...shapes, ...erased]) noteHolds(this.#holders, undefined, shape);
  }

  /** The board, once all of it is here. */
  get board(): Board | null {
    if (this.#parts < this.#began.parts) return null;
    this.#board ??= this.#whole();
    return this.#board;
  }

  #whole(): Board {
    const [shapes, erased] = [this.#shapes.done(), this.#erased.done()];
    return {
      ...this.#began.board,
      authors: this.#authors,
      authorNumbers: numbersOf(this.#authors),
      shapes,
      erased,
      ...this.#holders,
    };
  }
}
