import { describe, expect, it } from 'vitest';
import { growBox, heightOf, widthOf } from '../geometry.ts';
import { type Matrix, rotation, scaling, translation } from '../matrix.ts';
import { seededRandom } from '../testing/random.ts';
import { strokeOf, type StrokeLike } from '../testing/stroke.ts';
import type { ShapeKind } from './kind.ts';
import { boundsOfPath, type Path, type TracedPath, tracePath } from './path.ts';

/** What holds for every kind. A kind's own test is one call of this. */
export function testKind(kind: ShapeKind): void {
  describe(`kind ${kind.name}`, () => {
    for (const [name, like] of Object.entries(gestures())) {
      const shape = strokeOf({ ...like, kind: kind.name });

      it(`[K1] gives a finite path for ${name}`, () => {
        for (const path of tracedPaths(kind.path(shape, 0))) {
          const numbers: number[] = [];
          tracePath(path, {
            moveTo: (x, y) => numbers.push(x, y),
            lineTo: (x, y) => numbers.push(x, y),
            quadraticCurveTo: (cx, cy, x, y) => numbers.push(cx, cy, x, y),
            closePath: () => undefined,
          });
          expect(numbers.length).toBeGreaterThanOrEqual(4);
          expect(numbers.every(Number.isFinite)).toBe(true);
        }
      });

      it(`[K2] has bounds that hold the path of ${name}, and not much more`, () => {
        const bounds = kind.bounds(shape);
        const path = kind.path(shape, 0);
        const tight = boundsOfPath(path);
        const size = Math.max(widthOf(bounds), heightOf(bounds));
        const roomy = growBox(bounds, size * 1e-6);
        expect(tight.minX).toBeGreaterThanOrEqual(roomy.minX);
        expect(tight.minY).toBeGreaterThanOrEqual(roomy.minY);
        expect(tight.maxX).toBeLessThanOrEqual(roomy.maxX);
        expect(tight.maxY).toBeLessThanOrEqual(roomy.maxY);
        // Text is as wide as its box, however little is written.
        if (path.kind === 'Letters') return;
        expect(widthOf(bounds) - widthOf(tight)).toBeLessThanOrEqual(4 * shape.style.width + 12);
      });

      it(`[K2] moves, turns and stretches the bounds of ${name} with its path`, () => {
        for (const transform of transforms) {
          const moved = { ...shape, attributes: { transform } };
          const bounds = kind.bounds(moved);
          const tight = boundsOfPath(kind.path(moved, 0));
          const roomy = growBox(bounds, Math.max(widthOf(bounds), heightOf(bounds), bounds.maxX) * 1e-6 + 0.01);
          expect(Math.min(tight.minX - roomy.minX, roomy.maxX - tight.maxX)).toBeGreaterThanOrEqual(0);
          expect(Math.min(tight.minY - roomy.minY, roomy.maxY - tight.maxY)).toBeGreaterThanOrEqual(0);
        }
      });

      it(`[K2] has bounds that hold what is written on ${name}, which may be longer`, () => {
        for (const transform of transforms) {
          const written = { ...shape, attributes: { transform, text: 'Unübersehbarkeiten\nand\nmore' } };
          const bounds = kind.bounds(written);
          const tight = boundsOfPath(kind.path(written, 0));
          const roomy = growBox(bounds, Math.max(widthOf(bounds), heightOf(bounds), bounds.maxX) * 1e-6 + 0.01);
          expect(Math.min(tight.minX - roomy.minX, roomy.maxX - tight.maxX)).toBeGreaterThanOrEqual(0);
          expect(Math.min(tight.minY - roomy.minY, roomy.maxY - tight.maxY)).toBeGreaterThanOrEqual(0);
        }
      });

      it(`[K2] stays within them from far away`, () => {
        const tight = boundsOfPath(kind.path(shape, shape.style.width * 4));
        const bounds = growBox(kind.bounds(shape), shape.style.width * 0.01 + Math.abs(tight.maxX) * 1e-6);
        expect(Math.min(tight.minX - bounds.minX, bounds.maxX - tight.maxX)).toBeGreaterThanOrEqual(0);
        expect(Math.min(tight.minY - bounds.minY, bounds.maxY - tight.maxY)).toBeGreaterThanOrEqual(0);
      });

      it(`[K3] is hit on ${name}, and not beyond its bounds`, () => {
        const bounds = kind.bounds(shape);
        const [path] = tracedPaths(kind.path(shape, 0));
        if (path) {
          let on = { x: path.x, y: path.y };
          tracePath(path, {
            moveTo: (x, y) => void (on = { x: path.x + x, y: path.y + y }),
            lineTo: () => undefined,
            quadraticCurveTo: () => undefined,
            closePath: () => undefined,
          });
          expect(kind.hit(shape, on.x, on.y, shape.style.width)).toBe(true);
        }
        const away = 1 + widthOf(bounds) * 0.01;
        expect(kind.hit(shape, bounds.maxX + 2 * away, bounds.maxY, away)).toBe(false);
        expect(kind.hit(shape, bounds.minX, bounds.minY - 2 * away, away)).toBe(false);
      });

      it(`[K4] gives the same path for the same ${name}`, () => {
        expect(kind.path({ ...shape }, 0)).toEqual(kind.path(shape, 0));
      });
    }
  });
}

