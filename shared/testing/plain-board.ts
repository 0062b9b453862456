import type { Board } from '../board.ts';
import { inkSamples } from '../ink.ts';
import { type PersistentMap, valuesOf } from '../persistent-map.ts';
import type { Shape } from '../shapes/shape.ts';

/** A board as plain JSON of no version: for golden files, which must outlive every format. */
export function plainBoard(board: Board): unknown {
  const { shapes, erased, authorNumbers: _, holders: __, ...rest } = board;
  return JSON.parse(JSON.stringify({ ...rest, shapes: plainShapes(shapes), erased: plainShapes(erased) }));
}

const plainShapes = (shapes: PersistentMap<Shape>): unknown[] =>
  [...valuesOf(shapes)]
    .sort((a, b) => a.z - b.z)
    .map(({ ink, ...rest }) => ({
      ...rest,
      samples: inkSamples(ink).map(({ x, y, pressure, dt, tilt }) => [
        x,
        y,
        Math.round(pressure * 255),
        dt,
        ...(tilt ? [tilt.x, tilt.y] : []),
      ]),
    }));
