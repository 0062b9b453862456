// Figures of straight lines and curves, built point by point.

import type { Position } from '../geometry.ts';
import { type Dash, type Fill, type Style, usualStyle } from '../style.ts';
import { CLOSE, CURVE, type Figure, LINE, MOVE } from './path.ts';

/** How much of the colour a fill has. */
const fills: Readonly<Record<Fill, number>> = { none: 0, tint: 0.2, solid: 1 };
/** Of the width: drawn and left out in turn. Round ends make each drawn part a width longer. */
const dashes: Readonly<Record<Dash, readonly number[]>> = { solid: [], dashed: [3, 3], dotted: [0.01, 2.2] };

export const fillOf = ({ fill }: Style): number => fills[fill ?? usualStyle.fill];

/** Gathers steps in board units, kept relative to the first point. */
export class FigureBuilder {
  readonly #steps: number[] = [];
  #origin: Position | null = null;

  move(to: Position): this {
    this.#origin ??= to;
    return this.#add(MOVE, to);
  }

  line(to: Position): this {
    return this.#add(LINE, to);
  }

  curve(control: Position, to: Position): this {
    return this.#add(CURVE, control, to);
  }

  close(): this {
    return this.#add(CLOSE);
  }

  /** @param fill 0 … 1, of what is closed */
  build(style: Style, fill: number, width = style.width, opaque = false): Figure {
    const { x, y } = this.#origin ?? { x: 0, y: 0 };
    const dash = dashes[style.dash ?? usualStyle.dash].map((part) => part * width);
    return { kind: 'Figure', x, y, steps: Float32Array.from(this.#steps), fill, opaque, width, dash };
  }

  #add(step: number, ...points: Position[]): this {
    const { x, y } = this.#origin ?? { x: 0, y: 0 };
    this.#steps.push(step);
    for (const point of points) this.#steps.push(point.x - x, point.y - y);
    return this;
  }
}

/** A closed figure through corners, which may be rounded by a radius in board units. */
export function polygon(corners: readonly Position[], radius: number): FigureBuilder {
  const builder = new FigureBuilder();
  const count = corners.length;
  corners.forEach((corner, i) => {
    const before = corners[(i + count - 1) % count] as Position;
    const next = corners[(i + 1) % count] as Position;
    const from = towards(corner, before, radius);
    if (i === 0) builder.move(radius > 0 ? from : corner);
    else builder.line(radius > 0 ? from : corner);
    if (radius > 0) builder.curve(corner, towards(corner, next, radius));
  });
  return builder.close();
}

/** The point so far from one towards another, and no further than half of the way. */
function towards(from: Position, to: Position, distance: number): Position {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const share = length === 0 ? 0 : Math.min(0.5, distance / length);
  return { x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) };
}

const ARCS = 16;

/** The ellipse that touches the sides of a parallelogram in their middles. */
export function ellipseIn([topLeft, topRight, , bottomLeft]: readonly Position[]): FigureBuilder {
  const [o, p, q] = [topLeft as Position, topRight as Position, bottomLeft as Position];
  const middle = { x: (p.x + q.x) / 2, y: (p.y + q.y) / 2 };
  const [ux, uy, vx, vy] = [(p.x - o.x) / 2, (p.y - o.y) / 2, (q.x - o.x) / 2, (q.y - o.y) / 2];
  const at = (turn: number, reach: number): Position => ({
    x: middle.x + reach * (Math.cos(turn) * ux + Math.sin(turn) * vx),
    y: middle.y + reach * (Math.cos(turn) * uy + Math.sin(turn) * vy),
  });
  const step = (2 * Math.PI) / ARCS;
  // A control point lies where the tangents at both ends of its arc meet.
  const out = 1 / Math.cos(step / 2);
  const builder = new FigureBuilder().move(at(0, 1));
  for (let i = 1; i <= ARCS; i++) builder.curve(at((i - 0.5) * step, out), at(i * step, 1));
  return builder.close();
}
