import { expect, it } from 'vitest';
import { cursorAt, cursorMoved, cursorTo, hasArrived, IDLE, isIdle } from './cursor-motion.ts';

it('glides to where it was last seen, and arrives', () => {
  let motion = cursorTo(cursorAt({ x: 0, y: 0 }, 0), { x: 100, y: 0 }, 1000);
  let before = -1;
  for (let now = 1016; !hasArrived(motion); now += 16) {
    motion = cursorMoved(motion, now, false);
    expect(motion.shown.x).toBeGreaterThan(before);
    before = motion.shown.x;
    expect(now).toBeLessThan(2000);
  }
  expect(motion.shown).toEqual({ x: 100, y: 0 });
});

it('jumps for who wants no motion', () => {
  const motion = cursorTo(cursorAt({ x: 0, y: 0 }, 0), { x: 100, y: 0 }, 1000);
  expect(cursorMoved(motion, 1001, true).shown.x).toBe(100);
});

it('is idle after a while, and comes back where it is', () => {
  const motion = cursorAt({ x: 0, y: 0 }, 0);
  expect(isIdle(motion, IDLE - 1)).toBe(false);
  expect(isIdle(motion, IDLE)).toBe(true);
  const back = cursorTo(motion, { x: 500, y: 500 }, IDLE + 5);
  expect(back.shown.x).toBe(500);
  expect(isIdle(back, IDLE + 6)).toBe(false);
});

it('is not woken by being told the same again', () => {
  const motion = cursorAt({ x: 7, y: 7 }, 0);
  expect(cursorTo(motion, { x: 7, y: 7 }, 5000)).toBe(motion);
});
