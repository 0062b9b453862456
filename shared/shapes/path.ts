// What a kind gives to be painted: flat, plain data that canvas, SVG and hit tests all read.
// Coordinates are relative to (x, y), so that half the memory of doubles is enough however far from the origin it lies.

import { type Box, type Position, unionOf } from '../geometry.ts';
import type { ImageId } from '../ids.ts';
import type { Align, Family, Weight } from '../style.ts';
import { mapped, type Matrix, scaleOf } from '../matrix.ts';
import { unreachable } from '../unreachable.ts';
import { boxOfLetters } from './label.ts';

/** A filled area. `loop` goes round it, x and y in turn. */
export interface FilledLoop {
  readonly kind: 'FilledLoop';
  readonly x: number;
  readonly y: number;
  readonly loop: Float32Array;
  /** Whether its edge is a closed quadratic B-spline with these control points; or else these are its corners. */
  readonly smooth: boolean;
}

/**
 * A line of one width through points, x and y in turn, with round ends and corners. From afar they are few and the lines
 * very many: numbers in a plain list take half the time and the memory of a typed array of theirs.
 */
export interface Polyline {
  readonly kind: 'Polyline';
  readonly x: number;
  readonly y: number;
  readonly points: readonly number[];
  readonly width: number;
}

/** Lines and curves in one go, filled, outlined, or both. */
export interface Figure {
  readonly kind: 'Figure';
  readonly x: number;
  readonly y: number;
  /** In turn: `MOVE` x y, `LINE` x y, `CURVE` control x y and end x y, `CLOSE`. */
  readonly steps: Float32Array;
  /** How much of the colour fills it, 0 … 1. */
  readonly fill: number;
  /** Under a fill that lets things through, the sheet itself: nothing behind is seen. */
  readonly opaque: boolean;
  /** Of its line; 0 for none. */
  readonly width: number;
  /** Board units drawn and left out in turn; none for a line without gaps. */
  readonly dash: readonly number[];
}

export const [MOVE, LINE, CURVE, CLOSE] = [0, 1, 2, 3] as const;

/** What letters are painted in: the shape's colour, what reads best on it, or plain ink. */
export type Tone = 'own' | 'contrast' | 'ink';

export interface LetterLine {
  readonly text: string;
  /** Where its baseline begins, is in the middle, or ends, as it is aligned. */
  readonly x: number;
  readonly y: number;
}

/** Lines of text, turned by an angle in radians about (x, y). */
export interface Letters {
  readonly kind: 'Letters';
  readonly x: number;
  readonly y: number;
  readonly angle: number;
  readonly lines: readonly LetterLine[];
  readonly size: number;
  readonly family: Family;
  readonly weight: Weight;
  readonly align: Align;
  readonly tone: Tone;
}

/** An image, its left top corner at (x, y). */
export interface ImagePath {
  readonly kind: 'Image';
  readonly x: number;
  readonly y: number;
  /** The ways along its top and along its left side. */
  readonly across: Position;
  readonly down: Position;
  readonly image: ImageId | '';
  /** What is painted as long as the image is not here. */
  readonly standIn: Figure;
}

/** What is painted one over the other, the first at the back. */
export interface Layers {
  readonly kind: 'Layers';
  readonly layers: readonly Path[];
}

/** Closed union: a kind that needs another form adds it here, once for all consumers. */
export type Path = FilledLoop | Polyline | Figure | Letters | ImagePath | Layers;
/** A path that is one run of lines and curves. */
export type TracedPath = FilledLoop | Polyline | Figure;

/** What a path is traced onto: the canvas's own method names, so that a context is one. */
export interface PathSink {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  quadraticCurveTo(controlX: number, controlY: number, x: number, y: number): void;
  closePath(): void;
}

/** Traces a path relative to its own (x, y). */
export function tracePath(path: TracedPath, sink: PathSink): void {
  switch (path.kind) {
    case 'FilledLoop':
      return path.smooth ? traceLoop(path.loop, sink) : traceCorners(path.loop, sink);
    case 'Polyline':
      return traceLine(path.points, sink);
    case 'Figure':
      return traceFigure(path.steps, sink);
    default:
      return unreachable(path);
  }
}

