import type { Color } from './color.ts';
import type { BoardEvent, GestureStep, RecordedEvent } from './event.ts';
import { type AuthorNumber, type ClientId, type Millis, type Revision, type ShapeId, shapeId } from './ids.ts';
import { emptyInk, extendInk } from './ink.ts';
import { MAX_UNDO } from './limits.ts';
import { draftOf, emptyMap, getFrom, type MapDraft, type PersistentMap, setIn } from './persistent-map.ts';
import type { Access } from './roles.ts';
import type { Shape } from './shapes/shape.ts';
import { unreachable } from './unreachable.ts';

/** What one gesture of an author did: what undoing it turns round. */
export interface Gesture {
  readonly number: number;
  readonly made: readonly ShapeId[];
  readonly erased: readonly ShapeId[];
}

/** A client that has drawn here, under the name it drew with last. */
export interface Author {
  readonly client: ClientId;
  readonly name: string;
  readonly color: Color;
  /** The number of its last command that is in the log. */
  readonly settled: number;
  /** The number of its last gesture. */
  readonly gesture: number;
  /** The stroke that its samples go to. */
  readonly stroke: ShapeId | null;
  /** Gestures to undo, and those undone; the latest last. */
  readonly done: readonly Gesture[];
  readonly undone: readonly Gesture[];
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
  /** The author with number n is at n - 1. */
  readonly authors: readonly Author[];
  /** Where each is among them: every command asks, and a board can have very many. */
  readonly authorNumbers: PersistentMap<AuthorNumber>;
  readonly shapes: PersistentMap<Shape>;
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
  authors: [],
  authorNumbers: emptyMap(),
  shapes: emptyMap(),
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
interface Draft extends Omit<Mutable<Board>, 'authors' | 'shapes' | 'erased'> {
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

function applyEvent(draft: Draft, { at, by, revision }: RecordedEvent, event: BoardEvent): void {
  switch (event.type) {
    case 'BoardCreated':
      draft.createdAt = at;
      draft.title = event.title;
      draft.access = event.access;
      draft.editKeyHash = event.editKeyHash ?? null;
      draft.viewKeyHash = event.viewKeyHash ?? null;
      return;
    case 'BoardRenamed':
      draft.title = event.title;
      return;
    case 'AuthorJoined':
      draft.authors.push({
        client: event.client,
        name: event.name,
        color: event.color,
        settled: 0,
        gesture: 0,
        stroke: null,
        done: [],
        undone: [],
      });
      draft.authorNumbers = setIn(draft.authorNumbers, event.client, draft.authors.length);
      return;
    case 'AuthorChanged':
      return changeAuthor(draft, by, () => ({ name: event.name, color: event.color }));
    case 'StrokeStarted': {
      const author = draft.authors[by - 1];
      if (!author) return;
      endStroke(draft, by);
      const id = shapeId(author.client, event.number);
      draft.shapes.set(id, {
        id,
        kind: event.kind,
        style: event.style,
        pointer: event.pointer,
        author: by,
        z: revision,
        startedAt: at,
        ink: extendInk(emptyInk(event.precision), event.samples),
        open: true,
        erasure: null,
      });
      changeAuthor(draft, by, () => ({ stroke: id }));
      return recordGesture(draft, by, { number: event.number, made: [id], erased: [] });
    }
    case 'StrokeExtended':
      return changeStroke(draft, by, (stroke) => ({ ink: extendInk(stroke.ink, event.samples) }));
    case 'StrokeEnded':
      return endStroke(draft, by);
    case 'ShapesErased':
      for (const id of event.shapes) eraseShape(draft, id, by, event.gesture);
      return event.step === 'do'
        ? recordGesture(draft, by, { number: event.gesture, made: [], erased: event.shapes })
        : stepGesture(draft, by, event);
    case 'ShapesRestored':
      for (const id of event.shapes) restoreShape(draft, id);
      return stepGesture(draft, by, event);
    default:
      return unreachable(event);
  }
}

function changeAuthor(draft: Draft, by: AuthorNumber, change: (author: Author) => Partial<Author>): void {
  const author = draft.authors[by - 1];
  if (author) draft.authors[by - 1] = { ...author, ...change(author) };
}

/** A stroke that somebody erased while it was being drawn goes on growing out of sight. */
function changeStroke(draft: Draft, by: AuthorNumber, change: (stroke: Shape) => Partial<Shape>): void {
  const id = draft.authors[by - 1]?.stroke;
  if (!id) return;
  for (const shapes of [draft.shapes, draft.erased]) {
    const stroke = shapes.get(id);
    if (stroke) return shapes.set(id, { ...stroke, ...change(stroke) });
  }
}

function endStroke(draft: Draft, by: AuthorNumber): void {
  changeStroke(draft, by, () => ({ open: false }));
  changeAuthor(draft, by, () => ({ stroke: null }));
}

function eraseShape(draft: Draft, id: ShapeId, by: AuthorNumber, gesture: number): void {
  const shape = draft.shapes.get(id);
  if (!shape) return;
  draft.shapes.delete(id);
  draft.erased.set(id, { ...shape, erasure: { by, gesture } });
}

function restoreShape(draft: Draft, id: ShapeId): void {
  const shape = draft.erased.get(id);
  if (!shape) return;
  draft.erased.delete(id);
  draft.shapes.set(id, { ...shape, erasure: null });
}

/** Adds to the author's gestures: to the last one where it is still going on. What was undone is gone for good. */
function recordGesture(draft: Draft, by: AuthorNumber, gesture: Gesture): void {
  const author = draft.authors[by - 1];
  if (!author) return;
  const last = author.done.at(-1);
  const done =
    last?.number === gesture.number
      ? [...author.done.slice(0, -1), { ...last, erased: [...last.erased, ...gesture.erased] }]
      : [...author.done, gesture];
  for (const forgotten of author.undone) forget(draft, by, forgotten);
  for (const forgotten of done.slice(0, -MAX_UNDO)) forget(draft, by, forgotten);
  changeAuthor(draft, by, () => ({ gesture: gesture.number, done: done.slice(-MAX_UNDO), undone: [] }));
}

/** Shapes that only this gesture could bring back are of no use any more. */
function forget(draft: Draft, by: AuthorNumber, gesture: Gesture): void {
  for (const id of [...gesture.made, ...gesture.erased]) {
    const erasure = draft.erased.get(id)?.erasure;
    if (erasure?.by === by && erasure.gesture === gesture.number) draft.erased.delete(id);
  }
}

/** Moves a gesture from done to undone or back. Gestures above it had nothing left to do, and go with it. */
function stepGesture(draft: Draft, by: AuthorNumber, { gesture, step }: GestureStep): void {
  changeAuthor(draft, by, ({ done, undone }) => {
    const [from, to] = step === 'undo' ? [done, undone] : [undone, done];
    const place = from.findLastIndex((other) => other.number === gesture);
    if (place < 0) return {};
    const moved = [...to, ...from.slice(place).reverse()];
    return step === 'undo'
      ? { done: from.slice(0, place), undone: moved }
      : { undone: from.slice(0, place), done: moved };
  });
}
