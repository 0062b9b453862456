// Which frame a thing belongs to. Nobody says so: it follows from where both lie, so that every replica, every moment
// of the past and every export come to the same, whatever moved them.

import type { Board } from '../board.ts';
import {
  type Box,
  boxAround,
  boxesMeet,
  cornersOf,
  heightOf,
  isInPolygon,
  overlapOf,
  type Position,
  widthOf,
} from '../geometry.ts';
import type { ShapeId } from '../ids.ts';
import { determinantOf, mapped } from '../matrix.ts';
import { valuesOf } from '../persistent-map.ts';
import { transformOf } from '../settings.ts';
import { drawnBox, endsOf, placedCorners, placedEnds } from './corners.ts';
import { canHold, middleOf } from './hold.ts';
import { kindOf } from './kinds.ts';
import { isInk, type Shape } from './shape.ts';

/** A frame's edge as it is shown. Nothing of what belongs to the frame is shown beyond it. */
export interface Edge {
  readonly frame: ShapeId;
  readonly corners: readonly Position[];
  /** Around the corners. */
  readonly box: Box;
  readonly area: number;
  /** The frame's place in the stack. */
  readonly z: number;
}

/** The edge of a shape that is a frame; null for any other, and for one that is still being drawn. */
export function edgeOfFrame(shape: Shape): Edge | null {
  if (shape.kind !== 'frame' || shape.open) return null;
  const corners = placedCorners(shape);
  const box = drawnBox(shape);
  const area = Math.abs(determinantOf(transformOf(shape))) * widthOf(box) * heightOf(box);
  return { frame: shape.id, corners, box: boxAround(corners), area, z: shape.z };
}

/** The smallest first, of equals the frontmost. The id decides at last, so that everybody sees the same picture. */
export const byArea = (a: Edge, b: Edge): number => a.area - b.area || b.z - a.z || (a.frame > b.frame ? -1 : 1);

/** The edges of the frames on a board, in the order of `byArea`. */
export function edgesOn({ shapes }: Pick<Board, 'shapes'>): readonly Edge[] {
  const before = known.get(shapes);
  if (before) return before;
  const edges: Edge[] = [];
  for (const shape of valuesOf(shapes)) {
    const edge = edgeOfFrame(shape);
    if (edge) edges.push(edge);
  }
  known.set(shapes, edges.sort(byArea));
  return edges;
}

/** Whoever paints a board asks more than once. */
const known = new WeakMap<Board['shapes'], readonly Edge[]>();

/** The frame that a shape belongs to, of those with these edges, which come in the order of `byArea`. [K12] */
export function frameAround(shape: Shape, edges: readonly Edge[], bounds?: Box): Edge | null {
  if (edges.length === 0 || shape.kind === 'frame') return null;
  const around = bounds ?? kindOf(shape).bounds(shape);
  let lies: ((edge: Edge) => boolean) | null = null;
  let found: Edge | null = null;
  for (const edge of edges) {
    // A frame and its copy are of one size: what was copied with it lies before it.
    if (found && (found.area < edge.area || found.z < shape.z)) break;
    if (!boxesMeet(edge.box, around)) continue;
    lies ??= lyingIn(shape);
    if (lies(edge)) found = edge;
  }
  return found;
}

/** What says whether a shape lies in a frame. Of ink that does not change while it is drawn. */
function lyingIn(shape: Shape): (edge: Edge) => boolean {
  if (canHold(shape)) return within(...placedEnds(shape));
  if (isInk(shape)) return within(mapped(transformOf(shape), endsOf(shape)[0]));
  const middle = within(middleOf(shape));
  const corners = placedCorners(shape, kindOf(shape).box(shape));
  // What has no corner in it lies around the frame or across it, and would hardly be seen.
  return (edge) => middle(edge) && corners.some((corner) => isInPolygon(edge.corners, corner));
}

const within =
  (...places: readonly Position[]) =>
  ({ corners }: Edge): boolean =>
    places.every((place) => isInPolygon(corners, place));

/** The edge at which a shape is cut: that of its frame, where it reaches beyond it. */
export function clipOf(shape: Shape, edges: readonly Edge[], bounds?: Box): Edge | null {
  if (edges.length === 0) return null;
  const around = bounds ?? kindOf(shape).bounds(shape);
  const edge = frameAround(shape, edges, around);
  return edge && !holdsBox(edge, around) ? edge : null;
}

const holdsBox = (edge: Edge, box: Box): boolean => within(...cornersOf(box))(edge);

/** What is left of a box within an edge. */
export const boxWithin = (clip: Edge | null, box: Box): Box => (clip && overlapOf(clip.box, box)) ?? box;

/** The box around what shows of a shape on a board with these edges. */
export function shownBox(shape: Shape, edges: readonly Edge[]): Box {
  const bounds = kindOf(shape).bounds(shape);
  return boxWithin(clipOf(shape, edges, bounds), bounds);
}

export const isShownAt = (clip: Edge | null, at: Position): boolean => !clip || isInPolygon(clip.corners, at);

/** What of the way between two points lies within an edge, if anything: an edge has no dents. */
export function wayWithin(clip: Edge, from: Position, to: Position): readonly [Position, Position] | null {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const middle = centreOf(clip.corners);
  let [enters, leaves] = [0, 1];
  for (const [i, a] of clip.corners.entries()) {
    const b = clip.corners[(i + 1) % clip.corners.length] as Position;
    // How far on the side of the frame's middle, at the beginning and how much more at the end.
    const side = (p: Position): number => (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
    const inwards = Math.sign(side(middle));
    const start = side(from) * inwards;
    const change = ((b.x - a.x) * dy - (b.y - a.y) * dx) * inwards;
    if (change === 0 && start < 0) return null;
    if (change > 0) enters = Math.max(enters, -start / change);
    if (change < 0) leaves = Math.min(leaves, -start / change);
  }
  if (enters > leaves) return null;
  const at = (share: number): Position => ({ x: from.x + share * dx, y: from.y + share * dy });
  return [at(enters), at(leaves)];
}

function centreOf(corners: readonly Position[]): Position {
  const sum = corners.reduce((all, { x, y }) => ({ x: all.x + x, y: all.y + y }), { x: 0, y: 0 });
  return { x: sum.x / corners.length, y: sum.y / corners.length };
}

/** Shapes, and all that belongs to the frames among them, or to frames that lie in these. [G21] */
export function withBelongings(board: Pick<Board, 'shapes'>, shapes: readonly Shape[]): readonly Shape[] {
  const chosen = new Set(shapes.filter(({ kind }) => kind === 'frame').map(({ id }) => id));
  if (chosen.size === 0) return shapes;
  const edges = edgesOn(board);
  const outer = edges.filter(({ frame }) => chosen.has(frame));
  const frames = new Set(
    edges.filter((edge) => outer.some((around) => liesIn(edge, around))).map(({ frame }) => frame),
  );
  const taken = new Map(shapes.map((shape) => [shape.id, shape]));
  for (const shape of valuesOf(board.shapes)) {
    const frame = shape.kind === 'frame' ? shape.id : shape.open ? null : frameAround(shape, edges)?.frame;
    if (frame && frames.has(frame)) taken.set(shape.id, shape);
  }
  return [...taken.values()];
}

/** Whether a frame is another, or lies whole in it. */
const liesIn = (edge: Edge, around: Edge): boolean => edge === around || within(...edge.corners)(around);
