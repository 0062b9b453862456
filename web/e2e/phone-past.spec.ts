import type { Locator } from '@playwright/test';
import { JsonPen } from './json-pen.ts';
import { expect, onBoard, ready, test } from './test.ts';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const boxOf = async (one: Locator): Promise<{ x: number; y: number; width: number; height: number }> => {
  await expect(one).toBeVisible();
  return (await one.boundingBox())!;
};

test('on a phone what opens in the past is in sight whole, and nothing lies over what says when', async ({
  server,
  person,
}) => {
  const id = await server.newBoard('Small');
  const pen = await JsonPen.open(server.url, id, 'Bram');
  for (const y of [0, 100, 200]) await pen.draw(Array.from({ length: 12 }, (_, k) => [k * 12, y + k] as const));
  await pen.confirmed();
  pen.close();
  const page = await onBoard(await person(`/b/${id}`, phone));
  await ready(page);
  await page.keyboard.press(',');
  const banner = page.locator('.banner');
  const { y, height } = await boxOf(banner);

  await page.mouse.click(phone.viewport.width / 2, 330, { button: 'right' });
  const menu = await boxOf(page.getByRole('menu'));
  expect(menu.x).toBeGreaterThanOrEqual(0);
  expect(menu.x + menu.width).toBeLessThanOrEqual(phone.viewport.width);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toBeHidden();

  await page.keyboard.press('Shift+M');
  expect((await boxOf(page.getByRole('img', { name: 'Map of the board' }))).y).toBeGreaterThanOrEqual(y + height);
  await page.getByRole('button', { name: 'People' }).tap();
  expect((await boxOf(page.getByRole('dialog'))).y).toBeGreaterThanOrEqual(y + height);

  await page.goto(`${server.url}/embed/${id}`);
  const slider = page.getByRole('slider', { name: 'Timeline' });
  // The strip has no room for it. There is nothing to go back in before the history is here.
  await expect(async () => {
    await slider.focus();
    await page.keyboard.press('Home');
    await expect(page.getByRole('time')).toBeVisible({ timeout: 1_000 });
  }).toPass();
});
