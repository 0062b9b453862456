import { expect, test } from '@playwright/test';
import { scriptOf } from '../testing/browser.ts';
import type { compareFrames, compareMoments, comparePictures, compareSight, framesUntilSharp } from './canvas-page.ts';

test('[V7] tiles show what painting everything at once shows, whatever happened before', async ({ page }) => {
  await page.setContent('<title>Canvas</title>');
  await page.addScriptTag({ content: await scriptOf(new URL('canvas-page.ts', import.meta.url)) });
  for (const zoom of [0.05, 0.25, 1, 2.5]) {
    const steps = await page.evaluate(
      (at) => (globalThis as unknown as { comparePictures: typeof comparePictures }).comparePictures(at),
      zoom,
    );
    for (const { step, fromFresh, fromLate } of steps) {
      // Browsers anti-alias a path otherwise where a clip cuts it: a few pixels in a million.
      expect(fromFresh, `${step} at ${zoom}`).toBeLessThan(1500);
      expect(fromLate, `${step} at ${zoom}, never changed`).toBe(0);
    }
  }
});

test('[V12] tiles show frames as painting everything at once does, whatever happened to them', async ({ page }) => {
  await page.setContent('<title>Canvas</title>');
  await page.addScriptTag({ content: await scriptOf(new URL('canvas-page.ts', import.meta.url)) });
  for (const zoom of [0.25, 1, 2.5]) {
    const steps = await page.evaluate(
      (at) => (globalThis as unknown as { compareFrames: typeof compareFrames }).compareFrames(at),
      zoom,
    );
    for (const { step, fromFresh, fromLate } of steps) {
      expect(fromFresh, `${step} at ${zoom}`).toBeLessThan(1500);
      expect(fromLate, `${step} at ${zoom}, never changed`).toBe(0);
    }
  }
});

test('[V7] [V17] tiles show moments far apart as painting everything at once does, whatever of them is the same', async ({
  page,
}) => {
  await page.setContent('<title>Canvas</title>');
  await page.addScriptTag({ content: await scriptOf(new URL('canvas-page.ts', import.meta.url)) });
  for (const zoom of [0.25, 1, 2.5]) {
    const steps = await page.evaluate(
      (at) => (globalThis as unknown as { compareMoments: typeof compareMoments }).compareMoments(at),
      zoom,
    );
    for (const { step, fromFresh, fromLate } of steps) {
      expect(fromFresh, `${step} at ${zoom}`).toBeLessThan(1500);
      expect(fromLate, `${step} at ${zoom}, never changed`).toBe(0);
    }
  }
});

test('[V18] what is in sight is as it will be before anything beside it is painted', async ({ page }) => {
  await page.setContent('<title>Canvas</title>');
  await page.addScriptTag({ content: await scriptOf(new URL('canvas-page.ts', import.meta.url)) });
  const differing = await page.evaluate(
    (zooms) => (globalThis as unknown as { compareSight: typeof compareSight }).compareSight(zooms),
    [0.05, 0.25, 0.4, 1, 2.5],
  );
  expect(differing).toEqual(differing.map(() => 0));
});

test('[V19] what is in sight is sharp in fewer frames as long as no hand waits to be heard', async ({ page }) => {
  await page.setContent('<title>Canvas</title>');
  await page.addScriptTag({ content: await scriptOf(new URL('canvas-page.ts', import.meta.url)) });
  const [waiting = 0, calm = 0] = await page.evaluate(() =>
    (globalThis as unknown as { framesUntilSharp: typeof framesUntilSharp }).framesUntilSharp(),
  );
  expect(calm).toBeGreaterThan(0);
  expect(waiting).toBeGreaterThan(calm);
});
