// Closed figures between two corners, with text in them.

import { type Box, boxAround, growBox, type Position, unionOf } from '../geometry.ts';
import { drawnBox, type Frame, frameOf, placedCorners } from './corners.ts';
import { ellipseIn, type FigureBuilder, fillOf, polygon } from './figure.ts';
import { figureHit } from './figure-hit.ts';
import type { ShapeKind } from './kind.ts';
import { boxOfLetters, labelIn } from './label.ts';
import type { Figure, Path } from './path.ts';
import type { KindName, Shape } from './shape.ts';

/** Left free between a figure's sides and its text, in board units. */
export const FIGURE_MARGIN = 8;
/** Of rounded corners, in board units; no more than a quarter of the shorter side. */
const RADIUS = 24;

type Corners = readonly Position[];

interface FigureKind {
  readonly name: KindName;
  readonly code: number;
  outline(corners: Corners, radius: number): FigureBuilder;
}

function figureKind({ name, code, outline }: FigureKind): ShapeKind {
  const figure = (shape: Shape): Figure => {
    const corners = placedCorners(shape);
    return outline(corners, radiusOf(shape, frameOf(shape))).build(shape.style, fillOf(shape.style));
  };
  return {
    name,
    code,
    detail: () => 0,
    path: (shape) => withLabel(shape, figure(shape)),
    bounds: (shape) => labelledBox(shape, growBox(boxAround(placedCorners(shape)), shape.style.width / 2)),
    box: drawnBox,
    hit: (shape, x, y, radius) => figureHit(figure(shape), x, y, radius, isSolid(shape)),
  };
}

/** What is filled or written on is hit all over, what is empty only at its line. */
const isSolid = ({ style, attributes }: Shape): boolean => fillOf(style) > 0 || attributes.text !== undefined;

const radiusOf = ({ style }: Shape, { width, height }: Frame): number =>
  style.corners === 'round' ? Math.min(RADIUS, Math.min(width, height) / 4) : 0;

function withLabel(shape: Shape, figure: Figure): Path {
  const label = labelOf(shape);
  return label ? { kind: 'Layers', layers: [figure, label] } : figure;
}

function labelOf(shape: Shape): ReturnType<typeof labelIn> | null {
  const { text } = shape.attributes;
  if (!text) return null;
  const { style } = shape;
  return labelIn({
    text,
    style,
    frame: frameOf(shape),
    margin: FIGURE_MARGIN,
    align: style.align ?? 'centre',
    valign: 'middle',
    tone: fillOf(style) === 1 ? 'contrast' : 'own',
  });
}

/** Text may be longer than the figure is high. */
function labelledBox(shape: Shape, box: Box): Box {
  const label = labelOf(shape);
  return label ? unionOf(box, boxOfLetters(label)) : box;
}

const between = (a: Position | undefined, b: Position | undefined): Position => ({
  x: ((a?.x ?? 0) + (b?.x ?? 0)) / 2,
  y: ((a?.y ?? 0) + (b?.y ?? 0)) / 2,
});

export const rectangle = figureKind({ name: 'rectangle', code: 3, outline: polygon });

export const ellipse = figureKind({ name: 'ellipse', code: 4, outline: (corners) => ellipseIn(corners) });

export const diamond = figureKind({
  name: 'diamond',
  code: 5,
  outline: (corners, radius) =>
    polygon(
      corners.map((corner, i) => between(corner, corners[(i + 1) % 4])),
      radius,
    ),
});

export const triangle = figureKind({
  name: 'triangle',
  code: 6,
  outline: ([topLeft, topRight, bottomRight, bottomLeft], radius) =>
    polygon([between(topLeft, topRight), bottomRight as Position, bottomLeft as Position], radius),
});
