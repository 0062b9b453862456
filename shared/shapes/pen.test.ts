import { describe, expect, it } from 'vitest';
import { type Position, squaredDistanceToSegment, widthOf } from '../geometry.ts';
import { inkSamples } from '../ink.ts';
import { after, IDENTITY, mapped, rotation, scaling } from '../matrix.ts';
import { seededRandom } from '../testing/random.ts';
import { strokeOf } from '../testing/stroke.ts';
import { boundsOfPath, type Polyline, tracePath } from './path.ts';
import { pen } from './pen.ts';
import type { Shape } from './shape.ts';

/** How often the edge of a stroke runs round a point. */
function windingAt(shape: Shape, x: number, y: number): number {
  const path = pen.path(shape, 0);
  if (path.kind !== 'FilledLoop') throw new Error('Ink is a filled loop.');
  const edge: [number, number][] = [];
  tracePath(path, {
    moveTo: (toX, toY) => void edge.push([toX, toY]),
    lineTo: (toX, toY) => void edge.push([toX, toY]),
    quadraticCurveTo(controlX, controlY, toX, toY) {
      const [fromX, fromY] = edge.at(-1) ?? [0, 0];
      for (const t of [0.25, 0.5, 0.75, 1]) {
        const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t * t];
        edge.push([a * fromX + b * controlX + c * toX, a * fromY + b * controlY + c * toY]);
      }
    },
    closePath: () => undefined,
  });
  let winding = 0;
  for (let i = 0; i < edge.length; i++) {
    const [ax, ay] = edge[i] ?? [0, 0];
    const [bx, by] = edge[(i + 1) % edge.length] ?? [0, 0];
    const [fromX, fromY, toX, toY] = [ax + path.x - x, ay + path.y - y, bx + path.x - x, by + path.y - y];
    const cross = fromX * toY - fromY * toX;
    if (fromY <= 0 && toY > 0 && cross > 0) winding++;
    if (fromY > 0 && toY <= 0 && cross < 0) winding--;
  }
  return winding;
}

function scribble(seed: number, count: number, speed: number): [number, number, number][] {
  const random = seededRandom(seed);
  let [x, y, angle, turn] = [0, 0, 0, 0];
  return Array.from({ length: count }, () => {
    turn += (random() - 0.5) * 0.9;
    turn *= 0.9;
    angle += random() < 0.05 ? 2.5 : turn;
    x += speed * (0.3 + random()) * Math.cos(angle);
    y += speed * (0.3 + random()) * Math.sin(angle);
    return [x, y, 0.2 + random() * 0.7];
  });
}

