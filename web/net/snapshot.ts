import type { Author, Board } from '../../shared/board.ts';
import { draftOf, emptyMap, type MapDraft } from '../../shared/persistent-map.ts';
import type { Shape } from '../../shared/shapes/shape.ts';
import type { BoardHead, ServerMessage } from '../../shared/wire/message.ts';

type SnapshotBegan = ServerMessage & { readonly type: 'SnapshotBegan' };
type SnapshotPart = ServerMessage & { readonly type: 'SnapshotPart' };

/** A board on its way in parts. One connection's own: it changes in place, and is not a board before it is whole. */
export class SnapshotAssembly {
  readonly #head: BoardHead;
  readonly #authors: Author[] = [];
  readonly #shapes: MapDraft<Shape> = draftOf(emptyMap<Shape>());
  readonly #erased: MapDraft<Shape> = draftOf(emptyMap<Shape>());
  #missing: number;

  constructor({ board, parts }: SnapshotBegan) {
    this.#head = board;
    this.#missing = parts;
  }

  add({ authors, shapes, erased }: SnapshotPart): void {
    this.#missing--;
    for (const author of authors) this.#authors.push(author);
    for (const shape of shapes) this.#shapes.set(shape.id, shape);
    for (const shape of erased) this.#erased.set(shape.id, shape);
  }

  /** The board, when all its parts are here. */
  done(): Board | null {
    if (this.#missing > 0) return null;
    return { ...this.#head, authors: this.#authors, shapes: this.#shapes.done(), erased: this.#erased.done() };
  }
}
