// Where things go when they are put in order. Pure.

import { type Box, heightOf, type Position, unionOf, widthOf } from '../../../shared/geometry.ts';
import type { ShapeId } from '../../../shared/ids.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { Shape } from '../../../shared/shapes/shape.ts';
import { byStackOrder } from '../../../shared/shapes/stack.ts';

export type Step = 'front' | 'forward' | 'backward' | 'back';

/** New places in the stack for some shapes; among themselves they stay in their order. */
export function restacked(all: readonly Shape[], chosen: readonly ShapeId[], step: Step): Map<ShapeId, Settings> {
  const own = new Set(chosen);
  const stack = all.toSorted(byStackOrder);
  const moving = stack.filter(({ id }) => own.has(id));
  const others = stack.filter(({ id }) => !own.has(id));
  const [low, high] = gap(stack, others, own, step);
  const settings = new Map<ShapeId, Settings>();
  moving.forEach(({ id }, i) => settings.set(id, { z: placeBetween(low, high, (i + 1) / (moving.length + 1)) }));
  return others.length === 0 ? new Map() : settings;
}

/** Between which places of the others: infinite at the ends. */
function gap(
  stack: readonly Shape[],
  others: readonly Shape[],
  own: ReadonlySet<ShapeId>,
  step: Step,
): readonly [number, number] {
  const zAt = (place: number): number =>
    place < 0 ? -Infinity : place >= others.length ? Infinity : (others[place] as Shape).z;
  if (step === 'front') return [zAt(others.length - 1), Infinity];
  if (step === 'back') return [-Infinity, zAt(0)];
  const top = stack.findLastIndex(({ id }) => own.has(id));
  const bottom = stack.findIndex(({ id }) => own.has(id));
  if (step === 'forward') {
    const below = stack.slice(0, top).filter(({ id }) => !own.has(id)).length;
    return [zAt(Math.min(below, others.length - 1)), zAt(below + 1)];
  }
  const below = stack.slice(0, bottom).filter(({ id }) => !own.has(id)).length;
  return [zAt(below - 2), zAt(Math.max(0, below - 1))];
}

function placeBetween(low: number, high: number, share: number): number {
  if (low === -Infinity) return high === Infinity ? 0 : high - 1 + share * 0.9;
  if (high === Infinity) return low + share;
  return low + (high - low) * share;
}

/** How far each of some boxes is to move. */
type Arrange = (boxes: readonly Box[]) => readonly Position[];

const around = (boxes: readonly Box[]): Box => boxes.reduce(unionOf);

const along =
  (x: (box: Box, all: Box) => number, y: (box: Box, all: Box) => number): Arrange =>
  (boxes) => {
    const all = around(boxes);
    return boxes.map((box) => ({ x: x(box, all), y: y(box, all) }));
  };

const none = (): number => 0;

/** Equal gaps between them, the first and the last staying where they are. */
function distributed(boxes: readonly Box[], axis: 'x' | 'y'): readonly Position[] {
  const startOf = (box: Box): number => (axis === 'x' ? box.minX : box.minY);
  const sizeOf = (box: Box): number => (axis === 'x' ? widthOf(box) : heightOf(box));
  const order = boxes.map((_, i) => i).sort((a, b) => startOf(boxes[a] as Box) - startOf(boxes[b] as Box));
  const all = around(boxes);
  const free = sizeOf(all) - boxes.reduce((sum, box) => sum + sizeOf(box), 0);
  const space = free / Math.max(1, boxes.length - 1);
  const moves: Position[] = boxes.map(() => ({ x: 0, y: 0 }));
  let at = startOf(all);
  for (const i of order) {
    const box = boxes[i] as Box;
    const by = at - startOf(box);
    moves[i] = axis === 'x' ? { x: by, y: 0 } : { x: 0, y: by };
    at += sizeOf(box) + space;
  }
  return moves;
}

export const alignments = {
  left: along((box, all) => all.minX - box.minX, none),
  centre: along((box, all) => (all.minX + all.maxX - box.minX - box.maxX) / 2, none),
  right: along((box, all) => all.maxX - box.maxX, none),
  top: along(none, (box, all) => all.minY - box.minY),
  middle: along(none, (box, all) => (all.minY + all.maxY - box.minY - box.maxY) / 2),
  bottom: along(none, (box, all) => all.maxY - box.maxY),
  across: (boxes) => distributed(boxes, 'x'),
  down: (boxes) => distributed(boxes, 'y'),
} as const satisfies Readonly<Record<string, Arrange>>;

export type Alignment = keyof typeof alignments;