describe('pen', () => {
  it.each([1, 2, 3, 4, 5, 6])('[K6] leaves no hole on the way of the hand, scribble %i', (seed) => {
    for (const width of [4, 8, 12, 24, 40]) {
      const shape = strokeOf({ points: scribble(seed, 150, 6), style: { width } });
      const dry = inkSamples(shape.ink).filter(({ x, y }) => windingAt(shape, x, y) === 0);
      // Evening out may lead a line past a sample by a fraction of a pixel, and a thin one is no wider than that.
      expect(dry.length, `width ${width}`).toBeLessThanOrEqual(width < 8 ? 3 : 0);
    }
  });

  it('[K7] reaches into every corner of a zigzag', () => {
    const points = Array.from({ length: 20 }, (_, i) => [i * 8, (i % 2) * 40] as [number, number]);
    const { minY, maxY } = boundsOfPath(pen.path(strokeOf({ points }), 0));
    expect(minY).toBeLessThan(-1.5);
    expect(maxY).toBeGreaterThan(41.5);
  });

  it('[K8] is wider where the pen was pressed', () => {
    const line = (pressure: number): number => {
      const points = Array.from({ length: 20 }, (_, i) => [0, i * 5, pressure] as [number, number, number]);
      return widthOf(boundsOfPath(pen.path(strokeOf({ points, style: { width: 10 } }), 0)));
    };
    expect(line(0.1)).toBeLessThan(line(0.5) * 0.8);
    expect(line(0.5)).toBeCloseTo(10, 0);
    expect(line(1)).toBeGreaterThan(line(0.5) * 1.2);
  });

  it('[K8] is thinner where a mouse was fast, whatever the zoom it was drawn at and however often it was asked', () => {
    const line = (perMs: number, zoom: number, every: number): number => {
      const points = Array.from(
        { length: Math.floor(400 / every) },
        (_, i) => [0, (i * every * perMs) / zoom, 0.5, every] as [number, number, number, number],
      );
      const stroke = strokeOf({
        points,
        pointer: 'mouse',
        precision: 3 + Math.log2(zoom),
        style: { width: 10 / zoom },
      });
      return widthOf(boundsOfPath(pen.path(stroke, 0))) * zoom;
    };
    expect(line(2, 1, 8)).toBeLessThan(line(0.2, 1, 8) * 0.8);
    expect(line(2, 8, 8)).toBeCloseTo(line(2, 1, 8), 1);
    expect(line(1, 1, 2)).toBeCloseTo(line(1, 1, 16), 0);
  });

  it('[K9] shows a light tap as a dot that can be seen', () => {
    const tap = pen.path(strokeOf({ points: [[0, 0, 0.02]], style: { width: 4 } }), 0);
    expect(widthOf(boundsOfPath(tap))).toBeGreaterThan(3.5);
  });

  it('[K10] is a line of about its width from far away', () => {
    const shape = strokeOf({ points: scribble(1, 60, 6), style: { width: 4 } });
    expect(pen.path(shape, pen.detail(shape, 2)).kind).toBe('FilledLoop');
    const detail = pen.detail(shape, 16);
    const path = pen.path(shape, detail);
    expect(path.kind).toBe('Polyline');
    if (path.kind === 'Polyline') {
      expect(path.points.length).toBeLessThan(120);
      expect(path.width).toBeCloseTo(4, 0);
    }
  });

  it('[K14] has an edge of straight lines where it is seen smaller than it was drawn', () => {
    const wave = Array.from({ length: 60 }, (_, i) => [i * 3, 20 * Math.sin(i / 8)] as [number, number]);
    const shape = strokeOf({ points: wave, style: { width: 8 } });
    const corners = (pixel: number): number | false => {
      const path = pen.path(shape, pen.detail(shape, pixel));
      return path.kind === 'FilledLoop' && !path.smooth && path.loop.length;
    };
    expect(corners(1)).toBe(false);
    expect(corners(2)).toBeGreaterThan(40);
    expect(corners(4)).toBeLessThan(Number(corners(2)));
  });

  it.each([
    ['as it was drawn', IDENTITY],
    ['turned and made smaller', after(rotation(0.7, { x: 5, y: 5 }), scaling(0.3, 0.3, { x: 0, y: 0 }))],
    ['stretched', after(rotation(0.4, { x: 5, y: 5 }), scaling(6, 0.1, { x: 0, y: 0 }))],
  ])('[K13] is nowhere far from the hand then, %s', (_how, transform) => {
    const shape = { ...strokeOf({ points: scribble(2, 200, 3), style: { width: 2 } }), attributes: { transform } };
    for (const pixel of [16, 64, 256]) {
      const path = pen.path(shape, pen.detail(shape, pixel));
      if (path.kind !== 'Polyline') throw new Error('From so far away it is a line.');
      for (const at of inkSamples(shape.ink).map((sample) => mapped(transform, sample))) {
        expect(distanceTo(path, at), `a pixel of ${pixel}`).toBeLessThanOrEqual(pixel / 4 + 1e-3);
      }
    }
  });
});

function distanceTo({ x, y, points }: Polyline, at: Position): number {
  let least = Infinity;
  for (let i = 0; i + 3 < points.length; i += 2) {
    const [ax = 0, ay = 0, bx = 0, by = 0] = points.slice(i, i + 4);
    least = Math.min(least, squaredDistanceToSegment(at.x, at.y, x + ax, y + ay, x + bx, y + by));
  }
  return Math.sqrt(least);
}
