import type { Board } from '../../shared/board.ts';
import { type Box, boxesMeet } from '../../shared/geometry.ts';
import type { ShapeId } from '../../shared/ids.ts';
import { differences, emptyMap, type PersistentMap } from '../../shared/persistent-map.ts';
import { clipOf, type Edge } from '../../shared/shapes/frames.ts';
import { sameSetting } from '../../shared/settings.ts';
import type { Shape } from '../../shared/shapes/shape.ts';
import { byStackOrder } from '../../shared/shapes/stack.ts';
import { everybodys, seenAs, type Whose } from '../../shared/whose.ts';
import { boundsOf, itemOf, type SceneItem } from './scene-item.ts';
import { SceneFrames } from './scene-frames.ts';
import { SettledItems } from './settled-items.ts';

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
/** Shapes before and after. */
type News = (readonly [before: Shape | undefined, after: Shape | undefined])[];
const NOTHING: Changes = { added: [], removed: [], restacked: [] };

/** More changes than this at once, and pictures are better made anew; then nobody goes through the changes either. */
const MANY = 150;

/**
 * The board as the screen knows it: settled shapes in a spatial index, strokes being drawn apart from them, as long as
 * nothing settled lies over them: then they are settled each time that they grow. Following the board costs what changed
 * in it, where that is little; a leap, to another part of the past, costs little whatever lies between.
 */
export class Scene {
  readonly settled = new SettledItems();
  readonly open = new Map<ShapeId, SceneItem>();
  readonly #frames = new SceneFrames();
  /** Settled ones that are still being drawn. */
  readonly #covered = new Set<SceneItem>();
  /** No settled shape was ever higher in the stack: what is drawn is as a rule over all, and nothing is to be sought. */
  #highest = -Infinity;
  #shapes: PersistentMap<Shape> = emptyMap();
  #whose: Whose = everybodys;
  readonly #many: number;

  constructor(many = MANY) {
    this.#many = many;
  }

