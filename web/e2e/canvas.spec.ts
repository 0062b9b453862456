import { expect, type Page, test } from '@playwright/test';
import { callerOf, scriptOf } from '../testing/browser.ts';
import type { CanvasPage } from './canvas-page.ts';

const call = callerOf<CanvasPage>();

test.beforeEach(async ({ page }) => {
  await page.setContent('<title>Canvas</title>');
  await page.addScriptTag({ content: await scriptOf(new URL('canvas-page.ts', import.meta.url)) });
});

/** At each zoom what tiles show is what painting everything at once shows, after every step. */
async function expectSamePictures(
  page: Page,
  name: 'comparePictures' | 'compareFrames' | 'compareMoments',
  zooms: readonly number[],
): Promise<void> {
  for (const zoom of zooms) {
    const steps = await call(page, name, zoom);
    expect(steps.length).toBeGreaterThan(1);
    for (const { step, fromFresh, fromLate } of steps) {
      // Browsers anti-alias a path otherwise where a clip cuts it: a few pixels in a million.
      expect(fromFresh, `${step} at ${zoom}`).toBeLessThan(1500);
      expect(fromLate, `${step} at ${zoom}, never changed`).toBe(0);
    }
  }
}

test('[V7] tiles show what painting everything at once shows, whatever happened before', async ({ page }) => {
  await expectSamePictures(page, 'comparePictures', [0.05, 0.25, 1, 2.5]);
});

test('[V12] tiles show frames as painting everything at once does, whatever happened to them', async ({ page }) => {
  await expectSamePictures(page, 'compareFrames', [0.25, 1, 2.5]);
});

test('[V7] [V17] tiles show moments far apart as painting everything at once does, whatever of them is the same', async ({
  page,
}) => {
  await expectSamePictures(page, 'compareMoments', [0.25, 1, 2.5]);
});

test('[V18] what is in sight is as it will be before anything beside it is painted', async ({ page }) => {
  const differing = await call(page, 'compareSight', [0.05, 0.25, 0.4, 1, 2.5]);
  expect(differing.length).toBeGreaterThan(0);
  expect(differing).toEqual(differing.map(() => 0));
});

test('[V19] what is in sight is sharp in fewer frames as long as no hand waits to be heard', async ({ page }) => {
  const [waiting = 0, calm = 0] = await call(page, 'framesUntilSharp');
  expect(calm).toBeGreaterThan(0);
  expect(waiting).toBeGreaterThan(calm);
});
