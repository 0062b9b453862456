import type { Box } from '../../shared/geometry.ts';
import type { ImageId } from '../../shared/ids.ts';
import type { Edge } from '../../shared/shapes/frames.ts';
import type { Shape } from '../../shared/shapes/shape.ts';
import { itemOf, type SceneItem } from './scene-item.ts';
import { SpatialIndex } from './spatial-index.ts';

/** What is kept of shapes that are gone however few there were, weighed as `weightOf` does: some megabytes of paths. */
const LEAST_KEPT = 50_000;

/**
 * The settled shapes of a scene, and where they are. One that goes keeps its place for a while, and its path with it:
 * whoever looks to and fro in the past makes the same shapes come and go by the thousand.
 */
export class SettledItems {
  readonly #index = new SpatialIndex<SceneItem>();
  readonly #known = new WeakMap<Shape, SceneItem>();
  /** Those that show an image: few. */
  readonly #images = new Set<SceneItem>();
  #size = 0;
  /** What those weigh that are shown, the most that they ever did, and those that are gone and keep their places. */
  #weight = 0;
  #most = 0;
  #gone = 0;

  get size(): number {
    return this.#size;
  }

  /** The item that shows a shape, if one does. */
  of(shape: Shape): SceneItem | undefined {
    const item = this.#known.get(shape);
    return item?.settled && item.shape === shape ? item : undefined;
  }

  has(item: SceneItem): boolean {
    return item.settled && this.of(item.shape) === item;
  }

  /** The item to show a shape that is not shown yet, or not cut like this. */
  make(shape: Shape, clip: Edge | null): SceneItem {
    const known = this.#known.get(shape);
    return known && !known.settled && known.shape === shape && known.clip === clip ? known : itemOf(shape, clip);
  }

  add(item: SceneItem): void {
    const weight = weightOf(item.shape);
    item.settled = true;
    this.#known.set(item.shape, item);
    if (item.shape.attributes.image) this.#images.add(item);
    this.#size++;
    this.#weight += weight;
    this.#most = Math.max(this.#most, this.#weight);
    if (item.placed) {
      this.#gone -= weight;
    } else {
      item.placed = true;
      this.#index.add(item);
    }
  }

  remove(item: SceneItem): void {
    const weight = weightOf(item.shape);
    item.settled = false;
    this.#images.delete(item);
    this.#size--;
    this.#weight -= weight;
    this.#gone += weight;
    if (this.#gone > this.#most + LEAST_KEPT) this.#forget();
  }

  /** Gives an item the new value of its shape, which looks as it did. */
  renew(item: SceneItem, shape: Shape): void {
    this.#weight += weightOf(shape) - weightOf(item.shape);
    item.shape = shape;
    this.#known.set(shape, item);
  }

  /** Calls `visit` with each whose bounds meet the box, in no order that means anything. */
  search(box: Box, visit: (item: SceneItem) => void): void {
    this.#index.search(box, (item) => {
      if (item.settled) visit(item);
    });
  }

  /** Those that show an image. */
  with(image: ImageId): SceneItem[] {
    return [...this.#images].filter(({ shape }) => shape.attributes.image === image);
  }

  #forget(): void {
    const all = this.#index.items();
    this.#index.clear();
    this.#gone = 0;
    for (const item of all) {
      item.placed = item.settled;
      if (item.settled) this.#index.add(item);
      else item.path = null;
    }
  }
}

/** About what the path of a shape takes, and its place. */
const weightOf = ({ ink }: Shape): number => ink.count + 10;
