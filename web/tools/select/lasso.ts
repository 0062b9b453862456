import { boxAround, cornersOf, isInPolygon, type Position } from '../../../shared/geometry.ts';
import type { ShapeId } from '../../../shared/ids.ts';
import { inkSamples } from '../../../shared/ink.ts';
import { mapped } from '../../../shared/matrix.ts';
import { transformOf } from '../../../shared/settings.ts';
import { placedEnds } from '../../../shared/shapes/corners.ts';
import { canHold, edgeOf } from '../../../shared/shapes/hold.ts';
import { boxWithin, type Edge, isShownAt } from '../../../shared/shapes/frames.ts';
import { kindOf } from '../../../shared/shapes/kinds.ts';
import { isInk, type Shape } from '../../../shared/shapes/shape.ts';
import { toBoard } from '../../canvas/camera.ts';
import type { Gesture, PointerSample, Sheet, Tool } from '../tool.ts';
import { withGroups } from './groups.ts';

/** Pixels between two corners of the loop: finer nobody draws around something. */
const STEP = 4;
/** Of a long stroke so many of its samples are looked at. */
const MOST_POINTS = 200;

const loop = {
  name: 'Lasso',
  icon: 'lasso',
  shortcuts: ['q'],
  cursor: () => ({ shape: 'Named', name: 'crosshair' }),
  begin: (sample, _pointer, sheet) => new LassoGesture(sample, sheet),
} as const satisfies Omit<Tool, 'draws'>;

export const lasso = { ...loop, draws: true, overPast: { ...loop, draws: false } } as const satisfies Tool;

/** Selects what lies whole in a loop that is drawn by hand, and closes by itself. */
class LassoGesture implements Gesture {
  readonly #sheet: Sheet;
  readonly #before: readonly ShapeId[];
  /** What a loop adds to. */
  readonly #kept: readonly ShapeId[];
  readonly #loop: Position[] = [];
  #last: PointerSample;

  constructor(sample: PointerSample, sheet: Sheet) {
    this.#sheet = sheet;
    this.#before = sheet.selection;
    this.#kept = sample.shift ? this.#before : [];
    this.#last = sample;
    this.#loop.push(toBoard(sheet.camera, sample.x, sample.y));
    sheet.select(this.#kept);
  }

  move(samples: readonly PointerSample[]): void {
    for (const sample of samples) {
      if (Math.hypot(sample.x - this.#last.x, sample.y - this.#last.y) < STEP) continue;
      this.#last = sample;
      this.#loop.push(toBoard(this.#sheet.camera, sample.x, sample.y));
    }
  }

  flush(): void {
    this.#sheet.show({ lasso: [...this.#loop] });
    this.#sheet.select(this.#found());
  }

  end(): void {
    const found = this.#found();
    this.#sheet.show({});
    // What is selected is for the tool that moves it.
    if (found.length > 0) this.#sheet.made(found);
  }

  takeBack(): void {
    this.#sheet.select(this.#before);
    this.#sheet.show({});
  }

  #found(): readonly ShapeId[] {
    const found = this.#sheet
      .shapesIn(boxAround(this.#loop))
      .filter(
        (shape) => !shape.open && !shape.attributes.locked && isInLoop(shape, this.#sheet.clipOf(shape), this.#loop),
      );
    const ids = withGroups(this.#sheet, found).map(({ id }) => id);
    return [...new Set([...this.#kept, ...ids])];
  }
}

const isInLoop = (shape: Shape, clip: Edge | null, loop: readonly Position[]): boolean =>
  (clip ? pointsWithin(clip, shape) : pointsOf(shape)).every((point) => isInPolygon(loop, point));

/** Points that say where that lies which is shown of a shape that is cut. */
function pointsWithin(clip: Edge, shape: Shape): readonly Position[] {
  if (isInk(shape)) return pointsOf(shape).filter((point) => isShownAt(clip, point));
  return cornersOf(boxWithin(clip, kindOf(shape).bounds(shape)));
}

/** Points that say where a shape lies. */
function pointsOf(shape: Shape): readonly Position[] {
  if (canHold(shape)) return placedEnds(shape);
  if (!isInk(shape)) return edgeOf(shape);
  const samples = inkSamples(shape.ink);
  const every = Math.ceil(samples.length / MOST_POINTS);
  const matrix = transformOf(shape);
  return samples.filter((_, i) => i % every === 0 || i === samples.length - 1).map((sample) => mapped(matrix, sample));
}
