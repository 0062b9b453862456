import type { PointerKind } from '../../../shared/event.ts';
import type { Position } from '../../../shared/geometry.ts';
import type { ShapeId } from '../../../shared/ids.ts';
import { isShownAt } from '../../../shared/shapes/frames.ts';
import { kindOf } from '../../../shared/shapes/kinds.ts';
import type { Shape } from '../../../shared/shapes/shape.ts';
import { byStackOrder } from '../../../shared/shapes/stack.ts';
import { tracesAt } from '../../../shared/traces.ts';
import { toBoard } from '../../canvas/camera.ts';
import type { PointerSample, Sheet, Tool, ToolCursor } from '../tool.ts';
import { EndGesture, lineAlone, lineEndAt } from './end-gesture.ts';
import { BoxGesture, GripGesture, MoveGesture, pressBox } from './gestures.ts';
import { withGroups } from './groups.ts';
import { gripAt, isInside, selectionBox, type SelectionBox } from './selected.ts';

/** Pixels around a press that count as on a thing. */
const NEAR: Readonly<Record<PointerKind, number>> = { mouse: 5, pen: 8, touch: 12 };

const arrow = {
  name: 'Select',
  icon: 'select',
  shortcuts: ['v', 's'],
  cursor: () => ({ shape: 'Named', name: 'default' }),
} as const satisfies Omit<Tool, 'draws' | 'begin'>;

/** The same where nothing can be moved: from wherever it begins, a drag is a box. [T24] */
const pick = {
  ...arrow,
  draws: false,
  hover: (sample, sheet) => {
    const hit = shapeAt(sheet, toBoard(sheet.camera, sample.x, sample.y), 'mouse');
    return { shape: 'Named', name: hit ? 'pointer' : 'default' };
  },
  begin: (sample, pointer, sheet) => {
    const hit = shapeAt(sheet, toBoard(sheet.camera, sample.x, sample.y), pointer);
    return new BoxGesture(sample, sheet, () => (hit ? clicked(sheet, sample, hit) : undefined));
  },
} as const satisfies Tool;

export const select = {
  ...arrow,
  draws: true,
  overPast: pick,

  hover(sample, sheet): ToolCursor {
    const at = toBoard(sheet.camera, sample.x, sample.y);
    const line = lineAlone(selectedShapes(sheet));
    if (line && lineEndAt(line, at, sheet.camera.zoom)) return { shape: 'Named', name: 'crosshair' };
    const selected = line ? null : selectedBox(sheet);
    const grip = selected && gripAt(selected, at, sheet.camera.zoom);
    if (grip === 'turn') return { shape: 'Named', name: 'grab' };
    if (grip && selected) return { shape: 'Named', name: resizeCursor(selected, grip) };
    return { shape: 'Named', name: shapeAt(sheet, at, 'mouse') ? 'move' : 'default' };
  },

  begin(sample, pointer, sheet) {
    const at = toBoard(sheet.camera, sample.x, sample.y);
    const selected = selectedBox(sheet);
    const line = lineAlone(selectedShapes(sheet));
    const end = line && lineEndAt(line, at, sheet.camera.zoom, pointer);
    if (end) return new EndGesture(sheet, line, end);
    const grip = selected && !line && gripAt(selected, at, sheet.camera.zoom, pointer);
    if (grip) return new GripGesture(sample, sheet, grip);
    const hit = shapeAt(sheet, at, pointer);
    const isTaken = hit !== null && sheet.selection.includes(hit.id);
    if (hit && !isTaken) {
      const ids = withGroups(sheet, [hit]).map(({ id }) => id);
      sheet.select(sample.shift ? [...sheet.selection, ...ids] : ids);
      return new MoveGesture(sample, sheet, () => undefined);
    }
    if (hit || (selected && isInside(selected, at) && !sample.shift)) {
      // Only once it is let go is it known that this was no drag of the whole selection.
      return new MoveGesture(sample, sheet, () => clicked(sheet, sample, hit));
    }
    return new BoxGesture(sample, sheet);
  },

  twice(sample, sheet) {
    const at = toBoard(sheet.camera, sample.x, sample.y);
    const hit = shapeAt(sheet, at, 'touch') ?? inSelected(sheet, at);
    if (hit && mayBeWrittenOn(hit)) sheet.write(hit.id);
    else if (!hit) sheet.write(at);
  },
} as const satisfies Tool;

