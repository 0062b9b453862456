import type { Author, Draft } from './board.ts';
import type { RecordedEvent } from './event.ts';
import { eraseShape, recordGesture, restoreShape, stepGesture } from './apply-gesture.ts';
import { changeShapes, cutStroke, moveShapes, newShape, placeShape } from './apply-shapes.ts';
import { type AuthorNumber, shapeId } from './ids.ts';
import { emptyInk, extendInk } from './ink.ts';
import { setIn } from './persistent-map.ts';
import { NO_ATTRIBUTES } from './settings.ts';
import type { Shape } from './shapes/shape.ts';
import { unreachable } from './unreachable.ts';

/** Makes the draft the board after an event. */
export function applyEvent(draft: Draft, recorded: RecordedEvent, event: RecordedEvent['event']): void {
  const { at, by } = recorded;
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
    case 'BoardBranched':
      draft.title = event.title;
      draft.origin = { board: event.from, revision: event.fromRevision };
      return;
    case 'MomentMarked': {
      const mark = { revision: recorded.revision, at: event.moment, name: event.name, by };
      draft.marks = [...draft.marks, mark].sort((a, b) => a.at - b.at || a.revision - b.revision);
      return;
    }
    case 'MomentUnmarked':
      draft.marks = draft.marks.filter(({ revision }) => revision !== event.mark);
      return;
    case 'AuthorJoined': {
      const { client, name, color } = event;
      draft.authors.push({ client, name, color, settled: 0, gesture: 0, stroke: null, done: [], undone: [] });
      draft.authorNumbers = setIn(draft.authorNumbers, event.client, draft.authors.length);
      return;
    }
    case 'AuthorChanged':
      return changeAuthor(draft, by, () => ({ name: event.name, color: event.color }));
    case 'StrokeStarted': {
      const author = draft.authors[by - 1];
      if (!author) return;
      endStroke(draft, by);
      const id = shapeId(author.client, event.number);
      const ink = extendInk(emptyInk(event.precision), event.samples);
      draft.shapes.set(id, { ...newShape(id, event, recorded, ink), open: true, attributes: NO_ATTRIBUTES });
      changeAuthor(draft, by, () => ({ stroke: id }));
      return recordGesture(draft, by, { number: event.number, made: [id] });
    }
    case 'StrokeExtended':
      return changeStroke(draft, by, (stroke) => ({ ink: extendInk(stroke.ink, event.samples) }));
    case 'StrokeEnded':
      return endStroke(draft, by);
    case 'ShapesErased':
      for (const id of event.shapes) eraseShape(draft, id, by, event.gesture);
      return event.step === 'do'
        ? recordGesture(draft, by, { number: event.gesture, erased: event.shapes })
        : stepGesture(draft, by, event);
    case 'ShapesRestored':
      for (const id of event.shapes) restoreShape(draft, id);
      return stepGesture(draft, by, event);
    case 'ShapePlaced':
      return placeShape(draft, recorded, event);
    case 'ShapesChanged':
      return changeShapes(draft, by, event);
    case 'ShapesMoved':
      return moveShapes(draft, by, event);
    case 'StrokeCut':
      return cutStroke(draft, by, event);
    case 'Unknown':
      draft.unknownEvents++;
      // It may have begun a stroke: what its author draws on is not the one before.
      return endStroke(draft, by);
    default:
      return unreachable(event);
  }
}

export function changeAuthor(draft: Draft, by: AuthorNumber, change: (author: Author) => Partial<Author>): void {
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
