// What a hand meant by a stroke: a clean line, arrow, ellipse or rectangle, if it comes near enough to one.
// Each figure is tried by how far the ink lies from its own best fit, as in B. Paulson and T. Hammond, "PaleoSketch"
// (IUI 2008), on points at equal distances along the way (J. Wobbrock et al., "$1 recognizer", UIST 2007).

import { type Box, boxAround, heightOf, type Position, widthOf } from '../geometry.ts';
import type { KindName } from './shape.ts';

export interface Recognised {
  readonly kind: Extract<KindName, 'line' | 'arrow' | 'ellipse' | 'rectangle'>;
  /** Where the figure is drawn from and to. */
  readonly from: Position;
  readonly to: Position;
}

const POINTS = 96;
/** Furthest that a straight line's ink lies from it, as a share of its length; and how much longer its way may be. */
const [STRAIGHT, DETOUR] = [0.07, 1.12];
/** Between the ends of a closed figure, as a share of its way. */
const OPEN = 0.18;
/** How far the ink of a closed figure lies from it, on average and at most, as a share of its shorter side. */
const [NEAR, FAR] = [0.07, 0.3];
/** How near the ink comes to each corner of a rectangle, as a share of its shorter side. */
const CORNER = 0.24;
/** How often it goes round, at least and at most. */
const [LEAST_TURN, MOST_TURN] = [0.8, 1.35];
/** Of an arrow: its head's way as a share of its shaft's, at least and at most; how far that reaches to each side. */
const [LEAST_HEAD, MOST_HEAD, BARB] = [0.12, 1.3, 0.04];
/** Where its tip begins, as a share of its length. */
const AT_TIP = 0.97;
/** A trembling hand's way is measured between every so many points. */
const COARSE = 6;

/**
 * The figure that a stroke's points look like; null where they look like none, or are less than `least` wide and high.
 * Positions and `least` are in board units.
 */
export function recognise(ink: readonly Position[], least: number): Recognised | null {
  const points = evenly(ink, POINTS);
  if (points.length < 4) return null;
  const box = boxAround(points);
  if (Math.max(widthOf(box), heightOf(box)) < least) return null;
  return lineOf(points) ?? arrowOf(points) ?? closedFigureOf(points, box);
}

/** Points at equal distances along the way. */
function evenly(ink: readonly Position[], count: number): Position[] {
  const length = lengthOf(ink);
  const [first] = ink;
  if (!first || length === 0) return [];
  const step = length / (count - 1);
  const points = [first];
  let [at, left] = [first, step];
  for (let i = 1; i < ink.length;) {
    const next = ink[i] as Position;
    const way = distance(at, next);
    if (way < left) {
      left -= way;
      at = next;
      i++;
      continue;
    }
    at = { x: at.x + ((next.x - at.x) * left) / way, y: at.y + ((next.y - at.y) * left) / way };
    points.push(at);
    left = step;
  }
  if (points.length < count) points.push(ink.at(-1) as Position);
  return points;
}

const distance = (a: Position, b: Position): number => Math.hypot(a.x - b.x, a.y - b.y);

const lengthOf = (points: readonly Position[]): number =>
  points.reduce((sum, point, i) => sum + distance(point, points[i - 1] ?? point), 0);

/** How far a point lies from the way between two others: along it from the first, and beside it. */
function placeOf(point: Position, from: Position, to: Position): { along: number; beside: number } {
  const length = distance(from, to) || 1;
  const [x, y] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const [dx, dy] = [point.x - from.x, point.y - from.y];
  return { along: dx * x + dy * y, beside: dx * y - dy * x };
}

function isStraight(points: readonly Position[]): boolean {
  const [from, to] = [points[0] as Position, points.at(-1) as Position];
  const length = distance(from, to);
  const coarse = points.filter((_, i) => i % COARSE === 0 || i === points.length - 1);
  if (length === 0 || lengthOf(coarse) > DETOUR * length) return false;
  return points.every((point) => Math.abs(placeOf(point, from, to).beside) <= STRAIGHT * length);
}

