import { boxBetween, boxesMeet, growBox, type Position, squaredDistanceToSegment } from '../geometry.ts';
import { inkSamples } from '../ink.ts';
import { inverseOf, mapped, scaleOf } from '../matrix.ts';
import { transformOf } from '../settings.ts';
import { type Edge, isShownAt } from './frames.ts';
import type { Shape } from './shape.ts';

/** Along a stroke, in its samples from 0 on. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Thirds taken away until the nearest point of a line is known to a ten-thousandth of it. */
const NARROWINGS = 24;
/** Halvings until an end is known to a thousandth of the way between two samples. */
const HALVINGS = 10;
/** How far within an edge a stretch begins, as a share of the way between two samples: rounding must not bring it out. */
const INSIDE = 1 / 32;
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
  const distance = ({ x, y }: Position): number => squaredDistanceToSegment(x, y, a.x, a.y, b.x, b.y);
  const isAway = (point: Position): boolean => distance(point) > reach * reach;
  const swept = growBox(boxBetween(a, b), reach);
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
    if (!boxesMeet(swept, boxBetween(one, next))) continue;
    for (const share of crossings(at, isAway, distance)) {
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

/**
 * Of stretches of a stroke that a frame's edge cuts, what begins within it: that goes on belonging to the frame, and
 * nothing comes to light of what its edge hid. [K12]
 */
export function beginningWithin(clip: Edge, stroke: Shape, stretches: readonly Stretch[]): Stretch[] {
  const samples = inkSamples(stroke.ink);
  const place = transformOf(stroke);
  const isShown = (point: Position): boolean => isShownAt(clip, mapped(place, point));
  return stretches.flatMap(({ from, to }) => {
    for (let start = from; start < to; start = Math.floor(start) + 1) {
      if (isShown(placeAlong(samples, start))) return [{ from: start, to }];
      const length = Math.min(to, Math.floor(start) + 1) - start;
      const at = (share: number): Position => placeAlong(samples, start + share * length);
      if (isShown(at(1))) return [{ from: start + Math.min(1, between(0, 1, at, isShown) + INSIDE) * length, to }];
    }
    return [];
  });
}

/** Where a line between two samples gets into the eraser's way or out of it: at most twice, for that way is convex. */
function crossings(
  at: (share: number) => Position,
  isAway: (point: Position) => boolean,
  distance: (point: Position) => number,
): number[] {
  const [startsAway, endsAway] = [isAway(at(0)), isAway(at(1))];
  if (startsAway !== endsAway) return [between(0, 1, at, isAway)];
  if (!startsAway) return [];
  // Both ends are outside: what is inside lies about the nearest point.
  const nearest = lowest((share) => distance(at(share)));
  return isAway(at(nearest)) ? [] : [between(0, nearest, at, isAway), between(nearest, 1, at, isAway)];
}

/** Where a convex function is lowest between 0 and 1. */
function lowest(of: (share: number) => number): number {
  let [low, high] = [0, 1];
  for (let i = 0; i < NARROWINGS; i++) {
    const third = (high - low) / 3;
    if (of(low + third) < of(high - third)) high -= third;
    else low += third;
  }
  return (low + high) / 2;
}

/** The last place that is meant, from the end that is: only one of both is. */
function between(
  low: number,
  high: number,
  at: (share: number) => Position,
  isMeant: (point: Position) => boolean,
): number {
  const startsMeant = isMeant(at(low));
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (isMeant(at(middle)) === startsMeant) low = middle;
    else high = middle;
  }
  return startsMeant ? low : high;
}

function placeAlong(samples: readonly Position[], place: number): Position {
  const [one, next] = [samples[Math.floor(place)] as Position, samples[Math.ceil(place)] as Position];
  const share = place - Math.floor(place);
  return { x: one.x + share * (next.x - one.x), y: one.y + share * (next.y - one.y) };
}

function lengthOf(samples: readonly Position[], { from, to }: Stretch): number {
  const whole = samples.slice(Math.floor(from) + 1, Math.ceil(to));
  const corners = [placeAlong(samples, from), ...whole, placeAlong(samples, to)];
  let length = 0;
  for (let i = 1; i < corners.length; i++) {
    const [one, next] = [corners[i - 1] as Position, corners[i] as Position];
    length += Math.hypot(next.x - one.x, next.y - one.y);
  }
  return length;
}
