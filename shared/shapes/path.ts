// What a kind gives to be painted: flat, plain data that canvas, SVG and hit tests all read.

/**
 * A filled area whose edge is smooth: a closed quadratic B-spline. `loop` holds its control points, x and y in turn,
 * relative to (x, y), so that half the memory of doubles is enough however far from the board's origin it lies.
 */
export interface FilledLoop {
  readonly kind: 'FilledLoop';
  readonly x: number;
  readonly y: number;
  readonly loop: Float32Array;
}

/** Closed union: a kind that needs straight corners, lines or letters adds its form here, once for all consumers. */
export type Path = FilledLoop;

/** What a path is traced onto: the canvas's own method names, so that a context is one. */
export interface PathSink {
  moveTo(x: number, y: number): void;
  quadraticCurveTo(controlX: number, controlY: number, x: number, y: number): void;
  closePath(): void;
}

/** Traces a path relative to its own (x, y): the curve runs through the middles between control points. */
export function tracePath(path: Path, sink: PathSink): void {
  const { loop } = path;
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

/** The box around a path's control points, which holds the path. */
export function boundsOfPath({ x, y, loop }: Path): { minX: number; minY: number; maxX: number; maxY: number } {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < loop.length; i += 2) {
    const px = x + (loop[i] as number);
    const py = y + (loop[i + 1] as number);
    minX = Math.min(minX, px);
    maxX = Math.max(maxX, px);
    minY = Math.min(minY, py);
    maxY = Math.max(maxY, py);
  }
  return { minX, minY, maxX, maxY };
}
