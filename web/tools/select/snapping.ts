// Things that are moved are drawn to the edges and middles of those around them.

import type { Box, Position } from '../../../shared/geometry.ts';

export interface Snapped {
  /** To add to the movement, in board units. */
  readonly x: number;
  readonly y: number;
  readonly guides: readonly (readonly [Position, Position])[];
}

type Axis = 'x' | 'y';

const edges = (box: Box, axis: Axis): readonly number[] =>
  axis === 'x' ? [box.minX, (box.minX + box.maxX) / 2, box.maxX] : [box.minY, (box.minY + box.maxY) / 2, box.maxY];

/** How far a moved box still is from lining up with others, where that is no more than `reach`. */
export function snapped(moved: Box, others: readonly Box[], reach: number): Snapped {
  const x = nearest(moved, others, 'x', reach);
  const y = nearest(moved, others, 'y', reach);
  const at: Box = {
    minX: moved.minX + x.by,
    maxX: moved.maxX + x.by,
    minY: moved.minY + y.by,
    maxY: moved.maxY + y.by,
  };
  const guides: (readonly [Position, Position])[] = [];
  if (x.line !== null && x.other) {
    const [top, bottom] = [Math.min(at.minY, x.other.minY), Math.max(at.maxY, x.other.maxY)];
    guides.push([{ x: x.line, y: top }, { x: x.line, y: bottom }]); // prettier-ignore
  }
  if (y.line !== null && y.other) {
    const [left, right] = [Math.min(at.minX, y.other.minX), Math.max(at.maxX, y.other.maxX)];
    guides.push([{ x: left, y: y.line }, { x: right, y: y.line }]); // prettier-ignore
  }
  return { x: x.by, y: y.by, guides };
}

interface Pull {
  readonly by: number;
  readonly line: number | null;
  readonly other: Box | null;
}

function nearest(moved: Box, others: readonly Box[], axis: Axis, reach: number): Pull {
  let best: Pull = { by: 0, line: null, other: null };
  let least = reach;
  for (const other of others) {
    for (const line of edges(other, axis)) {
      for (const own of edges(moved, axis)) {
        const away = Math.abs(line - own);
        if (away > least || (away === least && best.line !== null)) continue;
        least = away;
        best = { by: line - own, line, other };
      }
    }
  }
  return best;
}
