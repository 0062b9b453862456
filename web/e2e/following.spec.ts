import type { Page } from '@playwright/test';
import { draw, expect, inkIn, onBoard, sheet, test, ready } from './test.ts';

const cursors = (page: Page) => page.locator('.cursor:not(.away)');
const percent = (page: Page) => page.getByRole('group', { name: 'Zoom' }).getByRole('button', { name: /now/ });

test('[Q5] who follows somebody sees what they see, until they move the sheet themselves', async ({
  server,
  person,
}) => {
  const id = await server.newBoard('Together');
  const ada = await onBoard(await person(`/b/${id}`));
  const bram = await onBoard(await person(`/b/${id}`, { viewport: { width: 1180, height: 800 } }));
  await ready(bram);
  await draw(ada, [
    [200, 200],
    [400, 300],
  ]);
  await bram
    .getByRole('button', { name: /people here|People/ })
    .first()
    .click();
  await bram.getByRole('button', { name: /^Follow / }).click();
  await expect(bram.getByText(/You see what .* sees/)).toBeVisible();
  await ada.keyboard.press('+');
  await ada.keyboard.press('+');
  await expect(percent(ada)).toHaveText('156 %');
  // All that Ada has in sight, on a narrower sheet.
  await expect(percent(bram)).toHaveText(`${Math.round((156.25 * 1180) / 1280)} %`);
  await sheet(bram).hover();
  await bram.mouse.wheel(0, 120);
  await expect(bram.getByText(/You see what .* sees/)).toBeHidden();
  await ada.keyboard.press('0');
  await expect(percent(ada)).toHaveText('100 %');
  await bram.waitForTimeout(500);
  await expect(percent(bram)).not.toHaveText('92 %');
});

test('[Q4] [Q5] in the past people point where they pointed, and can be followed there', async ({ server, person }) => {
  const id = await server.newBoard('Then');
  const ada = await onBoard(await person(`/b/${id}`));
  await draw(ada, [
    [200, 200],
    [400, 300],
  ]);
  const there = Date.now();
  // She stays in the upper left for some seconds, then goes to the lower right: a piece is kept after ten.
  for (let i = 0; i < 25; i++) {
    await ada.mouse.move(300 + (i % 5), 250);
    await ada.waitForTimeout(120);
  }
  for (let i = 0; i < 90; i++) {
    await ada.mouse.move(900 + (i % 5), 500);
    await ada.waitForTimeout(120);
  }
  await draw(ada, [
    [700, 400],
    [900, 500],
  ]);
  await ada.goto('about:blank');

  const bram = await onBoard(await person(`/b/${id}?at=${there + 2000}`));
  await ready(bram);
  await bram.getByRole('button', { name: 'Zoom to 100 %' }).click();
  await expect(cursors(bram)).toHaveCount(1);
  const box = (await cursors(bram).boundingBox())!;
  await bram
    .getByRole('button', { name: /people here|People|Only you/ })
    .first()
    .click();
  await bram.getByRole('button', { name: /^Follow / }).click();
  await expect(bram.getByText(/You see what .* sees/)).toBeVisible();
  await expect(percent(bram)).toHaveText('100 %');
  // Where she saw her own hand.
  await expect.poll(async () => Math.abs((await cursors(bram).boundingBox())!.x - 300)).toBeLessThan(12);
  expect(Math.abs((await cursors(bram).boundingBox())!.y - 250)).toBeLessThan(12);
  expect(box).not.toBeNull();
  expect(await inkIn(bram, { x: 180, y: 180, width: 240, height: 140 })).toBeGreaterThan(200);
});
