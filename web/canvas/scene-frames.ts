import type { Box } from '../../shared/geometry.ts';
import type { ShapeId } from '../../shared/ids.ts';
import { sameSetting } from '../../shared/settings.ts';
import { byArea, type Edge, edgeOfFrame } from '../../shared/shapes/frames.ts';
import type { Shape } from '../../shared/shapes/shape.ts';

/** The edges of the frames on the screen, followed shape by shape. As long as one stays where it is, it is the same. */
export class SceneFrames {
  readonly #edges = new Map<ShapeId, Edge>();
  /** Of each value of a frame: what comes back is cut as it was. */
  readonly #known = new WeakMap<Shape, Edge>();
  #sorted: readonly Edge[] = [];

  /** In the order of `byArea`. */
  get edges(): readonly Edge[] {
    return this.#sorted;
  }

  /** Takes in that a shape came, went or changed; gives the boxes in which things may belong to another frame now. */
  follow(before: Shape | undefined, after: Shape | undefined): readonly Box[] {
    const id = (before ?? after)?.id;
    if (!id || (before?.kind !== 'frame' && after?.kind !== 'frame')) return [];
    const was = this.#edges.get(id);
    const is = after && this.#edgeOf(after);
    if (!was && !is) return [];
    if (was && is && sameEdge(was, is)) return [];
    if (is) this.#edges.set(id, is);
    else this.#edges.delete(id);
    this.#sorted = [...this.#edges.values()].sort(byArea);
    return [was, is].flatMap((edge) => (edge ? [edge.box] : []));
  }

  /** Of all shapes these are the frames now. */
  leap(frames: readonly Shape[]): void {
    const before = new Map(this.#edges);
    this.#edges.clear();
    for (const frame of frames) {
      const was = before.get(frame.id);
      const is = this.#edgeOf(frame);
      if (is) this.#edges.set(frame.id, was && sameEdge(was, is) ? was : is);
    }
    this.#sorted = [...this.#edges.values()].sort(byArea);
  }

  #edgeOf(frame: Shape): Edge | null {
    const edge = this.#known.get(frame) ?? edgeOfFrame(frame);
    if (edge) this.#known.set(frame, edge);
    return edge;
  }
}

const sameEdge = (a: Edge, b: Edge): boolean =>
  a.z === b.z && a.corners.every(({ x, y }, i) => sameSetting([x, y], [b.corners[i]?.x, b.corners[i]?.y]));
