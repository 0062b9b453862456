import { describe, expect, it } from 'vitest';
import { Throttle, type Timers } from './throttle.ts';
import { toolNamed, tools } from './tools.ts';
import { wheeled } from './wheel.ts';

describe('tools', () => {
  it('have each a name and shortcuts of their own', () => {
    const keys = tools.flatMap(({ shortcuts }) => shortcuts);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { name } of tools) expect(toolNamed(name).name).toBe(name);
  });
});

describe('wheel', () => {
  const size = { width: 1000, height: 500 };
  const turn = { deltaX: 0, deltaY: 0, deltaMode: 0, ctrlKey: false, metaKey: false, shiftKey: false };
  const camera = { x: 0, y: 0, zoom: 2 };

  it('[G8] pans, in lines and pages as in pixels, sideways with Shift', () => {
    expect(wheeled(camera, { ...turn, deltaX: 20, deltaY: 100 }, size, 0, 0)).toEqual({ x: 10, y: 50, zoom: 2 });
    expect(wheeled(camera, { ...turn, deltaY: 3, deltaMode: 1 }, size, 0, 0).y).toBe(30);
    expect(wheeled(camera, { ...turn, deltaY: 1, deltaMode: 2 }, size, 0, 0).y).toBe(250);
    expect(wheeled(camera, { ...turn, deltaY: 100, shiftKey: true }, size, 0, 0)).toEqual({ x: 50, y: 0, zoom: 2 });
  });

  it('[G8] zooms about the pointer with Ctrl or ⌘, never far at once', () => {
    const near = wheeled(camera, { ...turn, deltaY: -4, ctrlKey: true }, size, 100, 100);
    expect(near.zoom).toBeCloseTo(2 * Math.exp(0.04));
    expect((100 / near.zoom) + near.x).toBeCloseTo(50); // prettier-ignore
    expect(wheeled(camera, { ...turn, deltaY: 5000, metaKey: true }, size, 0, 0).zoom).toBeGreaterThan(1.5);
  });
});

describe('throttle', () => {
  function clock() {
    let now = 0;
    let waiting: { at: number; callback: () => void } | null = null;
    const timers: Timers = {
      now: () => now,
      setTimer: (callback, ms) => ((waiting = { at: now + ms, callback }), 1),
      clearTimer: () => (waiting = null),
    };
    const pass = (ms: number): void => {
      now += ms;
      if (waiting && waiting.at <= now) waiting.callback();
    };
    return { timers, pass };
  }

  it('[G1] acts at once, then no more often than it may, and never forgets the last request', () => {
    const { timers, pass } = clock();
    let acts = 0;
    const throttle = new Throttle(timers, 15, () => acts++);
    throttle.request();
    expect(acts).toBe(1);
    for (let i = 0; i < 10; i++) throttle.request();
    expect(acts).toBe(1);
    pass(15);
    expect(acts).toBe(2);
    pass(15);
    expect(acts).toBe(2);
    throttle.request();
    throttle.request();
    throttle.stop();
    pass(100);
    expect(acts).toBe(3);
  });
});
