import type { Board } from '../../shared/board.ts';
import { type Box, boxesMeet } from '../../shared/geometry.ts';
import type { ImageId, ShapeId } from '../../shared/ids.ts';
import { differences, emptyMap, type PersistentMap } from '../../shared/persistent-map.ts';
import { boxWithin, clipOf, type Edge } from '../../shared/shapes/frames.ts';
import type { Path } from '../../shared/shapes/path.ts';
import { sameSetting } from '../../shared/settings.ts';
import { kindOf } from '../../shared/shapes/kinds.ts';
import type { Shape } from '../../shared/shapes/shape.ts';
import { byStackOrder } from '../../shared/shapes/stack.ts';
import { everybodys, seenAs, type Whose } from '../../shared/whose.ts';
import { SceneFrames } from './scene-frames.ts';
import { SpatialIndex } from './spatial-index.ts';

/** A shape on the screen, with what was worked out about it. */
export interface SceneItem {
  shape: Shape;
  /** Of what is shown of it. */
  readonly bounds: Box;
  /** Where it is cut. */
  readonly clip: Edge | null;
  path: Path | null;
  /** The detail that `path` was made at. */
  detail: number;
}

/** What changed among the settled shapes, for whoever keeps pictures of them. */
export interface SceneListener {
  added(item: SceneItem): void;
  removed(item: SceneItem): void;
  /** Shapes changed places in the stack there. */
  restacked(box: Box): void;
  /** So much changed that to look at each is not worth it. */
  replaced(): void;
}

type Changes = Readonly<Record<'added' | 'removed' | 'restacked', readonly SceneItem[]>>;

/** More changes than this at once, and pictures are better made anew. */
const MANY = 150;

export const byItemOrder = (a: SceneItem, b: SceneItem): number => byStackOrder(a.shape, b.shape);

/**
 * The board as the screen knows it: settled shapes in a spatial index, strokes being drawn apart from them, as long as
 * nothing settled lies over them: then they are settled each time that they grow. Following the board costs what changed
 * in it.
 */
export class Scene {
  readonly index = new SpatialIndex<SceneItem>();
  readonly open = new Map<ShapeId, SceneItem>();
  readonly #settled = new Map<ShapeId, SceneItem>();
  /** Of the settled ones, those that show an image: few. */
  readonly #images = new Set<SceneItem>();
  readonly #frames = new SceneFrames();
  /** Settled ones that are still being drawn. */
  readonly #covered = new Set<SceneItem>();
  /** No settled shape was ever higher in the stack: what is drawn is as a rule over all, and nothing is to be sought. */
  #highest = -Infinity;
  #shapes: PersistentMap<Shape> = emptyMap();
  #whose: Whose = everybodys;

