import type { Page } from '@playwright/test';
import { draw, expect, inkIn, onBoard, test } from './test.ts';

const left = { x: 150, y: 200, width: 400, height: 300 };
const right = { x: 700, y: 200, width: 400, height: 300 };

test('two people draw: each sees the other’s stroke while the pen is still down', async ({ server, person }) => {
  const id = await server.newBoard('Two people');
  const ada = await onBoard(await person(`/b/${id}`));
  const bram = await onBoard(await person(`/b/${id}`));
  await expect(ada).toHaveTitle('Two people · Retrace');

  await draw(
    ada,
    [
      [200, 250],
      [300, 400],
      [450, 300],
    ],
    { keepDown: true },
  );
  await expect.poll(() => inkIn(bram, left)).toBeGreaterThan(300);
  await draw(
    bram,
    [
      [750, 250],
      [900, 420],
      [1050, 300],
    ],
    { keepDown: true },
  );
  await expect.poll(() => inkIn(ada, right)).toBeGreaterThan(300);
  await ada.mouse.up();
  await bram.mouse.up();
});

test('who joins late sees the same picture, pixel by pixel', async ({ server, person }) => {
  const id = await server.newBoard('Late');
  const ada = await onBoard(await person(`/b/${id}`));
  const bram = await onBoard(await person(`/b/${id}`));
  for (let i = 0; i < 8; i++) {
    await draw(ada, [
      [200, 150 + i * 40],
      [330, 170 + i * 35],
      [480, 140 + i * 42],
    ]);
    await draw(bram, [
      [700, 160 + i * 40],
      [850, 130 + i * 44],
      [980, 170 + i * 33],
    ]);
  }
  await bram.keyboard.press('Control+z');
  // The third opens on the whole board, so all three look at the whole of it.
  const cleo = await onBoard(await person(`/b/${id}`));
  for (const page of [ada, bram, cleo]) {
    await page.mouse.move(640, 20);
    await page.getByRole('button', { name: 'Fit' }).click();
  }
  const clip = { x: 0, y: 80, width: 1280, height: 560 };
  await expect
    .poll(async () => {
      const [a, b, c] = await Promise.all([ada, bram, cleo].map((page) => page.screenshot({ clip })));
      return a!.equals(b!) && b!.equals(c!);
    })
    .toBe(true);
  expect(await inkIn(cleo, clip)).toBeGreaterThan(2000);
});

test('[C31] three people who come with one colour by chance have three, and keep them', async ({ server, person }) => {
  const address = `/b/${await server.newBoard()}`;
  const pages: Page[] = [];
  for (let i = 0; i < 3; i++) {
    const page = await person('/');
    await page.evaluate(() => {
      const kept = JSON.parse(localStorage.getItem('retrace.identity') ?? '{}') as object;
      localStorage.setItem('retrace.identity', JSON.stringify({ ...kept, color: 'teal' }));
    });
    pages.push(page);
  }
  // All at once.
  await Promise.all(pages.map((page) => page.goto(server.url + address)));
  const seen = (page: Page): Promise<string[]> =>
    page
      .locator('[aria-label^="People"] .avatar')
      .evaluateAll((avatars) => avatars.map((avatar) => getComputedStyle(avatar).backgroundColor).sort());
  await expect.poll(async () => new Set(await seen(pages[0]!)).size).toBe(3);
  const colors = await seen(pages[0]!);
  for (const page of pages) await expect.poll(() => seen(page)).toEqual(colors);
  await draw(pages[2]!, [
    [300, 300],
    [400, 340],
  ]);
  await pages[1]!.reload();
  await onBoard(pages[1]!);
  for (const page of pages) await expect.poll(async () => new Set(await seen(page)).size).toBe(3);
});
