import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxOf } from '../../shared/geometry.ts';
import {
  boxInSight,
  type Camera,
  fitted,
  lookingAt,
  MAX_ZOOM,
  MIN_ZOOM,
  panned,
  pinched,
  toBoard,
  toScreen,
  zoomedBy,
  zoomedTo,
} from './camera.ts';

const cameras: fc.Arbitrary<Camera> = fc.record({
  x: fc.double({ min: -1e5, max: 1e5, noNaN: true }),
  y: fc.double({ min: -1e5, max: 1e5, noNaN: true }),
  zoom: fc.double({ min: MIN_ZOOM, max: MAX_ZOOM, noNaN: true }),
});
const pixels = fc.double({ min: 0, max: 2000, noNaN: true });
const settings = { seed: 5, numRuns: 300 };

describe('camera', () => {
  it('[V1] goes from the screen to the board and back', () => {
    fc.assert(
      fc.property(cameras, pixels, pixels, (camera, x, y) => {
        const point = toBoard(camera, x, y);
        const back = toScreen(camera, point.x, point.y);
        expect(back.x).toBeCloseTo(x, 4);
        expect(back.y).toBeCloseTo(y, 4);
      }),
      settings,
    );
  });

  it('[V2] zooms about a point, which stays where it is', () => {
    fc.assert(
      fc.property(cameras, pixels, pixels, fc.double({ min: 0.01, max: 100, noNaN: true }), (camera, x, y, factor) => {
        const before = toBoard(camera, x, y);
        const zoomed = zoomedBy(camera, factor, x, y);
        const after = toBoard(zoomed, x, y);
        expect(after.x).toBeCloseTo(before.x, 4);
        expect(after.y).toBeCloseTo(before.y, 4);
        expect(zoomed.zoom).toBeGreaterThanOrEqual(MIN_ZOOM);
        expect(zoomed.zoom).toBeLessThanOrEqual(MAX_ZOOM);
      }),
      settings,
    );
  });

  it('pans by what the hand moved, whatever the zoom', () => {
    const camera = panned({ x: 10, y: 20, zoom: 2 }, 100, -50);
    expect(camera).toEqual({ x: -40, y: 45, zoom: 2 });
  });

  it('keeps what lies under two fingers under them', () => {
    const camera = { x: 5, y: -7, zoom: 1.5 };
    const from = [{ x: 100, y: 100 }, { x: 200, y: 100 }] as const; // prettier-ignore
    const to = [{ x: 90, y: 140 }, { x: 290, y: 140 }] as const; // prettier-ignore
    const next = pinched(camera, from, to);
    expect(next.zoom).toBe(3);
    from.forEach((finger, i) => {
      const held = toBoard(camera, finger.x, finger.y);
      const shown = toScreen(next, held.x, held.y);
      expect(shown.x).toBeCloseTo(to[i]?.x ?? NaN);
      expect(shown.y).toBeCloseTo(to[i]?.y ?? NaN);
    });
  });

  it('stands two fingers in one place', () => {
    const there = { x: 50, y: 50 };
    const next = pinched({ x: 0, y: 0, zoom: 1 }, [there, there], [there, { x: 60, y: 50 }]);
    expect(Number.isFinite(next.zoom)).toBe(true);
  });

  it('fits a drawing into the screen and magnifies none', () => {
    const size = { width: 1000, height: 500 };
    const wide = fitted(boxOf(-500, 0, 4000, 10), size, 50);
    expect(wide.zoom).toBeCloseTo(900 / 4000);
    const sight = boxInSight(wide, size);
    expect(sight.minX).toBeLessThan(-500);
    expect(sight.maxX).toBeGreaterThan(3500);
    expect((sight.minY + sight.maxY) / 2).toBeCloseTo(5);
    expect(fitted(boxOf(0, 0, 0, 0), size).zoom).toBe(1);
  });

  it('looks at a point', () => {
    const size = { width: 1000, height: 500 };
    expect(lookingAt({ x: 5, y: 5, zoom: 2 }, size, { x: 100, y: -100 })).toEqual({ x: -150, y: -225, zoom: 2 });
  });

  it('stays where something can be drawn', () => {
    expect(panned({ x: 0, y: 0, zoom: 0.05 }, -1e12, 1e12)).toEqual({ x: 1e7, y: -1e7, zoom: 0.05 });
    expect(zoomedTo({ x: 0, y: 0, zoom: 1 }, Infinity, 0, 0).zoom).toBe(MAX_ZOOM);
  });
});
