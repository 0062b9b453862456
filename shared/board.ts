import { applyEvent, changeAuthor } from './apply-event.ts';
import type { Color } from './color.ts';
import type { RecordedEvent } from './event.ts';
import type { AuthorNumber, BoardId, ClientId, Millis, Revision, ShapeId } from './ids.ts';
import { draftOf, emptyMap, getFrom, type MapDraft, type PersistentMap } from './persistent-map.ts';
import type { Access } from './roles.ts';
import type { Settings, Touches } from './settings.ts';
import type { Shape } from './shapes/shape.ts';

/** What a gesture changed of a shape, and what undoing it puts back. */
export interface ShapeChange {
  readonly shape: ShapeId;
  readonly before: Settings;
  /** Who had touched these before; absent where nobody had. */
  readonly touched: Touches;
  /** What redoing brings back, while the gesture is undone. */
  readonly after: Settings;
}

/** What one gesture of an author did: what undoing it turns round. */
export interface Gesture {
  readonly number: number;
  readonly made: readonly ShapeId[];
  readonly erased: readonly ShapeId[];
  readonly changed: readonly ShapeChange[];
}

/** A client that has drawn here, under the name it drew with last. */
export interface Author {
  readonly client: ClientId;
  readonly name: string;
  readonly color: Color;
  /** The number of its last command that is in the log. */
  readonly settled: number;
  /** The highest number of its gestures and shapes so far. */
  readonly gesture: number;
  /** The stroke that its samples go to. */
  readonly stroke: ShapeId | null;
  /** Gestures to undo, and those undone; the latest last. */
  readonly done: readonly Gesture[];
  readonly undone: readonly Gesture[];
}

/** A moment that somebody gave a name. */
export interface Mark {
  /** Of the event that marked it: its id. */
  readonly revision: Revision;
  readonly at: Millis;
  readonly name: string;
  readonly by: AuthorNumber;
}

/** Where a board's beginning is from. */
export interface Origin {
  readonly board: BoardId;
  readonly revision: Revision;
}

/** The whiteboard: the fold of its stream. A value; all that did not change is shared with the board before. */
export interface Board {
  readonly revision: Revision;
  readonly createdAt: Millis;
  /** Time of the last event. */
  readonly at: Millis;
  readonly title: string;
  readonly access: Access;
  readonly editKeyHash: string | null;
  readonly viewKeyHash: string | null;
  /** The board that this one was branched from; null: it is its own. */
  readonly origin: Origin | null;
  /** By their time. */
  readonly marks: readonly Mark[];
  /** How many of its events this version does not know. Where there are any, this is not all of the board. */
  readonly unknownEvents: number;
  /** The author with number n is at n - 1. */
  readonly authors: readonly Author[];
  /** Where each is among them: every command asks, and a board can have very many. */
  readonly authorNumbers: PersistentMap<AuthorNumber>;
  readonly shapes: PersistentMap<Shape>;
  /** The lines that hold to a shape, by its id, also those that are away. */
  readonly holders: PersistentMap<readonly ShapeId[]>;
  /** What some gesture took away and could bring back. */
  readonly erased: PersistentMap<Shape>;
}

export const emptyBoard: Board = {
  revision: 0,
  createdAt: 0,
  at: 0,
  title: '',
  access: 'private',
  editKeyHash: null,
  viewKeyHash: null,
  origin: null,
  marks: [],
  unknownEvents: 0,
  authors: [],
  authorNumbers: emptyMap(),
  shapes: emptyMap(),
  holders: emptyMap(),
  erased: emptyMap(),
};

export const authorNumberOf = (board: Board, client: ClientId): AuthorNumber =>
  getFrom(board.authorNumbers, client) ?? 0;

export const authorOf = (board: Board, number: AuthorNumber): Author | undefined => board.authors[number - 1];

/** The author that a client is here; undefined before it has drawn. */
export const authorWith = (board: Board, client: ClientId): Author | undefined =>
  authorOf(board, authorNumberOf(board, client));

/** A shape that may still be drawn, also where somebody erased it meanwhile. */
export const strokeOn = (board: Board, id: ShapeId): Shape | undefined =>
  getFrom(board.shapes, id) ?? getFrom(board.erased, id);

/** `authorNumbers` of these authors. */
export function numbersOf(authors: readonly Author[]): PersistentMap<AuthorNumber> {
  const numbers = draftOf<AuthorNumber>(emptyMap());
  authors.forEach(({ client }, i) => numbers.set(client, i + 1));
  return numbers.done();
}

/** The board after one event. [F1] */
export const evolve = (board: Board, event: RecordedEvent): Board => fold(board, [event]);

/** The board after a run of events: the same as `evolve` one by one, with one draft for all of them. [F2] */
export function fold(board: Board, events: Iterable<RecordedEvent>): Board {
  const draft = new BoardDraft(board);
  draft.add(events);
  return draft.done();
}

/** A fold that goes on while it is looked at: events are added as they are decided, with one draft for all of them. */
export class BoardDraft {
  readonly #before: Board;
  #draft: Draft | null = null;

  constructor(board: Board) {
    this.#before = board;
  }

  /** The board so far, to be read and not to be kept: the next event changes it. */
  get board(): Board {
    return this.#draft ?? this.#before;
  }

  add(events: Iterable<RecordedEvent>): void {
    for (const event of events) apply((this.#draft ??= openDraft(this.#before)), event);
  }

  /** A value. Nothing may be added after it. */
  done(): Board {
    return this.#draft ? closeDraft(this.#draft) : this.#before;
  }
}

/** A board being built by one fold, which alone may change it. */
export interface Draft extends Omit<Mutable<Board>, 'authors' | 'shapes' | 'erased'> {
  readonly authors: Author[];
  readonly shapes: MapDraft<Shape>;
  readonly erased: MapDraft<Shape>;
}
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const openDraft = (board: Board): Draft => ({
  ...board,
  authors: board.authors.slice(),
  shapes: draftOf(board.shapes),
  erased: draftOf(board.erased),
});

const closeDraft = (draft: Draft): Board => ({
  ...draft,
  shapes: draft.shapes.done(),
  erased: draft.erased.done(),
});

function apply(draft: Draft, recorded: RecordedEvent): void {
  draft.revision = recorded.revision;
  draft.at = recorded.at;
  applyEvent(draft, recorded, recorded.event);
  if (recorded.settles > 0)
    changeAuthor(draft, recorded.by, (author) => ({ settled: author.settled + recorded.settles }));
}
