import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { generateSession } from '../../shared/testing/session-generator.ts';
import { JsonPen } from './json-pen.ts';
import { serverWith } from './recorded-board.ts';
import type { TestServer } from './server.ts';
import { draw, expect, onBoard, ready, test } from './test.ts';

const ID = 'AccessibleYears1';
/** Some days, months ago: with chapters enough for a menu that scrolls. */
const session = generateSession({ seed: 5, authors: 5, events: 6_000, idle: 0.3 });

let long: TestServer;
test.beforeAll(async ({ browserName }) => {
  long = await serverWith(`accessible-${browserName}`, ID, session);
  const bram = await JsonPen.open(long.url, ID, 'Bram');
  for (const [share, name] of [
    [0.4, 'First draft'],
    [0.6, 'Second draft'],
  ] as const)
    bram.mark(session[Math.floor(session.length * share)]!.at, name);
  await bram.confirmed();
  bram.close();
});
test.afterAll(() => long.stop());

/** The rules of the check that look at colours: the only ones that can find more in the dark. */
const OF_COLORS = ['color-contrast', 'link-in-text-block'];

/** What an automated check finds against WCAG 2.2 A and AA, in words; `rules`: only with these. */
async function faults(page: Page, rules: readonly string[] | null): Promise<string[]> {
  // What is still fading in has not yet the colours that it will be read in.
  await page.evaluate(async () => {
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
  });
  const check = new AxeBuilder({ page });
  if (rules) check.withRules([...rules]);
  else check.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']);
  const { violations } = await check.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}

const looks = [
  ['no page or panel has a fault that a machine can find', 'light', null],
  ['no page or panel has a fault of colour in the dark', 'dark', OF_COLORS],
] as const;
for (const [title, colorScheme, rules] of looks) {
  test(title, async ({ server, person }) => {
    const page = await person('/', { colorScheme });
    await expect(page.getByRole('textbox').first()).toBeVisible();
    expect(await faults(page, rules)).toEqual([]);

    const id = await server.newBoard('Accessible');
    await page.goto(`${server.url}/b/${id}`);
    await onBoard(page);
    await page.getByRole('button', { name: 'Rectangle', exact: true }).click();
    await draw(page, [
      [300, 200],
      [500, 320],
    ]);
    await expect(page.getByRole('toolbar', { name: 'What is selected' })).toBeVisible();
    expect(await faults(page, rules)).toEqual([]);

    for (const name of ['Share', 'Export', 'Menu', 'Colour and width', 'People']) {
      await page.getByRole('button', { name, exact: true }).click();
      await expect(page.locator('[role=dialog], [role=menu]').first()).toBeVisible();
      expect(await faults(page, rules), name).toEqual([]);
      await page.keyboard.press('Escape');
    }
    for (const keys of ['?', 'Control+k']) {
      await page.keyboard.press(keys);
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await faults(page, rules), keys).toEqual([]);
      if (keys === 'Control+k') {
        await page.keyboard.type('no such command');
        await expect(page.getByText('There is no such command.')).toBeVisible();
        expect(await faults(page, rules), 'nothing found').toEqual([]);
      }
      await page.keyboard.press('Escape');
    }
    const bram = await JsonPen.open(server.url, id, 'Bram');
    bram.mark(Date.now(), 'Half done');
    await expect(page.getByRole('button', { name: 'Go to Half done' })).toBeVisible();
    await page.getByRole('slider', { name: 'Timeline' }).focus();
    await page.keyboard.press('ArrowLeft');
    await expect(page.getByRole('button', { name: 'Branch from here' })).toBeVisible();
    expect(await faults(page, rules), 'the past').toEqual([]);
    await page.goto(`${server.url}/embed/${id}`);
    await expect(page.getByRole('slider', { name: 'Timeline' })).toBeVisible();
    expect(await faults(page, rules), 'the player').toEqual([]);
  });

  for (const viewport of [
    { width: 1280, height: 800 },
    { width: 390, height: 700 },
  ]) {
    test(`${title}, in a long past, ${viewport.width} px wide`, async ({ person }) => {
      const page = await person('/', { colorScheme, viewport });
      await page.goto(`${long.url}/b/${ID}`);
      await onBoard(page);
      await ready(page);
      await page.getByRole('slider', { name: 'Timeline' }).focus();
      await page.keyboard.press('Home');
      await expect(page.getByText(/Loading the history/)).toBeHidden();
      for (const name of [/Chapters$/, 'Whose hands show', 'What to do with this moment']) {
        await page.getByRole('button', { name }).click();
        await expect(page.getByRole('menu')).toBeVisible();
        expect(await faults(page, rules), String(name)).toEqual([]);
        await page.keyboard.press('Escape');
      }
      // With all pauses in it, what was marked lies at one place.
      await page.getByRole('button', { name: 'Skip idle time' }).click();
      await expect(page.getByRole('button', { name: 'Go to First draft, Second draft' })).toBeVisible();
      expect(await faults(page, rules), 'pauses not skipped').toEqual([]);
      await page.getByRole('button', { name: 'Skip idle time' }).click();
      await page.getByRole('slider', { name: 'Timeline' }).focus();
      await page.keyboard.press('+');
      await page.keyboard.press('+');
      await expect(page.getByRole('button', { name: 'See all of the timeline' })).toBeEnabled();
      await expect(page.getByRole('scrollbar', { name: 'What the timeline shows' })).toBeVisible();
      expect(await faults(page, rules), 'the zoomed strip').toEqual([]);
    });
  }
}
