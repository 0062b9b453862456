import type { PointerKind } from '../../../shared/event.ts';
import type { Position } from '../../../shared/geometry.ts';
import type { Ends } from '../../../shared/settings.ts';
import { placedEnds } from '../../../shared/shapes/corners.ts';
import { canHold } from '../../../shared/shapes/hold.ts';
import type { Shape } from '../../../shared/shapes/shape.ts';
import { toBoard } from '../../canvas/camera.ts';
import { atEvenAngle } from '../even-angle.ts';
import { showThing, thingAt } from '../holding.ts';
import { onGrid } from '../on-grid.ts';
import type { Gesture, PointerSample, Sheet } from '../tool.ts';
import { NEAR_GRIP } from './selected.ts';

export type LineEnd = 'from' | 'to';

/** The line that is selected alone: its ends are what is taken hold of. */
export function lineAlone(shapes: readonly Shape[]): Shape | null {
  const [only, ...others] = shapes;
  return only && others.length === 0 && canHold(only) && !only.open ? only : null;
}

/** The end of a line that a press at a point takes. */
export function lineEndAt(line: Shape, at: Position, zoom: number, pointer: PointerKind = 'mouse'): LineEnd | null {
  if (line.attributes.locked) return null;
  const [from, to] = placedEnds(line).map(({ x, y }) => Math.hypot(x - at.x, y - at.y)) as [number, number];
  if (Math.min(from, to) > NEAR_GRIP[pointer] / zoom) return null;
  return to <= from ? 'to' : 'from';
}

/** Draws one end of a line elsewhere; over a thing it takes hold of that, unless Alt says not to. Shift keeps to 15°. */
export class EndGesture implements Gesture {
  readonly #sheet: Sheet;
  readonly #line: Shape;
  readonly #end: LineEnd;
  #latest: PointerSample | null = null;
  #gesture: number | null = null;
  #over = false;

  constructor(sheet: Sheet, line: Shape, end: LineEnd) {
    this.#sheet = sheet;
    this.#line = line;
    this.#end = end;
  }

  move(samples: readonly PointerSample[]): void {
    this.#latest = samples.at(-1) ?? this.#latest;
  }

  flush(): void {
    const sample = this.#latest;
    const line = this.#sheet.shape(this.#line.id);
    if (!sample || !line || this.#over) return;
    this.#latest = null;
    const [from, to] = placedEnds(line);
    const fixed = this.#end === 'to' ? from : to;
    const pointed = onGrid(toBoard(this.#sheet.camera, sample.x, sample.y), this.#sheet.grid);
    const at = sample.shift ? atEvenAngle(fixed, pointed) : pointed;
    const thing = sample.alt ? null : thingAt(this.#sheet, at, fixed);
    showThing(this.#sheet, thing);
    const ends: Ends = this.#end === 'to' ? [from.x, from.y, at.x, at.y] : [at.x, at.y, to.x, to.y];
    const settings = [{ ends, [this.#end]: thing?.id ?? '' }];
    this.#gesture ??= this.#sheet.nextGesture();
    const gesture = this.#gesture;
    if (this.#sheet.propose({ type: 'ChangeShapes', gesture, shapes: [line.id], settings })) this.#over = true;
  }

  end(): void {
    this.flush();
    this.#over = true;
    this.#sheet.show({});
  }

  takeBack(): void {
    if (this.#gesture !== null && !this.#over) this.#sheet.propose({ type: 'Undo' });
    this.#over = true;
    this.#sheet.show({});
  }
}
