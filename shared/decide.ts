import { type Author, type Board, type Gesture, authorNumberOf, authorOf, strokeOn } from './board.ts';
import type { Color } from './color.ts';
import type { Command, Rejection, RejectionCode } from './command.ts';
import type { BoardEvent } from './event.ts';
import type { AuthorNumber, ClientId, ShapeId } from './ids.ts';
import { MAX_AUTHORS, MAX_COORDINATE, MAX_SAMPLES_PER_STROKE, MAX_SHAPES } from './limits.ts';
import { getFrom } from './persistent-map.ts';
import { permitted, type Role } from './roles.ts';
import { countSamples, type Nib, NIB_AT_ORIGIN, type Samples, stepOf, walkSamples } from './samples.ts';
import { unreachable } from './unreachable.ts';

/** Who asks: the server vouches for all of it. */
export interface CommandAuthor {
  readonly client: ClientId;
  readonly name: string;
  readonly color: Color;
  readonly role: Role;
}

export type Decision = { readonly events: readonly BoardEvent[] } | { readonly rejection: Rejection };

/** What a command comes to on a board: every rule of the product is here. Section D of SPEC.md. */
export function decide(board: Board, command: Command, author: CommandAuthor): Decision {
  if (!permitted[command.type].has(author.role)) return reject('NotAllowed', 'This link does not allow that.');
  const by = authorNumberOf(board, author.client);
  const decision = decideFor(board, command, author, by, authorOf(board, by));
  if (by > 0 || 'rejection' in decision || decision.events.length === 0) return decision;
  if (board.authors.length >= MAX_AUTHORS) return reject('BoardFull', `A board has at most ${MAX_AUTHORS} authors.`);
  const { client, name, color } = author;
  return { events: [{ type: 'AuthorJoined', client, name, color }, ...decision.events] };
}

function decideFor(
  board: Board,
  command: Command,
  asking: CommandAuthor,
  by: AuthorNumber,
  author: Author | undefined,
): Decision {
  switch (command.type) {
    case 'StartStroke': {
      if (command.number <= (author?.gesture ?? 0)) return reject('NumberUsed', 'That stroke number was used before.');
      if (board.shapes.size >= MAX_SHAPES) return reject('BoardFull', `A board holds at most ${MAX_SHAPES} shapes.`);
      if (!inBounds(command.samples, command.precision, NIB_AT_ORIGIN)) return outOfBounds;
      const { number, kind, style, pointer, precision, samples } = command;
      return events({ type: 'StrokeStarted', number, kind, style, pointer, precision, samples });
    }
    case 'ExtendStroke': {
      const stroke = author?.stroke && strokeOn(board, author.stroke);
      if (!stroke) return reject('NoOpenStroke', 'There is no stroke to go on with.');
      if (stroke.ink.count + countSamples(command.samples) > MAX_SAMPLES_PER_STROKE) {
        return reject('StrokeTooLong', `A stroke has at most ${MAX_SAMPLES_PER_STROKE} samples.`);
      }
      if (!inBounds(command.samples, stroke.ink.precision, stroke.ink.nib)) return outOfBounds;
      return events({ type: 'StrokeExtended', samples: command.samples });
    }
    case 'EndStroke':
      return author?.stroke ? events({ type: 'StrokeEnded' }) : nothing;
    case 'EraseShapes': {
      if (!mayGoOn(author, command.gesture)) return reject('NumberUsed', 'That gesture is over.');
      const shapes = [...new Set(command.shapes)].filter((id) => getFrom(board.shapes, id));
      return shapes.length > 0
        ? events({ type: 'ShapesErased', shapes, gesture: command.gesture, step: 'do' })
        : nothing;
    }
    case 'Undo':
      return undo(board, by, author);
    case 'Redo':
      return redo(board, by, author);
    case 'ChangeAuthor': {
      const { name, color } = command;
      const changes = author && (author.name !== name || author.color !== color);
      return changes ? events({ type: 'AuthorChanged', name, color }) : nothing;
    }
    case 'RenameBoard':
      return command.title === board.title ? nothing : events({ type: 'BoardRenamed', title: command.title });
    default:
      return unreachable(command);
  }
}

const events = (...list: BoardEvent[]): Decision => ({ events: list });
const nothing: Decision = { events: [] };
const reject = (code: RejectionCode, message: string): Decision => ({ rejection: { code, message } });
const outOfBounds = reject('OutOfBounds', `Points lie within ${MAX_COORDINATE} units of the origin.`);

/** An erasing gesture takes several commands, until the author's next gesture or undo. */
function mayGoOn(author: Author | undefined, gesture: number): boolean {
  if (!author || gesture > author.gesture) return true;
  const last = author.done.at(-1);
  return last?.number === gesture && last.made.length === 0;
}

function inBounds(samples: Samples, precision: number, nib: Nib): boolean {
  const most = MAX_COORDINATE / stepOf(precision);
  let within = true;
  walkSamples(samples, samples.length, nib, (x, y, pressure) => {
    within &&= Math.abs(x) <= most && Math.abs(y) <= most && pressure >= 0 && pressure <= 255;
  });
  return within;
}

/** The last gesture that still has something to turn round: what it made and is there, what it took and nobody returned. */
function undo(board: Board, by: AuthorNumber, author: Author | undefined): Decision {
  for (const gesture of author?.done.toReversed() ?? []) {
    const steps = stepEvents(
      gesture,
      'undo',
      visible(board, gesture.made),
      takenBy(board, by, gesture, gesture.erased),
    );
    if (steps.length === 0) continue;
    return gesture.made.some((id) => id === author?.stroke)
      ? events({ type: 'StrokeEnded' }, ...steps)
      : events(...steps);
  }
  return reject('NothingToUndo', 'There is nothing of yours left to undo.');
}

function redo(board: Board, by: AuthorNumber, author: Author | undefined): Decision {
  for (const gesture of author?.undone.toReversed() ?? []) {
    const steps = stepEvents(
      gesture,
      'redo',
      visible(board, gesture.erased),
      takenBy(board, by, gesture, gesture.made),
    );
    if (steps.length > 0) return events(...steps);
  }
  return reject('NothingToRedo', 'There is nothing of yours left to redo.');
}

function stepEvents(gesture: Gesture, step: 'undo' | 'redo', erase: ShapeId[], restore: ShapeId[]): BoardEvent[] {
  const list: BoardEvent[] = [];
  if (erase.length > 0) list.push({ type: 'ShapesErased', shapes: erase, gesture: gesture.number, step });
  if (restore.length > 0) list.push({ type: 'ShapesRestored', shapes: restore, gesture: gesture.number, step });
  return list;
}

const visible = (board: Board, ids: readonly ShapeId[]): ShapeId[] => ids.filter((id) => getFrom(board.shapes, id));

/** Those that are away because of this gesture of this author, and of nobody else since. */
const takenBy = (board: Board, by: AuthorNumber, gesture: Gesture, ids: readonly ShapeId[]): ShapeId[] =>
  ids.filter((id) => {
    const erasure = getFrom(board.erased, id)?.erasure;
    return erasure?.by === by && erasure.gesture === gesture.number;
  });

/** Whether `Undo` and `Redo` would do anything now. */
export function undoable(board: Board, client: ClientId): { readonly undo: boolean; readonly redo: boolean } {
  const by = authorNumberOf(board, client);
  const author = authorOf(board, by);
  return { undo: 'events' in undo(board, by, author), redo: 'events' in redo(board, by, author) };
}