const lineOf = (points: readonly Position[]): Recognised | null =>
  isStraight(points) ? { kind: 'line', from: points[0] as Position, to: points.at(-1) as Position } : null;

/** A shaft, and a head that is drawn on from its tip, back to both sides. */
function arrowOf(points: readonly Position[]): Recognised | null {
  const from = points[0] as Position;
  const away = points.map((point) => distance(point, from));
  const most = Math.max(...away);
  const to = points[away.indexOf(most)] as Position;
  // The hand may come by the tip again.
  const tip = away.findIndex((way) => way >= AT_TIP * most);
  const length = distance(from, to);
  const head = points.slice(tip);
  const way = lengthOf(head) / length;
  if (!isStraight(points.slice(0, tip + 1)) || way < LEAST_HEAD || way > MOST_HEAD) return null;
  const places = head.map((point) => placeOf(point, from, to));
  const sides = places.map(({ beside }) => beside / length);
  const isBehind = places.every(({ along }) => along > 0.4 * length);
  return isBehind && Math.min(...sides) < -BARB && Math.max(...sides) > BARB ? { kind: 'arrow', from, to } : null;
}

function closedFigureOf(points: readonly Position[], box: Box): Recognised | null {
  const side = Math.min(widthOf(box), heightOf(box));
  const gap = distance(points[0] as Position, points.at(-1) as Position);
  if (side === 0 || gap > OPEN * lengthOf(points) || !goesRound(points, box)) return null;
  const ellipse = errorOf(points, side, (point) => besideEllipse(point, box));
  const rectangle = errorOf(points, side, (point) => besideRectangle(point, box));
  const hasCorners = cornersOf(box).every((corner) => points.some((point) => distance(point, corner) <= CORNER * side));
  const kind = hasCorners && rectangle.mean <= ellipse.mean ? 'rectangle' : 'ellipse';
  const { mean, most } = kind === 'rectangle' ? rectangle : ellipse;
  if (mean > NEAR || most > FAR) return null;
  return { kind, from: { x: box.minX, y: box.minY }, to: { x: box.maxX, y: box.maxY } };
}

/** About once about its middle, one way or the other. */
function goesRound(points: readonly Position[], box: Box): boolean {
  const [x, y] = [(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2];
  let turn = 0;
  for (const [i, point] of points.entries()) {
    const before = points[i - 1] ?? point;
    const angle = Math.atan2(point.y - y, point.x - x) - Math.atan2(before.y - y, before.x - x);
    turn += Math.atan2(Math.sin(angle), Math.cos(angle));
  }
  const rounds = Math.abs(turn) / (2 * Math.PI);
  return rounds >= LEAST_TURN && rounds <= MOST_TURN;
}

function errorOf(points: readonly Position[], side: number, beside: (point: Position) => number) {
  const errors = points.map((point) => Math.abs(beside(point)) / side);
  return { mean: errors.reduce((sum, error) => sum + error, 0) / errors.length, most: Math.max(...errors) };
}

/** About how far a point lies from the ellipse in a box: along the way to its middle. */
function besideEllipse({ x, y }: Position, box: Box): number {
  const [dx, dy] = [x - (box.minX + box.maxX) / 2, y - (box.minY + box.maxY) / 2];
  const radius = Math.hypot((2 * dx) / widthOf(box), (2 * dy) / heightOf(box)) || 1;
  return Math.hypot(dx, dy) * (1 - 1 / radius);
}

const besideRectangle = ({ x, y }: Position, { minX, minY, maxX, maxY }: Box): number =>
  Math.min(x - minX, maxX - x, y - minY, maxY - y);

const cornersOf = ({ minX, minY, maxX, maxY }: Box): readonly Position[] => [
  { x: minX, y: minY },
  { x: maxX, y: minY },
  { x: maxX, y: maxY },
  { x: minX, y: maxY },
];
