import type { PointerKind } from '../../shared/event.ts';
import type { Position } from '../../shared/geometry.ts';
import { MAX_SAMPLES_PER_STROKE } from '../../shared/limits.ts';
import { canHold } from '../../shared/shapes/hold.ts';
import type { KindName, Shape } from '../../shared/shapes/shape.ts';
import { toBoard } from '../canvas/camera.ts';
import { atEvenAngle } from './even-angle.ts';
import { showThing, thingAt } from './holding.ts';
import { onGrid } from './on-grid.ts';
import { precisionAt, StrokeRecorder } from './stroke-recorder.ts';
import type { Gesture, PointerSample, Sheet, Tool } from './tool.ts';

/** Pixels that a hand may move in a press that was no drag. */
const STILL = 4;
/** What a press without a drag makes, in pixels. */
const USUAL_SIDE = { width: 160, height: 110 };

interface ShapeTool<Name extends string> {
  readonly name: Name;
  readonly icon: string;
  readonly shortcuts: readonly string[];
  readonly kind: KindName;
  /** What Shift makes of it: as high as wide, or at a multiple of 15°. */
  readonly evenly: 'square' | 'angle';
}

const shapeTool = <Name extends string>({ evenly, ...tool }: ShapeTool<Name>) =>
  ({
    ...tool,
    draws: true,
    cursor: () => ({ shape: 'Named', name: 'crosshair' }),
    begin(sample, pointer, sheet) {
      const gesture = new DragGesture(tool.kind, evenly, pointer, sheet);
      return gesture.start(sample) ? gesture : null;
    },
  }) as const satisfies Tool;

export const rectangle = shapeTool({
  name: 'Rectangle',
  icon: 'rectangle',
  shortcuts: ['r'],
  kind: 'rectangle',
  evenly: 'square',
});
export const ellipse = shapeTool({
  name: 'Ellipse',
  icon: 'ellipse',
  shortcuts: ['o'],
  kind: 'ellipse',
  evenly: 'square',
});
export const diamond = shapeTool({
  name: 'Diamond',
  icon: 'diamond',
  shortcuts: ['g'],
  kind: 'diamond',
  evenly: 'square',
});
export const triangle = shapeTool({
  name: 'Triangle',
  icon: 'triangle',
  shortcuts: ['i'],
  kind: 'triangle',
  evenly: 'square',
});
export const line = shapeTool({ name: 'Line', icon: 'line', shortcuts: ['n'], kind: 'line', evenly: 'angle' });
export const arrow = shapeTool({ name: 'Arrow', icon: 'arrow', shortcuts: ['a'], kind: 'arrow', evenly: 'angle' });
export const frame = shapeTool({ name: 'Frame', icon: 'frame', shortcuts: ['f'], kind: 'frame', evenly: 'square' });

/**
 * A shape from where the pointer came down to where it is. It is recorded as ink is, a place for each frame, and so its
 * making can be seen again.
 */
class DragGesture implements Gesture {
  readonly #kind: KindName;
  readonly #evenly: 'square' | 'angle';
  readonly #pointer: PointerKind;
  readonly #sheet: Sheet;
  readonly #recorder: StrokeRecorder;
  readonly #number: number;
  #from: Position = { x: 0, y: 0 };
  #start: PointerSample | null = null;
  #latest: PointerSample | null = null;
  /** Of a line: whether it holds to the things that it begins and ends at. Alt lets it not. */
  #holds = false;
  #over = false;

  constructor(kind: KindName, evenly: 'square' | 'angle', pointer: PointerKind, sheet: Sheet) {
    this.#kind = kind;
    this.#evenly = evenly;
    this.#pointer = pointer;
    this.#sheet = sheet;
    this.#recorder = new StrokeRecorder(precisionAt(sheet.camera.zoom));
    this.#number = sheet.nextGesture();
  }

  start(sample: PointerSample): boolean {
    this.#start = sample;
    this.#from = onGrid(toBoard(this.#sheet.camera, sample.x, sample.y), this.#sheet.grid);
    this.#record(this.#from, sample.time);
    const samples = this.#recorder.take(1);
    if (!samples) return false;
    const rejection = this.#sheet.propose({
      type: 'StartStroke',
      number: this.#number,
      kind: this.#kind,
      style: this.#sheet.style(this.#kind),
      pointer: this.#pointer,
      precision: this.#recorder.precision,
      samples,
    });
    return !rejection;
  }

  move(samples: readonly PointerSample[]): void {
    this.#latest = samples.at(-1) ?? this.#latest;
  }

  flush(): void {
    const sample = this.#latest;
    if (!sample || this.#over || this.#recorder.count >= MAX_SAMPLES_PER_STROKE) return;
    this.#latest = null;
    const at = onGrid(toBoard(this.#sheet.camera, sample.x, sample.y), this.#sheet.grid);
    this.#goTo(sample.shift ? this.#even(at) : at, sample.time);
    if (!canHold({ kind: this.#kind })) return;
    this.#holds = !sample.alt;
    showThing(this.#sheet, this.#things().to);
  }

  end(): void {
    const last = this.#latest ?? this.#start;
    this.flush();
    if (this.#over) return;
    if (!this.#isDrag()) {
      if (this.#evenly === 'angle') return this.takeBack();
      const { zoom } = this.#sheet.camera;
      const [width, height] = [USUAL_SIDE.width / zoom, USUAL_SIDE.height / zoom];
      this.#goTo({ x: this.#from.x + width, y: this.#from.y + height }, last?.time ?? 0);
    }
    this.#over = true;
    this.#sheet.show({});
    if (this.#sheet.propose({ type: 'EndStroke' })) return;
    this.#takeHold();
    this.#sheet.made([this.#sheet.idOf(this.#number)]);
  }

  takeBack(): void {
    if (!this.#over) this.#sheet.propose({ type: 'Undo' });
    this.#over = true;
    this.#sheet.show({});
  }

  /** What a line that ends here would hold to. */
  #things(): Readonly<Record<'from' | 'to', Shape | null>> {
    const { last } = this.#recorder;
    if (!last || !this.#holds) return { from: null, to: null };
    return { from: thingAt(this.#sheet, this.#from, last), to: thingAt(this.#sheet, last, this.#from) };
  }

  /** Part of the same gesture: undone with it. */
  #takeHold(): void {
    const { from, to } = this.#things();
    if (!from && !to) return;
    const settings = [{ ...(from && { from: from.id }), ...(to && { to: to.id }) }];
    const shapes = [this.#sheet.idOf(this.#number)];
    this.#sheet.propose({ type: 'ChangeShapes', gesture: this.#number, shapes, settings });
  }

  #isDrag(): boolean {
    const { last } = this.#recorder;
    const way = last ? Math.max(Math.abs(last.x - this.#from.x), Math.abs(last.y - this.#from.y)) : 0;
    return way * this.#sheet.camera.zoom >= STILL;
  }

  #goTo(at: Position, time: number): void {
    this.#record(at, time);
    const samples = this.#recorder.take(1);
    if (samples && this.#sheet.propose({ type: 'ExtendStroke', samples })) this.#over = true;
  }

  #record({ x, y }: Position, time: number): void {
    this.#recorder.add({ x, y, pressure: 0.5, time });
  }

  #even({ x, y }: Position): Position {
    if (this.#evenly === 'angle') return atEvenAngle(this.#from, { x, y });
    const [dx, dy] = [x - this.#from.x, y - this.#from.y];
    const side = Math.max(Math.abs(dx), Math.abs(dy));
    return { x: this.#from.x + (dx < 0 ? -side : side), y: this.#from.y + (dy < 0 ? -side : side) };
  }
}
