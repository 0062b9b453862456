import { type Box, boxBetween, growBox, type Position, unionOf } from '../../../shared/geometry.ts';
import type { ShapeId } from '../../../shared/ids.ts';
import { MAX_SHAPES_PER_COMMAND } from '../../../shared/limits.ts';
import { after, IDENTITY, inverseOf, mappedBox, type Matrix, translation } from '../../../shared/matrix.ts';
import { boxWithin, withBelongings } from '../../../shared/shapes/frames.ts';
import { kindOf } from '../../../shared/shapes/kinds.ts';
import type { Shape } from '../../../shared/shapes/shape.ts';
import { toBoard } from '../../canvas/camera.ts';
import { lettingGo } from '../holding.ts';
import { onGrid } from '../on-grid.ts';
import type { Gesture, PointerSample, Sheet } from '../tool.ts';
import { copyShapes } from './copy.ts';
import { withGroups } from './groups.ts';
import { type Grip, handlePlace, selectionBox, type SelectionBox } from './selected.ts';
import { snapped } from './snapping.ts';
import { resizing, turning } from './transform.ts';

/** Pixels that a hand may move in a press that is no drag. */
const STILL = 3;
/** Pixels from which things are drawn to others. */
const SNAP = 6;
/** Pixels around what is moved in which others are looked for. */
const SNAP_SIGHT = 1200;

/** A drag that brings the selection somewhere else: each frame by what is new since the last. */
abstract class Dragging implements Gesture {
  protected readonly sheet: Sheet;
  protected readonly start: PointerSample;
  protected readonly from: Position;
  #latest: PointerSample | null = null;
  #gesture: number | null = null;
  #done: Matrix = IDENTITY;
  #over = false;
  /** What is brought elsewhere: more than what is selected where that is a frame. */
  protected shapes: readonly ShapeId[] = [];

  constructor(sample: PointerSample, sheet: Sheet) {
    this.sheet = sheet;
    this.start = sample;
    this.from = toBoard(sheet.camera, sample.x, sample.y);
  }

  /** From where the selection was when the drag began. */
  protected abstract movement(to: Position, sample: PointerSample): Matrix;

  /** Says what is to be brought elsewhere. */
  protected abstract began(sample: PointerSample): void;
  protected clicked(): void {}

  move(samples: readonly PointerSample[]): void {
    this.#latest = samples.at(-1) ?? this.#latest;
  }

