// What undo and redo come to: for each author their own gestures, and of these what nobody else has changed since.
// Section U of SPEC.md.

import { type Author, type Board, type Gesture, type ShapeChange, authorNumberOf, authorOf } from './board.ts';
import type { BoardEvent } from './event.ts';
import type { AuthorNumber, ClientId, ShapeId } from './ids.ts';
import { getFrom } from './persistent-map.ts';
import { type SettingKey, settingKeys, type Settings, type Touch } from './settings.ts';

/** The events that turn round the last gesture that still has something to turn round; none where there is none. */
export function undoEvents(board: Board, by: AuthorNumber, author: Author | undefined): readonly BoardEvent[] {
  for (const gesture of author?.done.toReversed() ?? []) {
    const { made, erased } = gesture;
    const steps = [
      ...changesBack(board, by, gesture, 'undo'),
      ...erasing(gesture, 'undo', visible(board, without(made, erased))),
      ...restoring(gesture, 'undo', takenBy(board, by, gesture, without(erased, made))),
    ];
    if (steps.length === 0) continue;
    return made.some((id) => id === author?.stroke) ? [{ type: 'StrokeEnded' }, ...steps] : steps;
  }
  return [];
}

export function redoEvents(board: Board, by: AuthorNumber, author: Author | undefined): readonly BoardEvent[] {
  for (const gesture of author?.undone.toReversed() ?? []) {
    const { made, erased } = gesture;
    const steps = [
      ...changesBack(board, by, gesture, 'redo'),
      ...erasing(gesture, 'redo', visible(board, without(erased, made))),
      ...restoring(gesture, 'redo', takenBy(board, by, gesture, without(made, erased))),
    ];
    if (steps.length > 0) return steps;
  }
  return [];
}

/** Whether undo and redo would do anything now. */
export function undoable(board: Board, client: ClientId): { readonly undo: boolean; readonly redo: boolean } {
  const by = authorNumberOf(board, client);
  const author = authorOf(board, by);
  return { undo: undoEvents(board, by, author).length > 0, redo: redoEvents(board, by, author).length > 0 };
}

type Step = 'undo' | 'redo';

const erasing = ({ number }: Gesture, step: Step, shapes: ShapeId[]): BoardEvent[] =>
  shapes.length > 0 ? [{ type: 'ShapesErased', shapes, gesture: number, step }] : [];

const restoring = ({ number }: Gesture, step: Step, shapes: ShapeId[]): BoardEvent[] =>
  shapes.length > 0 ? [{ type: 'ShapesRestored', shapes, gesture: number, step }] : [];

function without(ids: readonly ShapeId[], others: readonly ShapeId[]): readonly ShapeId[] {
  if (ids.length === 0 || others.length === 0) return ids;
  const known = new Set(others);
  return ids.filter((id) => !known.has(id));
}

const visible = (board: Board, ids: readonly ShapeId[]): ShapeId[] => ids.filter((id) => getFrom(board.shapes, id));

/** Those that are away because of this gesture of this author, and of nobody else since. */
const takenBy = (board: Board, by: AuthorNumber, gesture: Gesture, ids: readonly ShapeId[]): ShapeId[] =>
  ids.filter((id) => {
    const erasure = getFrom(board.erased, id)?.erasure;
    return erasure?.by === by && erasure.gesture === gesture.number;
  });

/** The settings to put back. Shapes that the gesture made come and go as they are. */
function changesBack(board: Board, by: AuthorNumber, gesture: Gesture, step: Step): BoardEvent[] {
  if (gesture.changed.length === 0) return [];
  const made = new Set(gesture.made);
  const shapes: ShapeId[] = [];
  const settings: Settings[] = [];
  for (const change of gesture.changed) {
    if (made.has(change.shape)) continue;
    const back = settingsBack(board, change, step, { by, gesture: gesture.number });
    if (settingKeys(back).length === 0) continue;
    shapes.push(change.shape);
    settings.push(back);
  }
  return shapes.length > 0 ? [{ type: 'ShapesChanged', shapes, settings, gesture: gesture.number, step }] : [];
}

function settingsBack(board: Board, change: ShapeChange, step: Step, own: Touch): Settings {
  const shape = getFrom(board.shapes, change.shape);
  if (!shape) return {};
  const values = step === 'undo' ? change.before : change.after;
  const stillAsLeft = (key: SettingKey): boolean =>
    sameTouch(shape.touched[key], step === 'undo' ? own : change.touched[key]);
  return Object.fromEntries(Object.entries(values).filter(([key]) => stillAsLeft(key as SettingKey)));
}

const sameTouch = (a: Touch | undefined, b: Touch | undefined): boolean => a?.by === b?.by && a?.gesture === b?.gesture;
