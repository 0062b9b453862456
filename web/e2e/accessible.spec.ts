import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { JsonPen } from './json-pen.ts';
import { draw, expect, onBoard, test } from './test.ts';

/** What an automated check finds against WCAG 2.2 A and AA, in words. */
async function faults(page: Page): Promise<string[]> {
  // What is still fading in has not yet the colours that it will be read in.
  await page.evaluate(async () => {
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
  });
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no page or panel has a fault that a machine can find, ${colorScheme}`, async ({ server, person }) => {
    const page = await person('/', { colorScheme });
    await expect(page.getByRole('textbox').first()).toBeVisible();
    expect(await faults(page)).toEqual([]);

    const id = await server.newBoard('Accessible');
    await page.goto(`${server.url}/b/${id}`);
    await onBoard(page);
    await page.getByRole('button', { name: 'Rectangle', exact: true }).click();
    await draw(page, [
      [300, 200],
      [500, 320],
    ]);
    await expect(page.getByRole('toolbar', { name: 'What is selected' })).toBeVisible();
    expect(await faults(page)).toEqual([]);

    for (const name of ['Share', 'Export', 'Menu', 'Colour and width', 'People']) {
      await page.getByRole('button', { name, exact: true }).click();
      await expect(page.locator('[role=dialog], [role=menu]').first()).toBeVisible();
      expect(await faults(page), name).toEqual([]);
      await page.keyboard.press('Escape');
    }
    for (const keys of ['?', 'Control+k']) {
      await page.keyboard.press(keys);
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await faults(page), keys).toEqual([]);
      await page.keyboard.press('Escape');
    }
    const bram = await JsonPen.open(server.url, id, 'Bram');
    bram.mark(Date.now(), 'Half done');
    await expect(page.getByRole('button', { name: 'Go to Half done' })).toBeVisible();
    await page.getByRole('slider', { name: 'Timeline' }).focus();
    await page.keyboard.press('ArrowLeft');
    await expect(page.getByRole('button', { name: 'Branch from here' })).toBeVisible();
    expect(await faults(page), 'the past').toEqual([]);
    await page.goto(`${server.url}/embed/${id}`);
    await expect(page.getByRole('slider', { name: 'Timeline' })).toBeVisible();
    expect(await faults(page), 'the player').toEqual([]);
  });
}
