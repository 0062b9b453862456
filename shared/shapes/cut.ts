import type { Position } from '../geometry.ts';
import { squaredDistanceToSegment } from '../geometry.ts';
import { inkSamples } from '../ink.ts';
import { inverseOf, mapped, scaleOf } from '../matrix.ts';
import { transformOf } from '../settings.ts';
import type { Shape } from './shape.ts';

/** Along a stroke, in its samples from 0 on. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Halvings until an end is known to a thousandth of the way between two samples. */
const HALVINGS = 10;
/** What is left of a stroke is worth keeping from this many of its widths on. */
const LEAST_WIDTHS = 0.1;

/**
 * What an eraser of a radius leaves of a stroke when it goes from one point of the board to another; null where it
 * leaves all of it.
 */
export function leftOf(stroke: Shape, from: Position, to: Position, radius: number): Stretch[] | null {
  const back = inverseOf(transformOf(stroke));
  const [a, b] = [mapped(back, from), mapped(back, to)];
  const reach = radius * scaleOf(back) + stroke.style.width / 2;
  const samples = inkSamples(stroke.ink);
  const isAway = ({ x, y }: Position): boolean => squaredDistanceToSegment(x, y, a.x, a.y, b.x, b.y) > reach * reach;
  const left: Stretch[] = [];
  let hit = false;
  let start: number | null = isAway(samples[0] as Position) ? 0 : null;
  if (start === null) hit = true;
  for (let i = 0; i + 1 < samples.length; i++) {
    const [one, next] = [samples[i] as Position, samples[i + 1] as Position];
    const at = (share: number): Position => ({
      x: one.x + share * (next.x - one.x),
      y: one.y + share * (next.y - one.y),
    });
    for (const share of crossings(at, isAway)) {
      hit = true;
      if (start === null) start = i + share;
      else {
        left.push({ from: start, to: i + share });
        start = null;
      }
    }
  }
  if (!hit) return null;
  if (start !== null) left.push({ from: start, to: samples.length - 1 });
  const least = stroke.style.width * LEAST_WIDTHS;
  return left.filter((stretch) => lengthOf(samples, stretch) > least);
}

/** Where a line between two samples gets into the eraser's way or out of it: at most twice, for that way is convex. */
function crossings(at: (share: number) => Position, isAway: (point: Position) => boolean): number[] {
  const [startsAway, endsAway] = [isAway(at(0)), isAway(at(1))];
  if (startsAway !== endsAway) return [between(0, 1, at, isAway)];
  if (!startsAway) return [];
  // Both ends are outside: what is inside lies about the nearest point.
  for (const share of [0.5, 0.25, 0.75, 0.125, 0.375, 0.625, 0.875]) {
    if (!isAway(at(share))) return [between(0, share, at, isAway), between(share, 1, at, isAway)];
  }
  return [];
}

function between(
  low: number,
  high: number,
  at: (share: number) => Position,
  isAway: (point: Position) => boolean,
): number {
  const startsAway = isAway(at(low));
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (isAway(at(middle)) === startsAway) low = middle;
    else high = middle;
  }
  return startsAway ? low : high;
}

function lengthOf(samples: readonly Position[], { from, to }: Stretch): number {
  const at = (place: number): Position => {
    const [one, next] = [samples[Math.floor(place)] as Position, samples[Math.ceil(place)] as Position];
    const share = place - Math.floor(place);
    return { x: one.x + share * (next.x - one.x), y: one.y + share * (next.y - one.y) };
  };
  const corners = [at(from), ...samples.slice(Math.floor(from) + 1, Math.ceil(to)), at(to)];
  let length = 0;
  for (let i = 1; i < corners.length; i++) {
    const [one, next] = [corners[i - 1] as Position, corners[i] as Position];
    length += Math.hypot(next.x - one.x, next.y - one.y);
  }
  return length;
}