/** The curve runs through the middles between control points. */
function traceLoop(loop: Float32Array, sink: PathSink): void {
  const count = loop.length;
  if (count < 4) return;
  let x = loop[count - 2] as number;
  let y = loop[count - 1] as number;
  sink.moveTo((x + (loop[0] as number)) / 2, (y + (loop[1] as number)) / 2);
  x = loop[0] as number;
  y = loop[1] as number;
  for (let i = 2; i < count; i += 2) {
    const nextX = loop[i] as number;
    const nextY = loop[i + 1] as number;
    sink.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2);
    x = nextX;
    y = nextY;
  }
  sink.quadraticCurveTo(x, y, (x + (loop[0] as number)) / 2, (y + (loop[1] as number)) / 2);
  sink.closePath();
}

function traceCorners(corners: Float32Array, sink: PathSink): void {
  sink.moveTo(corners[0] as number, corners[1] as number);
  for (let i = 2; i < corners.length; i += 2) sink.lineTo(corners[i] as number, corners[i + 1] as number);
  sink.closePath();
}

function traceLine(points: readonly number[], sink: PathSink): void {
  sink.moveTo(points[0] as number, points[1] as number);
  for (let i = 2; i < points.length; i += 2) sink.lineTo(points[i] as number, points[i + 1] as number);
}

function traceFigure(steps: Float32Array, sink: PathSink): void {
  for (let i = 0; i < steps.length;) {
    const [x, y] = [steps[i + 1] as number, steps[i + 2] as number];
    switch (steps[i]) {
      case MOVE:
        sink.moveTo(x, y);
        i += 3;
        break;
      case LINE:
        sink.lineTo(x, y);
        i += 3;
        break;
      case CURVE:
        sink.quadraticCurveTo(x, y, steps[i + 3] as number, steps[i + 4] as number);
        i += 5;
        break;
      default:
        sink.closePath();
        i++;
    }
  }
}

/** The points of a figure from its first on, also those that only pull a curve. */
function eachPoint(figure: Figure, reached: (x: number, y: number) => void): void {
  traceFigure(figure.steps, {
    moveTo: reached,
    lineTo: reached,
    quadraticCurveTo(controlX, controlY, x, y) {
      reached(controlX, controlY);
      reached(x, y);
    },
    closePath: () => undefined,
  });
}

/** Whether a line leads nowhere: what is seen of it are its round ends. */
export function isDot(path: Polyline | Figure): boolean {
  if (path.kind === 'Polyline') return path.points.every((value, i) => value === path.points[i % 2]);
  // A figure counts from its first point.
  let leads = false;
  eachPoint(path, (x, y) => void (leads ||= x !== 0 || y !== 0));
  return !leads;
}

/** The box around a path's points, which holds all lines, areas and letters that it paints. */
export function boundsOfPath(path: Path): Box {
  if (path.kind === 'Layers') return path.layers.map(boundsOfPath).reduce(unionOf, NOWHERE);
  if (path.kind === 'Letters') return boxOfLetters(path);
  if (path.kind === 'Image') return boundsOfPath(path.standIn);
  const reach = path.kind === 'FilledLoop' ? 0 : path.width / 2;
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  const reached = (x: number, y: number): void => {
    minX = Math.min(minX, path.x + x);
    minY = Math.min(minY, path.y + y);
    maxX = Math.max(maxX, path.x + x);
    maxY = Math.max(maxY, path.y + y);
  };
  if (path.kind !== 'Figure') {
    const points = path.kind === 'FilledLoop' ? path.loop : path.points;
    for (let i = 0; i < points.length; i += 2) reached(points[i] as number, points[i + 1] as number);
  } else {
    eachPoint(path, reached);
  }
  return { minX: minX - reach, minY: minY - reach, maxX: maxX + reach, maxY: maxY + reach };
}

const NOWHERE: Box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };

/** The path of ink, moved, turned or stretched: ink is as wide as it is large. */
export function mappedInk(path: FilledLoop | Polyline, matrix: Matrix): FilledLoop | Polyline {
  const at = mapped(matrix, path);
  return path.kind === 'FilledLoop'
    ? { ...path, x: at.x, y: at.y, loop: new Float32Array(turned(path.loop, matrix)) }
    : { ...path, x: at.x, y: at.y, points: turned(path.points, matrix), width: path.width * scaleOf(matrix) };
}

/** Points relative to one that is mapped itself. */
function turned(points: ArrayLike<number>, [a, b, c, d]: Matrix): number[] {
  const moved = new Array<number>(points.length);
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = [points[i] as number, points[i + 1] as number];
    moved[i] = a * x + c * y;
    moved[i + 1] = b * x + d * y;
  }
  return moved;
}
