import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { pageSurroundings } from './surroundings.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A page that is seen or not; its frames come when the story says so. */
function simulatedPage() {
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  const frames = new Map<number, () => void>();
  const page = Object.assign(new EventTarget(), {
    document,
    requestAnimationFrame: (run: () => void) => {
      frames.set(frames.size + 1, run);
      return frames.size;
    },
    cancelAnimationFrame: (id: number) => void frames.delete(id),
  });
  return {
    surroundings: pageSurroundings(page as unknown as Window),
    see(state: 'visible' | 'hidden') {
      document.visibilityState = state;
      document.dispatchEvent(new Event('visibilitychange'));
    },
    online: () => page.dispatchEvent(new Event('online')),
    leave: () => page.dispatchEvent(new Event('pagehide')),
    paint: () => [...frames.values()].forEach((run) => run()),
  };
}

test('[C14] the network that comes back and the page that comes into sight wake, once for both', () => {
  const page = simulatedPage();
  const wakings: unknown[] = [];
  page.surroundings.wake$.subscribe((waking) => wakings.push(waking));
  page.see('hidden');
  expect(wakings).toHaveLength(0);
  page.see('visible');
  page.online();
  expect(wakings).toHaveLength(1);
  vi.advanceTimersByTime(1000);
  page.online();
  expect(wakings).toHaveLength(2);
});

test('[C1] a page is told to write when it goes out of sight, and when it is left', () => {
  const page = simulatedPage();
  let hidden = 0;
  page.surroundings.hide$.subscribe(() => hidden++);
  page.see('hidden');
  page.see('visible');
  page.leave();
  expect(hidden).toBe(2);
});

test('[C7] what came is taken with the next frame, once', async () => {
  const page = simulatedPage();
  let ran = 0;
  page.surroundings.nextFrame(() => ran++);
  const callOff = page.surroundings.nextFrame(() => ran++);
  callOff();
  page.paint();
  await vi.advanceTimersByTimeAsync(500);
  expect(ran).toBe(1);
});

test('[C8] a page that nobody sees has no frames and waits for none', async () => {
  const page = simulatedPage();
  let ran = 0;
  page.surroundings.nextFrame(() => ran++);
  page.see('hidden');
  await vi.advanceTimersByTimeAsync(100);
  expect(ran).toBe(1);
  page.surroundings.nextFrame(() => ran++);
  page.surroundings.nextFrame(() => ran++)();
  await Promise.resolve();
  expect(ran).toBe(2);
});
