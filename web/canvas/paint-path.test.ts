import { expect, test } from 'vitest';
import { inksOf } from '../../shared/shapes/inks.ts';
import { kindOf } from '../../shared/shapes/kinds.ts';
import type { KindName } from '../../shared/shapes/shape.ts';
import { strokeOf } from '../../shared/testing/stroke.ts';
import { type Context, paintPath } from './paint-path.ts';

/** The points that a canvas was led through. */
function tracedBy(kind: KindName, points: [number, number][], detail: number): string[] {
  const shape = strokeOf({ kind, points });
  const traced: string[] = [];
  const note = (...to: number[]): void => void traced.push(to.slice(-2).join());
  const doing: Record<string, unknown> = { moveTo: note, lineTo: note, quadraticCurveTo: note };
  const context = new Proxy(doing, { get: (known, name: string) => known[name] ?? (() => undefined) });
  const place = { scale: 1, left: 0, top: 0 };
  const path = kindOf(shape).path(shape, detail);
  paintPath(context as unknown as Context, path, inksOf(shape, 'paper'), place, () => null);
  return traced;
}

test.each([
  ['highlighter', 0],
  ['highlighter', 64],
  ['pen', 64],
  ['line', 0],
] as const)('[K9] a dot of a %s, at a detail of %d, is painted as a line that leads somewhere', (kind, detail) => {
  expect(new Set(tracedBy(kind, [[7, 7]], detail)).size).toBeGreaterThan(1);
  expect(new Set(tracedBy(kind, [[7, 7], [7, 7]], detail)).size).toBeGreaterThan(1); // prettier-ignore
});

test('a line that leads somewhere is painted as it is', () => {
  expect(tracedBy('line', [[7, 7], [57, 7]], 0)).toEqual(['0,0', '50,0']); // prettier-ignore
});