  show(board: Board, listener: SceneListener): void {
    if (board.shapes === this.#shapes) return;
    const { added, removed, restacked } = this.#follow(board.shapes);
    tell(listener, added, removed, restacked);
  }

  /** Shows the hands of some authors faintly, or not at all. */
  showWhose(whose: Whose, listener: SceneListener): void {
    if (whose === this.#whose) return;
    const shapes = this.#shapes;
    this.#follow(emptyMap());
    this.#whose = whose;
    this.#follow(shapes);
    listener.replaced();
  }

  #follow(shapes: PersistentMap<Shape>): Changes {
    const stirred: Box[] = [];
    const seen = (shape: Shape | undefined): Shape | undefined => (shape && seenAs(shape, this.#whose)) ?? undefined;
    const added: SceneItem[] = [];
    const removed: SceneItem[] = [];
    const restacked: SceneItem[] = [];
    differences(this.#shapes, shapes, (_key, was, is) => {
      const before = seen(was);
      const after = seen(is);
      const item = before && this.#settled.get(before.id);
      stirred.push(...this.#frames.follow(before, after));
      if (after?.open) {
        this.open.set(after.id, this.itemOf(after));
      } else if (before?.open) {
        this.open.delete(before.id);
      }
      const settles = after && !after.open ? after : undefined;
      if (item && settles && looksLike(item.shape, settles) && this.#cutOf(settles) === item.clip) {
        if (this.#restack(item, settles)) restacked.push(item);
        return;
      }
      if (item) removed.push(item);
      if (settles) added.push(this.itemOf(settles));
    });
    this.#shapes = shapes;
    this.#apply(added, removed);
    const changes = { added, removed, restacked };
    return this.#followCovers(stirred.length > 0 ? this.#cutAnew(stirred, changes) : changes);
  }

  /** Frames came, went or moved there: what lies there may belong to another one now. */
  #cutAnew(boxes: readonly Box[], changes: Changes): Changes {
    const near = new Set<SceneItem>();
    for (const box of boxes) {
      this.index.search(box, (item) => near.add(item));
      for (const item of this.open.values()) if (boxesMeet(item.bounds, box)) near.add(item);
    }
    const added = new Set(changes.added);
    const removed = [...changes.removed];
    for (const item of near) {
      const next = this.itemOf(item.shape);
      if (next.clip === item.clip) continue;
      if (!this.isSettled(item)) {
        this.open.set(item.shape.id, next);
        continue;
      }
      if (this.#covered.delete(item)) this.#covered.add(next);
      // One that has only just come was never shown as it was.
      if (!added.delete(item)) removed.push(item);
      added.add(next);
      this.#apply([next], [item]);
    }
    return { ...changes, added: [...added], removed };
  }

  /**
   * What is drawn shows above the tiles: strokes under something settled, their author may be gone, go into them. What
   * lies in them alone comes out again, so that a board looks as it does whatever it was before.
   */
  #followCovers(changes: Changes): Changes {
    if (this.open.size + this.#covered.size === 0) return changes;
    const added = new Set(changes.added);
    const removed = new Set(changes.removed);
    for (let again = true; again;) {
      again = false;
      for (const item of this.#covered) {
        const isDrawn = this.isSettled(item) && item.shape.open;
        if (isDrawn && !this.isOnTop(item)) continue;
        this.#covered.delete(item);
        if (!isDrawn) continue;
        this.open.set(item.shape.id, item);
        this.#apply([], [item]);
        if (!added.delete(item)) removed.add(item);
        again = true;
      }
    }
    for (let again = true; again;) {
      again = false;
      for (const [id, item] of this.open) {
        if (item.shape.z > this.#highest || this.isOnTop(item)) continue;
        this.open.delete(id);
        this.#covered.add(item);
        this.#apply([item], []);
        if (!removed.delete(item)) added.add(item);
        again = true;
      }
    }
    return { ...changes, added: [...added], removed: [...removed] };
  }

  /** A shape as it is shown here. */
  itemOf(shape: Shape): SceneItem {
    const clip = this.#cutOf(shape);
    return { shape, bounds: boxWithin(clip, boundsOf(shape)), clip, path: null, detail: 0 };
  }

  #cutOf(shape: Shape): Edge | null {
    const { edges } = this.#frames;
    return edges.length === 0 ? null : clipOf(shape, edges, boundsOf(shape));
  }

  /** Where a shape is cut that is shown here. */
  clipOf({ id }: Shape): Edge | null {
    return (this.#settled.get(id) ?? this.open.get(id))?.clip ?? null;
  }

  /** Every shape that may show in a box, those being drawn too. */
  shapesIn(box: Box): Shape[] {
    const shapes: Shape[] = [];
    this.index.search(box, (item) => shapes.push(item.shape));
    for (const item of this.open.values()) if (boxesMeet(item.bounds, box)) shapes.push(item.shape);
    return shapes;
  }

  /** The settled shapes that may show in a box, from the back to the front. */
  stackIn(box: Box): SceneItem[] {
    const items: SceneItem[] = [];
    this.index.search(box, (item) => items.push(item));
    return items.sort(byItemOrder);
  }

  /** Whether nothing settled lies over it. */
  isOnTop(item: SceneItem): boolean {
    let onTop = true;
    this.index.search(item.bounds, (other) => {
      if (byItemOrder(other, item) > 0) onTop = false;
    });
    return onTop;
  }

  /** The settled shapes that show an image. */
  itemsWith(image: ImageId): SceneItem[] {
    return [...this.#images].filter(({ shape }) => shape.attributes.image === image);
  }

  isSettled(item: SceneItem): boolean {
    return this.#settled.get(item.shape.id) === item;
  }

  /** Takes the new value of a shape that looks as before; true if it moved past another that it may overlap. */
  #restack(item: SceneItem, shape: Shape): boolean {
    const before = item.shape;
    this.#highest = Math.max(this.#highest, shape.z);
    if (before.z === shape.z) {
      item.shape = shape;
      return false;
    }
    let passed = false;
    this.index.search(item.bounds, (other) => {
      if (other !== item && byStackOrder(before, other.shape) > 0 !== byStackOrder(shape, other.shape) > 0)
        passed = true;
    });
    item.shape = shape;
    return passed;
  }

  #apply(added: readonly SceneItem[], removed: readonly SceneItem[]): void {
    for (const item of removed) {
      this.#settled.delete(item.shape.id);
      this.#images.delete(item);
      this.index.remove(item);
    }
    for (const item of added) {
      this.#highest = Math.max(this.#highest, item.shape.z);
      this.#settled.set(item.shape.id, item);
      if (item.shape.attributes.image) this.#images.add(item);
      this.index.add(item);
    }
  }
}

/** Boards of a history share their shapes: going to and fro in it, each is measured once. */
const known = new WeakMap<Shape, Box>();

function boundsOf(shape: Shape): Box {
  const before = known.get(shape);
  if (before) return before;
  const bounds = kindOf(shape).bounds(shape);
  known.set(shape, bounds);
  return bounds;
}

/** Shapes of one id grow, and are given other settings: a board loaded anew has other objects. */
const looksLike = (a: Shape, b: Shape): boolean =>
  a.ink.length === b.ink.length &&
  a.kind === b.kind &&
  sameRecord(a.style, b.style) &&
  sameRecord(a.attributes, b.attributes);

function sameRecord(a: object, b: object): boolean {
  if (a === b) return true;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => sameSetting((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
  );
}

function tell(
  listener: SceneListener,
  added: readonly SceneItem[],
  removed: readonly SceneItem[],
  restacked: readonly SceneItem[],
): void {
  if (added.length + removed.length + restacked.length > MANY) return listener.replaced();
  for (const item of removed) listener.removed(item);
  for (const item of restacked) listener.restacked(item.bounds);
  for (const item of added) listener.added(item);
}

/** The path of an item, kept until it is needed at another detail. */
export function pathOf(item: SceneItem, pixel: number): Path {
  const kind = kindOf(item.shape);
  const detail = kind.detail(item.shape, pixel);
  if (item.path && item.detail === detail) return item.path;
  item.detail = detail;
  return (item.path = kind.path(item.shape, detail));
}
