import { boxBetween, growBox, type Position } from '../../shared/geometry.ts';
import type { ShapeId } from '../../shared/ids.ts';
import { MAX_PIECES, MAX_SHAPES_PER_COMMAND } from '../../shared/limits.ts';
import { beginningWithin, leftOf } from '../../shared/shapes/cut.ts';
import { type Edge, wayWithin } from '../../shared/shapes/frames.ts';
import { kindOf } from '../../shared/shapes/kinds.ts';
import { isInk, type Shape } from '../../shared/shapes/shape.ts';
import { toBoard } from '../canvas/camera.ts';
import type { Gesture, PointerSample, Sheet, Tool } from './tool.ts';

/** CSS pixels. */
const RADIUS = 9;

export const eraser = {
  name: 'Eraser',
  icon: 'eraser',
  shortcuts: ['e'],
  draws: true,
  cursor: () => ({ shape: 'Circle', diameter: 2 * RADIUS, filled: false }),

  begin(sample, _pointer, sheet) {
    const gesture = new EraseGesture(sample, sheet);
    gesture.flush();
    return gesture;
  },
} as const satisfies Tool;

/** Takes away every shape that the eraser passes over, or the part of a stroke that it does, all in one gesture. */
class EraseGesture implements Gesture {
  readonly #sheet: Sheet;
  #at: Position;
  /** Null until something was hit. */
  #number: number | null = null;
  #found: ShapeId[] = [];
  readonly #done = new Set<ShapeId>();
  #over = false;

  constructor(sample: PointerSample, sheet: Sheet) {
    this.#sheet = sheet;
    this.#at = toBoard(sheet.camera, sample.x, sample.y);
    this.#passOver(this.#at);
  }

  move(samples: readonly PointerSample[]): void {
    for (const { x, y } of samples) if (!this.#over) this.#passOver(toBoard(this.#sheet.camera, x, y));
  }

  flush(): void {
    while (this.#found.length > 0 && !this.#over) {
      const shapes = this.#found.splice(0, MAX_SHAPES_PER_COMMAND);
      this.#number ??= this.#sheet.nextGesture();
      if (this.#sheet.propose({ type: 'EraseShapes', gesture: this.#number, shapes })) this.#over = true;
    }
  }

  end(): void {
    this.flush();
    this.#over = true;
  }

  takeBack(): void {
    if (this.#number !== null && !this.#over) this.#sheet.propose({ type: 'Undo' });
    this.#over = true;
  }

  #passOver(to: Position): void {
    const radius = RADIUS / this.#sheet.camera.zoom;
    const from = this.#at;
    this.#at = to;
    for (const shape of this.#sheet.shapesIn(growBox(boxBetween(from, to), radius))) {
      if (shape.attributes.locked || this.#done.has(shape.id)) continue;
      const clip = this.#sheet.clipOf(shape);
      const passed = clip ? wayWithin(clip, from, to) : ([from, to] as const);
      if (!passed) continue;
      if (this.#sheet.eraser === 'part' && isInk(shape) && !shape.open) this.#cut(shape, clip, ...passed, radius);
      else if (isHit(shape, ...passed, radius)) {
        this.#done.add(shape.id);
        this.#found.push(shape.id);
      }
    }
  }

  #cut(stroke: Shape, clip: Edge | null, from: Position, to: Position, radius: number): void {
    const rest = leftOf(stroke, from, to, radius);
    if (!rest || this.#over) return;
    const left = clip ? beginningWithin(clip, stroke, rest) : rest;
    this.#number ??= this.#sheet.nextGesture();
    const first = Math.max(this.#number + 1, this.#sheet.nextGesture());
    const pieces = left.slice(0, MAX_PIECES).map((stretch, i) => ({ number: first + i, ...stretch }));
    const rejection = this.#sheet.propose({ type: 'CutStroke', gesture: this.#number, shape: stroke.id, pieces });
    if (rejection) this.#over = true;
  }
}

/** Between two samples of a fast hand lies much: it is tried every radius. */
function isHit(shape: Shape, from: Position, to: Position, radius: number): boolean {
  const { hit } = kindOf(shape);
  const steps = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / radius));
  for (let i = 0; i <= steps; i++) {
    const share = i / steps;
    if (hit(shape, from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share, radius)) return true;
  }
  return false;
}