const transforms: readonly Matrix[] = [
  translation(40, -70),
  rotation(0.7, { x: 5, y: 5 }),
  scaling(2, 0.5, { x: 0, y: 0 }),
  scaling(-1, 1, { x: 30, y: 0 }),
];

/** The parts of a path that are lines and areas. */
function tracedPaths(path: Path): TracedPath[] {
  if (path.kind === 'Layers') return path.layers.flatMap(tracedPaths);
  if (path.kind === 'Image') return [path.standIn];
  return path.kind === 'Letters' ? [] : [path];
}

function gestures(): Record<string, StrokeLike> {
  const random = seededRandom(7);
  const scribble = Array.from({ length: 300 }, (_, i) => {
    const turn = i / 9;
    return [40 * Math.sin(turn * 1.7) + random(), 30 * Math.cos(turn) + i / 3, random(), 8] as const;
  });
  return {
    'one sample': { points: [[10, -20]] },
    'two samples': { points: [[0, 0], [12, 5]] }, // prettier-ignore
    'two samples in one place': { points: [[3, 3], [3, 3]] }, // prettier-ignore
    'three samples in a step': { points: [[0, 0], [0.125, 0], [0, 0.125]] }, // prettier-ignore
    'a sharp turn back': { points: [[0, 0], [20, 0], [40, 0], [20, 0.5], [0, 1]] }, // prettier-ignore
    'a scribble': { points: scribble },
    'a mouse scribble': { points: scribble, pointer: 'mouse' },
    'a hand without time': { points: scribble.map(([x, y]) => [x, y, 0.5, 0] as const), pointer: 'touch' },
    'no pressure at all': { points: scribble.map(([x, y]) => [x, y, 0] as const) },
    'a huge stroke': { points: [[-1e7, -1e7], [0, 5e6], [1e7, 1e7]], precision: -8, style: { width: 512 } }, // prettier-ignore
    'a tiny stroke': { points: [[1, 1], [1.01, 1.02], [1.02, 1]], precision: 12, style: { width: 0.125 } }, // prettier-ignore
    'a stroke far from the origin': { points: [[9_999_000, 5], [9_999_010, 9], [9_999_020, 5]] }, // prettier-ignore
    'a wide stroke at an odd precision': { points: scribble, precision: 12, style: { width: 512 } },
    'a thin stroke at an odd precision': { points: scribble, precision: -8, style: { width: 0.125 } },
  };
}
