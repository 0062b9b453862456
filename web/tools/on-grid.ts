import type { Position } from '../../shared/geometry.ts';

/** Board units between the dots of the sheet at full size. */
export const GRID = 24;

const nearest = (value: number, step: number): number => Math.round(value / step) * step;

/** The nearest place of a grid; with none, the place itself. */
export const onGrid = ({ x, y }: Position, step: number | null): Position =>
  step === null ? { x, y } : { x: nearest(x, step), y: nearest(y, step) };
