import fc from 'fast-check';
import { expect, test } from 'vitest';
import { squaredDistanceToSegment } from '../geometry.ts';
import { seededRandom } from '../testing/random.ts';
import { outlineOf } from './pen-outline.ts';
import { tracePath } from './path.ts';
import { flatLoop, straighten } from './straighten.ts';

function straightened(points: readonly number[], tolerance: number): number[] {
  const line = new Float64Array(points.length + 2);
  line.set(points);
  return [...line.subarray(0, straighten(line, points.length, tolerance))];
}

/** How far the furthest of the points is from the line. */
function worst(points: readonly number[], line: readonly number[]): number {
  let most = 0;
  for (let i = 0; i < points.length; i += 2) {
    let least = Infinity;
    for (let k = 0; k + 3 < line.length; k += 2) {
      const [ax = 0, ay = 0, bx = 0, by = 0] = line.slice(k, k + 4);
      least = Math.min(least, squaredDistanceToSegment(points[i] ?? 0, points[i + 1] ?? 0, ax, ay, bx, by));
    }
    most = Math.max(most, Math.sqrt(least));
  }
  return most;
}

const number = fc.integer({ min: -60, max: 60 });

test('[K13] a straightened line is within the tolerance of every point, and has the same ends', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 40 }),
      (places, tolerance) => {
        const points = places.flat();
        const line = straightened(points, tolerance);
        expect(worst(points, line)).toBeLessThanOrEqual(tolerance * (1 + 1e-9));
        expect(line.slice(0, 2)).toEqual(points.slice(0, 2));
        expect(line.slice(-2)).toEqual(points.slice(-2));
      },
    ),
    { numRuns: 2000 },
  );
});

test('[K13] a straight line is left with its ends, whatever trembles in it', () => {
  const random = seededRandom(3);
  const points = Array.from({ length: 400 }, (_, i) => [i * 3, random()]).flat();
  expect(straightened(points, 1.2)).toHaveLength(4);
  expect(straightened([5, 6], 1)).toEqual([5, 6, 5, 6]);
});

test('[K13] a way to and fro keeps its turns', () => {
  expect(straightened([0, 0, 50, 0, 100, 0, 60, 0, 0, 0], 1)).toEqual([0, 0, 100, 0, 0, 0]);
});

test('[K14] a polygon in the place of a smooth edge is within the tolerance of all of it, and from afar has fewer corners', () => {
  const random = seededRandom(4);
  for (const [radius, tolerance] of [
    [1.5, 0.06],
    [1.5, 0.25],
    [12, 0.06],
    [40, 1],
  ] as const) {
    const count = 60;
    const way = { count, x: new Float64Array(count), y: new Float64Array(count), radius: new Float64Array(count).fill(radius) }; // prettier-ignore
    for (let i = 1, angle = 0; i < count; i++) {
      angle += (random() - 0.5) * 1.2;
      way.x[i] = (way.x[i - 1] ?? 0) + 4 * Math.cos(angle);
      way.y[i] = (way.y[i - 1] ?? 0) + 4 * Math.sin(angle);
    }
    const loop = outlineOf(way);
    const corners = [...flatLoop(loop, tolerance)];
    const edge = pointsOn(loop);
    expect(worst(edge, [...corners, ...corners.slice(0, 2)])).toBeLessThanOrEqual(tolerance + 1e-4);
    expect(worst(corners, edge)).toBeLessThanOrEqual(tolerance / 3);
    if (tolerance > radius / 10) expect(corners.length).toBeLessThan(loop.length);
  }
});

/** Very many points on a closed smooth edge, from its first to its first again. */
function pointsOn(loop: Float32Array): number[] {
  const points: number[] = [];
  tracePath(
    { kind: 'FilledLoop', x: 0, y: 0, loop, smooth: true },
    {
      moveTo: (x, y) => void points.push(x, y),
      lineTo: (x, y) => void points.push(x, y),
      quadraticCurveTo(controlX, controlY, toX, toY) {
        const [fromX = 0, fromY = 0] = points.slice(-2);
        for (let t = 1 / 16; t <= 1; t += 1 / 16) {
          const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t * t];
          points.push(a * fromX + b * controlX + c * toX, a * fromY + b * controlY + c * toY);
        }
      },
      closePath: () => undefined,
    },
  );
  return points;
}
