// Lines from where the hand began to where it ended.

import { type Box, boxAround, boxBetween, growBox, type Position } from '../geometry.ts';
import { inverseOf, mapped } from '../matrix.ts';
import { transformOf } from '../settings.ts';
import { type Bend, type Style, usualStyle } from '../style.ts';
import { drawnBox, placedEnds } from './corners.ts';
import { FigureBuilder } from './figure.ts';
import { figureHit } from './figure-hit.ts';
import type { ShapeKind } from './kind.ts';
import type { Figure, Path } from './path.ts';
import type { Shape } from './shape.ts';

/** Of a head's sides, in widths of the line and at least in board units, and as a share of the line at most. */
const [HEAD_WIDTHS, HEAD_LEAST, HEAD_SHARE] = [4, 12, 0.4];
/** Radians between the line and each side of its head. */
const HEAD_ANGLE = Math.PI / 6.5;

/** The corners that a bent line goes through. */
function wayOf(shape: Shape): readonly Position[] {
  const [from, to] = placedEnds(shape);
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  const isWide = Math.abs(to.x - from.x) >= Math.abs(to.y - from.y);
  switch (bendOf(shape.style)) {
    case 'straight':
      return [from, to];
    default:
      return isWide
        ? [from, { x: middle.x, y: from.y }, { x: middle.x, y: to.y }, to]
        : [from, { x: from.x, y: middle.y }, { x: to.x, y: middle.y }, to];
  }
}

const bendOf = ({ bend }: Style): Bend => bend ?? usualStyle.bend;

function lineOf(shape: Shape): Figure {
  const way = wayOf(shape);
  const [from, first, second, to] = way;
  const builder = new FigureBuilder().move(from as Position);
  if (bendOf(shape.style) === 'curved' && first && second && to) {
    const middle = { x: (first.x + second.x) / 2, y: (first.y + second.y) / 2 };
    builder.curve(first, middle).curve(second, to);
  } else for (const corner of way.slice(1)) builder.line(corner);
  return builder.build(shape.style, 0);
}

function headAt(end: Position, before: Position, length: number, style: Style): Figure {
  const angle = Math.atan2(before.y - end.y, before.x - end.x);
  const side = (turn: number): Position => ({
    x: end.x + length * Math.cos(angle + turn),
    y: end.y + length * Math.sin(angle + turn),
  });
  const { dash: _, ...solid } = style;
  return new FigureBuilder().move(side(HEAD_ANGLE)).line(end).line(side(-HEAD_ANGLE)).build(solid, 0);
}

function headsOf(shape: Shape): Figure[] {
  const heads = shape.style.heads ?? usualStyle.heads;
  if (heads === 'none') return [];
  const way = wayOf(shape);
  const size = headSize(shape, way);
  const at = (place: number): Position => way.at(place) as Position;
  const atEnd = headAt(at(-1), at(-2), size, shape.style);
  return heads === 'end' ? [atEnd] : [atEnd, headAt(at(0), at(1), size, shape.style)];
}

function headSize({ style }: Shape, way: readonly Position[]): number {
  const [from, to] = [way[0] as Position, way.at(-1) as Position];
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  return Math.min(Math.max(HEAD_LEAST, HEAD_WIDTHS * style.width), length * HEAD_SHARE);
}

const boundsOf = (shape: Shape, reach: number): Box => growBox(boxAround(wayOf(shape)), reach + shape.style.width / 2);

/** Of a line that ends elsewhere than where it was drawn, what is shown as its ends. */
function boxOfEnds(shape: Shape): Box {
  if (!shape.attributes.ends) return drawnBox(shape);
  const back = inverseOf(transformOf(shape));
  const [from, to] = placedEnds(shape);
  return boxBetween(mapped(back, from), mapped(back, to));
}

const isHit = (shape: Shape, x: number, y: number, radius: number): boolean =>
  figureHit(lineOf(shape), x, y, radius, false);

export const line: ShapeKind = {
  name: 'line',
  code: 7,
  detail: () => 0,
  path: lineOf,
  bounds: (shape) => boundsOf(shape, 0),
  box: boxOfEnds,
  hit: isHit,
};

export const arrow: ShapeKind = {
  name: 'arrow',
  code: 8,
  detail: () => 0,
  path: (shape): Path => ({ kind: 'Layers', layers: [lineOf(shape), ...headsOf(shape)] }),
  bounds: (shape) => boundsOf(shape, headSize(shape, wayOf(shape)) * Math.sin(HEAD_ANGLE)),
  box: boxOfEnds,
  hit: isHit,
};