/** A click: what was hit is selected alone, or with Shift joins or leaves the others; beside all things nothing stays. */
function clicked(sheet: Sheet, { shift }: PointerSample, hit: Shape | null): void {
  const ids = hit ? withGroups(sheet, [hit]).map(({ id }) => id) : [];
  if (!shift) sheet.select(ids);
  else if (hit && !sheet.selection.includes(hit.id)) sheet.select([...sheet.selection, ...ids]);
  else sheet.select(sheet.selection.filter((id) => !ids.includes(id)));
}

/** An empty figure is hit at its line only, but once it is selected a second press inside is for its text. */
function inSelected(sheet: Sheet, at: Position): Shape | null {
  const selected = selectedBox(sheet);
  const [only, ...others] = sheet.selection;
  return only && others.length === 0 && selected && isInside(selected, at) ? (sheet.shape(only) ?? null) : null;
}

const WRITTEN = new Set(['rectangle', 'ellipse', 'diamond', 'triangle', 'text', 'note', 'frame']);
export const mayBeWrittenOn = ({ kind, attributes }: Shape): boolean => WRITTEN.has(kind) && !attributes.locked;

const selectedShapes = (sheet: Sheet): Shape[] => sheet.selection.flatMap((id) => sheet.shape(id) ?? []);

function selectedBox(sheet: Sheet): SelectionBox | null {
  const shapes = selectedShapes(sheet);
  return shapes.every(({ attributes }) => attributes.locked) ? null : selectionBox(shapes);
}

/** Whose hands were at a point of the board, also where nothing is now. */
export const tracesOf = (sheet: Sheet, at: Position): readonly Shape[] => {
  const radius = NEAR.mouse / sheet.camera.zoom;
  const shown = sheet.shapesIn(pressBox(at, radius)).filter((shape) => isShownAt(sheet.clipOf(shape), at));
  return tracesAt(sheet.board, shown, at, radius);
};

/** What a menu at a point of the board is for: what is selected, where that is meant; or what lies there. */
export function meantAt(sheet: Sheet, at: Position): readonly ShapeId[] {
  const hit = shapeAt(sheet, at, 'mouse') ?? inSelected(sheet, at);
  if (!hit) return [];
  return sheet.selection.includes(hit.id) ? sheet.selection : withGroups(sheet, [hit]).map(({ id }) => id);
}

/** The frontmost shape at a point of the board. */
export function shapeAt(sheet: Sheet, at: Position, pointer: PointerKind): Shape | null {
  const radius = NEAR[pointer] / sheet.camera.zoom;
  const found = sheet
    .shapesIn(pressBox(at, radius))
    .filter(
      (shape) => !shape.open && isShownAt(sheet.clipOf(shape), at) && kindOf(shape).hit(shape, at.x, at.y, radius),
    );
  return found.sort(byStackOrder).at(-1) ?? null;
}

const CURSORS = ['ew-resize', 'nwse-resize', 'ns-resize', 'nesw-resize'] as const;

/** The cursor that points along the way that a handle can be dragged. */
function resizeCursor({ placed }: SelectionBox, { x, y }: { readonly x: number; readonly y: number }): string {
  const [dx, dy] = [2 * x - 1, 2 * y - 1];
  const angle = Math.atan2(placed[1] * dx + placed[3] * dy, placed[0] * dx + placed[2] * dy);
  const eighth = Math.round((angle / Math.PI) * 4);
  return CURSORS[((eighth % 4) + 4) % 4] as string;
}
