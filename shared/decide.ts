import { type Author, type Board, authorNumberOf, authorOf, strokeOn } from './board.ts';
import type { Color } from './color.ts';
import type { Command, Rejection } from './command.ts';
import type { BoardEvent } from './event.ts';
import { type AuthorNumber, type ClientId, type ShapeId, shapeId } from './ids.ts';
import { MAX_AUTHORS, MAX_MARKS, MAX_SAMPLES_PER_STROKE, MAX_SHAPES } from './limits.ts';
import { permitted, type Role } from './roles.ts';
import { countSamples, NIB_AT_ORIGIN } from './samples.ts';
import {
  boardFull,
  changeable,
  decideShapes,
  events,
  inBounds,
  nothing,
  outOfBounds,
  reject,
} from './decide-shapes.ts';
import { counted } from './text.ts';
import { redoEvents, undoEvents } from './undo.ts';
import { unreachable } from './unreachable.ts';

/** Who asks: the server vouches for all of it. */
export interface CommandAuthor {
  readonly client: ClientId;
  readonly name: string;
  readonly color: Color;
  readonly role: Role;
}

const gestureOver = reject('NumberUsed', 'That gesture is over.');

export type Decision = { readonly events: readonly BoardEvent[] } | { readonly rejection: Rejection };

/** What a command comes to on a board: every rule of the product is here. Section D of SPEC.md. */
export function decide(board: Board, command: Command, author: CommandAuthor): Decision {
  if (!permitted[command.type].has(author.role)) return reject('NotAllowed', 'This link does not allow that.');
  const by = authorNumberOf(board, author.client);
  const decision = decideFor(board, command, author, by, authorOf(board, by));
  if (by > 0 || 'rejection' in decision || decision.events.length === 0) return decision;
  if (board.authors.length >= MAX_AUTHORS)
    return reject('BoardFull', `A board has at most ${counted(MAX_AUTHORS)} authors.`);
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
      if (board.shapes.size >= MAX_SHAPES) return boardFull;
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
      if (!mayGoOn(author, command.gesture)) return gestureOver;
      const shapes = changeable(board, command.shapes);
      return shapes.length > 0
        ? events({ type: 'ShapesErased', shapes, gesture: command.gesture, step: 'do' })
        : nothing;
    }
    case 'ChangeShapes': {
      const goesOn = mayGoOn(author, command.gesture) || isOfStroke(author, command.gesture, command.shapes);
      return goesOn ? decideShapes(board, command, author) : gestureOver;
    }
    case 'PlaceShape':
    case 'MoveShapes':
    case 'CutStroke':
      return mayGoOn(author, command.gesture) ? decideShapes(board, command, author) : gestureOver;
    case 'Undo': {
      const steps = undoEvents(board, by, author);
      return steps.length > 0 ? { events: steps } : reject('NothingToUndo', 'There is nothing of yours left to undo.');
    }
    case 'Redo': {
      const steps = redoEvents(board, by, author);
      return steps.length > 0 ? { events: steps } : reject('NothingToRedo', 'There is nothing of yours left to redo.');
    }
    case 'ChangeAuthor': {
      const { name, color } = command;
      const changes = author && (author.name !== name || author.color !== color);
      return changes ? events({ type: 'AuthorChanged', name, color }) : nothing;
    }
    case 'MarkMoment': {
      const { moment, name } = command;
      if (board.marks.length >= MAX_MARKS)
        return reject('BoardFull', `A board has at most ${counted(MAX_MARKS)} marked moments.`);
      const isKnown = board.marks.some((mark) => mark.at === moment && mark.name === name);
      return isKnown ? nothing : events({ type: 'MomentMarked', moment, name });
    }
    case 'UnmarkMoment':
      return board.marks.some(({ revision }) => revision === command.mark)
        ? events({ type: 'MomentUnmarked', mark: command.mark })
        : nothing;
    case 'RenameBoard':
      return command.title === board.title ? nothing : events({ type: 'BoardRenamed', title: command.title });
    default:
      return unreachable(command);
  }
}

/** A gesture takes several commands, until the author's next gesture or undo. A stroke's own takes only changes of it. */
function mayGoOn(author: Author | undefined, gesture: number): boolean {
  if (!author || gesture > author.gesture) return true;
  const last = author.done.at(-1);
  return last?.number === gesture && last.made[0] !== shapeId(author.client, gesture);
}

/** Whether these are the stroke alone that the author's last gesture drew. */
function isOfStroke(author: Author | undefined, gesture: number, shapes: readonly ShapeId[]): boolean {
  const last = author?.done.at(-1);
  return last?.number === gesture && shapes.every((id) => id === last.made[0]);
}
