// What dragging a handle makes of a selection. Pure.

import { heightOf, type Position, widthOf } from '../../../shared/geometry.ts';
import { after, inverseOf, mapped, type Matrix, rotation, scaling } from '../../../shared/matrix.ts';
import { type Handle, handlePlace, pointIn, type SelectionBox } from './selected.ts';

/** Thinner than this share of what it was, a thing is not made: it could not be taken hold of again. */
const LEAST = 0.02;
const TURN_STEP = Math.PI / 12;

export interface ResizeKeys {
  /** As high as wide, as it was. */
  readonly evenly: boolean;
  /** About the middle, and not about the other side. */
  readonly aboutMiddle: boolean;
}

/** The map that brings a handle to a point of the board. */
export function resizing(selected: SelectionBox, handle: Handle, to: Position, keys: ResizeKeys): Matrix {
  const { box, placed } = selected;
  const back = inverseOf(placed);
  const at = mapped(back, to);
  const grip = pointIn(box, handle);
  const fixed = pointIn(box, keys.aboutMiddle ? { x: 0.5, y: 0.5 } : { x: 1 - handle.x, y: 1 - handle.y });
  const ratio = (moved: number, from: number, about: number): number =>
    from === about ? 1 : (moved - about) / (from - about);
  let [x, y] = [
    handle.x === 0.5 ? 1 : ratio(at.x, grip.x, fixed.x),
    handle.y === 0.5 ? 1 : ratio(at.y, grip.y, fixed.y),
  ];
  if (widthOf(box) === 0) x = 1;
  if (heightOf(box) === 0) y = 1;
  if (keys.evenly) {
    const size = handle.x === 0.5 ? Math.abs(y) : handle.y === 0.5 ? Math.abs(x) : Math.max(Math.abs(x), Math.abs(y));
    [x, y] = [x < 0 ? -size : size, y < 0 ? -size : size];
  }
  return after(placed, after(scaling(atLeast(x), atLeast(y), fixed), back));
}

const atLeast = (ratio: number): number => (Math.abs(ratio) >= LEAST ? ratio : ratio < 0 ? -LEAST : LEAST);

/** The map that turns a selection as a hand does that goes from one point to another; by steps of 15° or not. */
export function turning(selected: SelectionBox, from: Position, to: Position, bySteps: boolean): Matrix {
  const middle = handlePlace(selected, { x: 0.5, y: 0.5 });
  const angleTo = ({ x, y }: Position): number => Math.atan2(y - middle.y, x - middle.x);
  const turned = angleTo(to) - angleTo(from);
  if (!bySteps) return rotation(turned, middle);
  const before = Math.atan2(selected.placed[1], selected.placed[0]);
  return rotation(Math.round((before + turned) / TURN_STEP) * TURN_STEP - before, middle);
}