  show(board: Board, listener: SceneListener): void {
    if (board.shapes === this.#shapes) return;
    const news = this.#newsOf(board.shapes);
    if (!news) this.#leap(board.shapes);
    const changes = news && this.#follow(board.shapes, news);
    if (!changes || isMoreThan(this.#many, changes)) return listener.replaced();
    tell(listener, changes);
  }

  /** Shows the hands of some authors faintly, or not at all. */
  showWhose(whose: Whose, listener: SceneListener): void {
    if (whose === this.#whose) return;
    const shapes = this.#shapes;
    this.#leap(emptyMap());
    this.#whose = whose;
    const news = this.#newsOf(shapes);
    if (news) this.#follow(shapes, news);
    else this.#leap(shapes);
    listener.replaced();
  }

  /** What is otherwise on another board; null where that is so much that a leap is better. */
  #newsOf(shapes: PersistentMap<Shape>): News | null {
    const news: News = [];
    // Who is faint or hidden is so shape by shape.
    const most = this.#whose.size === 0 ? this.#many : Infinity;
    const isAll = differences(this.#shapes, shapes, (_key, was, is) =>
      news.push([was, is]) > most ? false : undefined,
    );
    return isAll ? news : null;
  }

  #leap(shapes: PersistentMap<Shape>): void {
    const { marked, highest } = this.settled.leap(shapes);
    this.#shapes = shapes;
    this.#highest = highest;
    this.#frames.leap(marked);
    this.#covered.clear();
    this.open.clear();
    for (const shape of marked) if (shape.open) this.open.set(shape.id, this.itemOf(shape));
    const edges = new Set([...this.settled.clips, ...this.#frames.edges]);
    this.#followCovers(
      edges.size > 0
        ? this.#cutAnew(
            [...edges].map(({ box }) => box),
            NOTHING,
          )
        : NOTHING,
    );
  }

  #follow(shapes: PersistentMap<Shape>, news: News): Changes {
    const stirred: Box[] = [];
    const seen = (shape: Shape | undefined): Shape | undefined => (shape && seenAs(shape, this.#whose)) ?? undefined;
    const added: SceneItem[] = [];
    const removed: SceneItem[] = [];
    const restacked: SceneItem[] = [];
    for (const [was, is] of news) {
      const before = seen(was);
      const after = seen(is);
      const item = before && this.settled.of(before);
      stirred.push(...this.#frames.follow(before, after));
      if (after?.open) {
        this.open.set(after.id, this.itemOf(after));
      } else if (before?.open) {
        this.open.delete(before.id);
      }
      const settles = after && !after.open ? after : undefined;
      if (item && settles && looksLike(item.shape, settles) && this.#cutOf(settles) === item.clip) {
        if (this.#restack(item, settles)) restacked.push(item);
        continue;
      }
      if (item) removed.push(item);
      if (settles) added.push(this.settled.make(settles, this.#cutOf(settles)));
    }
    this.#shapes = shapes;
    this.#apply(added, removed);
    const changes = { added, removed, restacked };
    return this.#followCovers(stirred.length > 0 ? this.#cutAnew(stirred, changes) : changes);
  }

  /** Frames came, went or moved there: what lies there may belong to another one now. */
  #cutAnew(boxes: readonly Box[], changes: Changes): Changes {
    const near = new Set<SceneItem>();
    for (const box of boxes) {
      this.settled.search(box, (item) => near.add(item));
      for (const item of this.open.values()) if (boxesMeet(item.bounds, box)) near.add(item);
    }
    const added = new Set(changes.added);
    const removed = [...changes.removed];
    for (const item of near) {
      const clip = this.#cutOf(item.shape);
      if (clip === item.clip) continue;
      if (!this.settled.has(item)) {
        this.open.set(item.shape.id, itemOf(item.shape, clip));
        continue;
      }
      const next = this.settled.make(item.shape, clip);
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
        const isDrawn = this.settled.has(item) && item.shape.open;
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
    return itemOf(shape, this.#cutOf(shape));
  }

  #cutOf(shape: Shape): Edge | null {
    const { edges } = this.#frames;
    return edges.length === 0 ? null : clipOf(shape, edges, boundsOf(shape));
  }

  /** Where a shape is cut that is shown here, or would be. */
  clipOf(shape: Shape): Edge | null {
    const item = this.settled.of(shape);
    return item ? item.clip : this.#cutOf(shape);
  }

  /** Every shape that may show in a box, those being drawn too. */
  shapesIn(box: Box): Shape[] {
    const shapes: Shape[] = [];
    this.settled.search(box, (item) => shapes.push(item.shape));
    for (const item of this.open.values()) if (boxesMeet(item.bounds, box)) shapes.push(item.shape);
    return shapes;
  }

  /** The settled shapes that may show in a box, from the back to the front. */
  stackIn(box: Box): SceneItem[] {
    return this.settled.stackIn(box);
  }

  /** Whether nothing settled lies over it. */
  isOnTop(item: SceneItem): boolean {
    return !this.settled.isCovered(item);
  }

  /** Takes the new value of a shape that looks as before; true if it moved past another that it may overlap. */
  #restack(item: SceneItem, shape: Shape): boolean {
    const before = item.shape;
    this.#highest = Math.max(this.#highest, shape.z);
    if (before.z === shape.z) {
      this.settled.renew(item, shape);
      return false;
    }
    let passed = false;
    this.settled.search(item.bounds, (other) => {
      if (other !== item && byStackOrder(before, other.shape) > 0 !== byStackOrder(shape, other.shape) > 0)
        passed = true;
    });
    this.settled.renew(item, shape);
    return passed;
  }

  #apply(added: readonly SceneItem[], removed: readonly SceneItem[]): void {
    for (const item of removed) this.settled.remove(item);
    for (const item of added) {
      this.settled.add(item);
      this.#highest = Math.max(this.#highest, item.shape.z);
    }
  }
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

const isMoreThan = (many: number, { added, removed, restacked }: Changes): boolean =>
  added.length + removed.length + restacked.length > many;

function tell(listener: SceneListener, { added, removed, restacked }: Changes): void {
  for (const item of removed) listener.removed(item);
  for (const item of restacked) listener.restacked(item.bounds);
  for (const item of added) listener.added(item);
}