  flush(): void {
    const sample = this.#latest;
    if (!sample || this.#over) return;
    this.#latest = null;
    if (this.#gesture === null) {
      if (Math.hypot(sample.x - this.start.x, sample.y - this.start.y) < STILL) return;
      this.#gesture = this.sheet.nextGesture();
      this.began(sample);
    }
    const to = this.movement(toBoard(this.sheet.camera, sample.x, sample.y), sample);
    const by = after(to, inverseOf(this.#done));
    this.#done = to;
    for (let i = 0; i < this.shapes.length; i += MAX_SHAPES_PER_COMMAND) {
      const shapes = this.shapes.slice(i, i + MAX_SHAPES_PER_COMMAND);
      const refused = this.sheet.propose({ type: 'MoveShapes', gesture: this.#gesture, shapes, matrix: by });
      if (refused) this.#over = true;
    }
  }

  end(): void {
    this.flush();
    if (this.#gesture === null) this.clicked();
    this.#over = true;
    this.sheet.show({});
  }

  takeBack(): void {
    if (this.#gesture !== null && !this.#over) this.sheet.propose({ type: 'Undo' });
    this.#over = true;
    this.sheet.show({});
  }

  protected get gesture(): number {
    return (this.#gesture ??= this.sheet.nextGesture());
  }
}

const shapesOf = (sheet: Sheet): Shape[] => sheet.selection.flatMap((id) => sheet.shape(id) ?? []);

/** Moves what is selected; with Alt, a copy of it; with Shift, only along or across. */
export class MoveGesture extends Dragging {
  readonly #click: () => void;
  #box: Box | null = null;
  /** Of what is moved, which the grid takes. */
  #corner: Position = { x: 0, y: 0 };
  #others: readonly Box[] = [];

  constructor(sample: PointerSample, sheet: Sheet, click: () => void) {
    super(sample, sheet);
    this.#click = click;
  }

  protected override clicked(): void {
    this.#click();
  }

  protected override began(sample: PointerSample): void {
    let shapes = withBelongings(this.sheet.board, shapesOf(this.sheet));
    if (sample.alt) {
      this.sheet.select(copyShapes(this.sheet, shapes, this.gesture, IDENTITY));
      shapes = shapesOf(this.sheet);
    }
    this.shapes = shapes.map(({ id }) => id);
    const letGo = [...lettingGo(shapes)];
    for (let i = 0; i < letGo.length; i += MAX_SHAPES_PER_COMMAND) {
      const some = letGo.slice(i, i + MAX_SHAPES_PER_COMMAND);
      const [ids, settings] = [some.map(([id]) => id), some.map(([, each]) => each)];
      this.sheet.propose({ type: 'ChangeShapes', gesture: this.gesture, shapes: ids, settings });
    }
    const own = new Set(shapes.map(({ id }) => id));
    const boxes = shapesOf(this.sheet).map((shape) => kindOf(shape).bounds(shape));
    this.#box = boxes.reduce<Box | null>((all, box) => (all ? unionOf(all, box) : box), null);
    const selected = selectionBox(shapesOf(this.sheet));
    if (selected) this.#corner = handlePlace(selected, { x: 0, y: 0 });
    this.#others = this.sheet
      .shapesIn(growBox(this.#box ?? boxBetween(this.from, this.from), SNAP_SIGHT / this.sheet.camera.zoom))
      .filter((shape) => !own.has(shape.id) && !shape.open)
      .slice(0, 300)
      .map((shape) => kindOf(shape).bounds(shape));
  }

  protected override movement(to: Position, sample: PointerSample): Matrix {
    let [x, y] = [to.x - this.from.x, to.y - this.from.y];
    if (sample.shift) [x, y] = Math.abs(x) >= Math.abs(y) ? [x, 0] : [0, y];
    if (!this.#box) return translation(x, y);
    const { grid } = this.sheet;
    if (grid !== null) {
      const corner = this.#corner;
      const at = onGrid({ x: corner.x + x, y: corner.y + y }, grid);
      return translation(sample.shift && x === 0 ? 0 : at.x - corner.x, sample.shift && y === 0 ? 0 : at.y - corner.y);
    }
    const reach = SNAP / this.sheet.camera.zoom;
    const pull = snapped(mappedBox(translation(x, y), this.#box), this.#others, reach);
    this.sheet.show({ guides: pull.guides });
    return translation(x + (sample.shift && x === 0 ? 0 : pull.x), y + (sample.shift && y === 0 ? 0 : pull.y));
  }
}

/** Text and notes keep their letters' shape, ink the look of its line. */
const keepsShape = ({ kind }: Shape): boolean => kind === 'text' || kind === 'note' || kind === 'image';

/** Resizes what is selected by one of its handles, or turns it. */
export class GripGesture extends Dragging {
  readonly #grip: Grip;
  readonly #selected: SelectionBox | null;
  readonly #evenly: boolean;

  constructor(sample: PointerSample, sheet: Sheet, grip: Grip) {
    super(sample, sheet);
    this.#grip = grip;
    const shapes = shapesOf(sheet);
    this.#selected = selectionBox(shapes);
    // What is turned would be sheared by a box that is not.
    this.#evenly = shapes.some(keepsShape) || (shapes.length > 1 && shapes.some(isTurned));
  }

  /** A frame is stretched over what it is to show. */
  protected override began(): void {
    const shapes = shapesOf(this.sheet);
    const turned = this.#grip === 'turn' ? withBelongings(this.sheet.board, shapes) : shapes;
    this.shapes = turned.map(({ id }) => id);
  }

  protected override movement(to: Position, { shift = false, alt = false }: PointerSample): Matrix {
    if (!this.#selected) return IDENTITY;
    if (this.#grip === 'turn') return turning(this.#selected, this.from, to, shift);
    return resizing(this.#selected, this.#grip, onGrid(to, this.sheet.grid), {
      evenly: this.#evenly || shift,
      aboutMiddle: alt,
    });
  }
}

const isTurned = ({ attributes }: Shape): boolean =>
  attributes.transform !== undefined && (attributes.transform[1] !== 0 || attributes.transform[2] !== 0);

/** Selects what lies in a box between two points; a press that is no drag is a click. */
export class BoxGesture implements Gesture {
  readonly #sheet: Sheet;
  readonly #click: () => void;
  readonly #start: PointerSample;
  #dragged = false;
  readonly #from: Position;
  readonly #before: readonly ShapeId[];
  /** What a box adds to. */
  readonly #kept: readonly ShapeId[];
  #to: Position;

  constructor(sample: PointerSample, sheet: Sheet, click: () => void = () => undefined) {
    this.#sheet = sheet;
    this.#click = click;
    this.#start = sample;
    this.#from = toBoard(sheet.camera, sample.x, sample.y);
    this.#to = this.#from;
    this.#before = sheet.selection;
    this.#kept = sample.shift ? this.#before : [];
    sheet.select(this.#kept);
  }

  move(samples: readonly PointerSample[]): void {
    const last = samples.at(-1);
    if (!last) return;
    this.#to = toBoard(this.#sheet.camera, last.x, last.y);
    this.#dragged ||= Math.hypot(last.x - this.#start.x, last.y - this.#start.y) >= STILL;
  }

  flush(): void {
    if (!this.#dragged) return;
    const marquee = boxBetween(this.#from, this.#to);
    this.#sheet.show({ marquee });
    const found = this.#sheet
      .shapesIn(marquee)
      .filter(
        (shape) =>
          !shape.open &&
          !shape.attributes.locked &&
          isWithin(boxWithin(this.#sheet.clipOf(shape), kindOf(shape).bounds(shape)), marquee),
      );
    const ids = withGroups(this.#sheet, found).map(({ id }) => id);
    this.#sheet.select([...new Set([...this.#kept, ...ids])]);
  }

  end(): void {
    this.flush();
    this.#sheet.show({});
    if (!this.#dragged) this.#click();
  }

  takeBack(): void {
    this.#sheet.select(this.#before);
    this.#sheet.show({});
  }
}

const isWithin = (inner: Box, outer: Box): boolean =>
  inner.minX >= outer.minX && inner.maxX <= outer.maxX && inner.minY >= outer.minY && inner.maxY <= outer.maxY;

/** The box around a press that counts as on a thing. */
export const pressBox = (at: Position, radius: number): Box => growBox(boxBetween(at, at), radius);
