// What a kind gives to be painted: flat, plain data that canvas, SVG and hit tests all read.
// Coordinates are relative to (x, y), so that half the memory of doubles is enough however far from the origin it lies.

import type { Box } from '../geometry.ts';
import { unreachable } from '../unreachable.ts';

/** A filled area whose edge is smooth: a closed quadratic B-spline. `loop` holds its control points, x and y in turn. */
export interface FilledLoop {
  readonly kind: 'FilledLoop';
  readonly x: number;
  readonly y: number;
  readonly loop: Float32Array;
}

/** A line of one width through points, x and y in turn, with round ends and corners. */
export interface Polyline {
  readonly kind: 'Polyline';
  readonly x: number;
  readonly y: number;
  readonly points: Float32Array;
  readonly width: number;
}

/** Closed union: a kind that needs another form (letters, pictures) adds it here, once for all consumers. */
export type Path = FilledLoop | Polyline;

/** What a path is traced onto: the canvas's own method names, so that a context is one. */
export interface PathSink {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  quadraticCurveTo(controlX: number, controlY: number, x: number, y: number): void;
  closePath(): void;
}

/** Traces a path relative to its own (x, y). */
export function tracePath(path: Path, sink: PathSink): void {
  switch (path.kind) {
    case 'FilledLoop':
      return traceLoop(path.loop, sink);
    case 'Polyline':
      return traceLine(path.points, sink);
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

function traceLine(points: Float32Array, sink: PathSink): void {
  sink.moveTo(points[0] as number, points[1] as number);
  for (let i = 2; i < points.length; i += 2) sink.lineTo(points[i] as number, points[i + 1] as number);
}

/** The box around a path's points, which holds all that it paints. */
export function boundsOfPath(path: Path): Box {
  const points = path.kind === 'FilledLoop' ? path.loop : path.points;
  const reach = path.kind === 'FilledLoop' ? 0 : path.width / 2;
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < points.length; i += 2) {
    const x = path.x + (points[i] as number);
    const y = path.y + (points[i + 1] as number);
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
  }
  return { minX: minX - reach, minY: minY - reach, maxX: maxX + reach, maxY: maxY + reach };
}
