import type { Box } from '../../shared/geometry.ts';
import type { ImageId } from '../../shared/ids.ts';
import { MapSurvey, type PersistentMap } from '../../shared/persistent-map.ts';
import type { Edge } from '../../shared/shapes/frames.ts';
import type { Shape } from '../../shared/shapes/shape.ts';
import { byItemOrder, itemOf, NO_PLACE, type SceneItem } from './scene-item.ts';
import { SpatialIndex } from './spatial-index.ts';

/** What is kept of shapes that are gone however few there were, weighed as `weightOf` does: some megabytes of paths. */
const LEAST_KEPT = 50_000;

/** Of a map of shapes: what has to be known of it at once, without a look at each. */
interface Survey {
  /** Those being drawn, and the frames. */
  readonly marked: readonly Shape[];
  /** The highest place in the stack of those that are not being drawn. */
  readonly highest: number;
  /** The items of these, by number. */
  readonly numbers: readonly (readonly number[])[];
}

const NONE: readonly Shape[] = [];
const isMarked = ({ open, kind }: Shape): boolean => open || kind === 'frame';

/**
 * The settled shapes of a scene, and where they are. One that goes keeps its place for a while, and its path with it:
 * whoever looks to and fro in the past makes the same shapes come and go by the thousand. These are numbers in a row,
 * and nobody looks at each.
 */
export class SettledItems {
  readonly #index = new SpatialIndex();
  readonly #known = new WeakMap<Shape, SceneItem>();
  readonly #survey = new MapSurvey<Shape, Survey>((shapes) => this.#look(shapes), join);
  /** Those with a place, by number; where each is in the stack; since which leap it is settled, if that is the last. */
  #items: SceneItem[] = [];
  #heights: number[] = [];
  #settledSince: number[] = [];
  #leap = 1;
  /** Those with a place that show an image: few. */
  readonly #images = new Set<SceneItem>();
  /** Where some with a place are cut. */
  readonly #clips = new Set<Edge>();
  /** What those weigh that have a place, what those ever did that were settled at once, and when to look again. */
  #weight = 0;
  #most = 0;
  #limit = LEAST_KEPT;

  /** The item that shows a shape, if one does. */
  of(shape: Shape): SceneItem | undefined {
    const item = this.#known.get(shape);
    return item?.shape === shape && this.#isSettled(item.number) ? item : undefined;
  }

  has(item: SceneItem): boolean {
    return this.of(item.shape) === item;
  }

  /** The item to show a shape that is not shown yet, or not cut like this. */
  make(shape: Shape, clip: Edge | null): SceneItem {
    const known = this.#known.get(shape);
    const isFree = known?.shape === shape && known.clip === clip && !this.#isSettled(known.number);
    return isFree ? known : itemOf(shape, clip);
  }

  add(item: SceneItem): void {
    if (item.number === NO_PLACE) this.#place(item);
    this.#settledSince[item.number] = this.#leap;
    if (this.#weight > this.#limit) this.#keepInBounds();
  }

  remove(item: SceneItem): void {
    if (item.number !== NO_PLACE) this.#settledSince[item.number] = 0;
  }

  /** Gives an item the new value of its shape, which looks as it did. */
  renew(item: SceneItem, shape: Shape): void {
    this.#weight += weightOf(shape) - weightOf(item.shape);
    item.shape = shape;
    this.#heights[item.number] = shape.z;
    this.#known.set(shape, item);
    // The value before has no item any more.
    this.#survey.forget();
  }

  /** Of all shapes these are settled now that are not being drawn, cut as they were the last time. */
  leap(shapes: PersistentMap<Shape>): Omit<Survey, 'numbers'> {
    const survey = this.#survey.of(shapes);
    this.#leap++;
    for (const part of survey.numbers) for (const number of part) this.#settledSince[number] = this.#leap;
    if (this.#weight > this.#limit) this.#keepInBounds();
    return survey;
  }

  /** Calls `visit` with each whose bounds meet the box, in no order that means anything. */
  search(box: Box, visit: (item: SceneItem) => void): void {
    this.#index.some(box, (number) => {
      if (this.#isSettled(number)) visit(this.#items[number] as SceneItem);
      return false;
    });
  }

  /** Those whose bounds meet the box, from the back to the front. */
  stackIn(box: Box): SceneItem[] {
    const numbers: number[] = [];
    this.#index.some(box, (number) => {
      if (this.#isSettled(number)) numbers.push(number);
      return false;
    });
    const [heights, items] = [this.#heights, this.#items];
    const over = (a: number, b: number): number =>
      (heights[a] as number) - (heights[b] as number) || byItemOrder(items[a] as SceneItem, items[b] as SceneItem);
    return numbers.sort(over).map((number) => items[number] as SceneItem);
  }

  /** Whether one lies over an item, wherever their bounds meet. */
  isCovered(item: SceneItem): boolean {
    return this.#index.some(
      item.bounds,
      (number) => this.#isSettled(number) && byItemOrder(this.#items[number] as SceneItem, item) > 0,
    );
  }

