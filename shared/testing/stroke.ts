// Shapes and boards for tests, without a stream behind them.

import { type Board, emptyBoard, numbersOf } from '../board.ts';
import type { PointerKind } from '../event.ts';
import type { ShapeId } from '../ids.ts';
import { emptyInk, extendInk } from '../ink.ts';
import { draftOf } from '../persistent-map.ts';
import { NIB_AT_ORIGIN, packSamples } from '../samples.ts';
import { NO_ATTRIBUTES, UNTOUCHED } from '../settings.ts';
import type { KindName, Shape } from '../shapes/shape.ts';
import type { Style } from '../style.ts';

export interface StrokeLike {
  /** x, y and, if they matter, pressure (0.5) and dt (8 ms). */
  readonly points: readonly (readonly [x: number, y: number, pressure?: number, dt?: number])[];
  readonly number?: number;
  readonly kind?: KindName;
  readonly style?: Partial<Style>;
  readonly pointer?: PointerKind;
  readonly precision?: number;
  readonly z?: number;
  readonly open?: boolean;
}

export function strokeOf(like: StrokeLike): Shape {
  const precision = like.precision ?? 3;
  const number = like.number ?? 1;
  const samples = like.points.map(([x, y, pressure = 0.5, dt = 8], i) => ({ x, y, pressure, dt: i === 0 ? 0 : dt }));
  return {
    id: `AAAAAAAAAAAA.1/${number}` as ShapeId,
    kind: like.kind ?? 'pen',
    style: { color: 'ink', width: 4, ...like.style },
    pointer: like.pointer ?? 'pen',
    author: 1,
    z: like.z ?? number,
    startedAt: 1_700_000_000_000 + number * 1000,
    ink: extendInk(emptyInk(precision), packSamples(samples, precision, NIB_AT_ORIGIN).samples),
    open: like.open ?? false,
    erasure: null,
    attributes: NO_ATTRIBUTES,
    touched: UNTOUCHED,
  };
}

export function boardOf(shapes: readonly Shape[], head: Partial<Board> = {}): Board {
  const draft = draftOf(emptyBoard.shapes);
  for (const shape of shapes) draft.set(shape.id, shape);
  const revision = shapes.reduce((most, shape) => Math.max(most, shape.z), 0);
  const authorNumbers = numbersOf(head.authors ?? []);
  return { ...emptyBoard, revision, shapes: draft.done(), authorNumbers, ...head };
}
