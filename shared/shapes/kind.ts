import type { Box } from '../geometry.ts';
import type { Path } from './path.ts';
import type { KindName, Shape } from './shape.ts';

/**
 * The port of a kind of shape: what a shape's ink means. All pure and total for any shape that `decide` lets in.
 * A kind gives a path and never draws, so that every painter and exporter can show it without knowing it.
 */
export interface ShapeKind {
  readonly name: KindName;
  /** Stands for the name in the log and on the wire: never changed, never given to another kind. */
  readonly code: number;
  /**
   * How finely to paint where a pixel of the picture shows `pixel` board units: 0 for all there is, or the size of what
   * may be left out. Painters may keep a path as long as this stays the same.
   */
  detail(shape: Shape, pixel: number): number;
  /** What is painted in the shape's colour, at a detail. Costly: whoever paints again keeps it. */
  path(shape: Shape, detail: number): Path;
  /** A box that holds the path; not always the smallest. Cheap: made from the ink alone. */
  bounds(shape: Shape): Box;
  /** What handles hold: the box of the shape as it was made, before it was moved, and without the width of its line. */
  box(shape: Shape): Box;
  /** Whether the path comes within `radius` of (x, y). */
  hit(shape: Shape, x: number, y: number, radius: number): boolean;
}