  /** Those that show an image. */
  with(image: ImageId): SceneItem[] {
    return [...this.#images].filter((item) => item.shape.attributes.image === image && this.#isSettled(item.number));
  }

  /** Edges at which some are cut, and maybe others. */
  get clips(): Iterable<Edge> {
    return this.#clips;
  }

  #isSettled(number: number): boolean {
    return this.#settledSince[number] === this.#leap;
  }

  #look(shapes: readonly Shape[]): Survey {
    let marked: Shape[] | null = null;
    let highest = -Infinity;
    const numbers: number[] = [];
    for (const shape of shapes) {
      if (isMarked(shape)) (marked ??= []).push(shape);
      if (shape.open) continue;
      highest = Math.max(highest, shape.z);
      const known = this.#known.get(shape);
      const item = known?.shape === shape ? known : itemOf(shape, null);
      if (item.number === NO_PLACE) this.#place(item);
      numbers.push(item.number);
    }
    return { marked: marked ?? NONE, highest, numbers: [numbers] };
  }

  #place(item: SceneItem): void {
    const before = this.#known.get(item.shape);
    // Cut otherwise, a shape has another item.
    if (before?.shape === item.shape && before !== item) this.#survey.forget();
    this.#known.set(item.shape, item);
    item.number = this.#items.length;
    this.#items.push(item);
    this.#heights.push(item.shape.z);
    this.#settledSince.push(0);
    this.#index.add(item.number, item.bounds);
    this.#weight += weightOf(item.shape);
    if (item.shape.attributes.image) this.#images.add(item);
    if (item.clip) this.#clips.add(item.clip);
  }

  /** Lets go of those that are not there, where there are too many of them. */
  #keepInBounds(): void {
    const there = this.#items.filter(({ number }) => this.#isSettled(number));
    const weight = there.reduce((sum, item) => sum + weightOf(item.shape), 0);
    this.#most = Math.max(this.#most, weight);
    this.#limit = 2 * this.#most + LEAST_KEPT;
    if (this.#weight <= this.#limit) return;
    const gone = this.#items.filter(({ number }) => !this.#isSettled(number));
    for (const item of gone) item.path = null;
    for (const item of this.#items) item.number = NO_PLACE;
    [this.#items, this.#heights, this.#settledSince, this.#weight] = [[], [], [], 0];
    this.#index.clear();
    this.#images.clear();
    this.#clips.clear();
    this.#survey.forget();
    for (const item of there) this.add(item);
  }
}

/** Numbers that are kept in one row: longer ones are joined by each of many maps. */
const LONGEST_ROW = 64;

function join(parts: readonly Survey[]): Survey {
  let highest = -Infinity;
  let marked = NONE;
  const rows: (readonly number[])[] = [];
  for (const part of parts) {
    highest = Math.max(highest, part.highest);
    if (part.marked.length > 0) marked = marked.length > 0 ? [...marked, ...part.marked] : part.marked;
    for (const row of part.numbers) if (row.length > 0) rows.push(row);
  }
  const isShort = rows.reduce((sum, row) => sum + row.length, 0) <= LONGEST_ROW;
  return { marked, highest, numbers: isShort ? [rows.flat()] : rows };
}

/** About what the path of a shape takes, and its place. */
const weightOf = ({ ink }: Shape): number => ink.count + 10;
