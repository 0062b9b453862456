import { draw, expect, inkIn, onBoard, sheet, test, ready } from './test.ts';

test('[V10] a map shows all of the board, where others point, and brings one there', async ({ server, person }) => {
  const id = await server.newBoard('Wide');
  const ada = await onBoard(await person(`/b/${id}`));
  await ready(ada);
  await draw(ada, [
    [300, 200],
    [500, 400],
  ]);
  await ada.keyboard.press('h');
  for (let i = 0; i < 3; i++) {
    await draw(ada, [
      [1200, 300],
      [100, 300],
    ]);
  }
  await ada.keyboard.press('p');
  await draw(ada, [
    [500, 200],
    [900, 400],
  ]);
  const zoom = ada.getByRole('group', { name: 'Zoom' });
  await zoom.getByRole('button', { name: 'Map' }).click();
  const map = ada.getByRole('img', { name: 'Map of the board' });
  await expect(map).toBeVisible();
  const box = (await map.boundingBox())!;
  await expect.poll(() => inkIn(ada, box)).toBeGreaterThan(40);
  await expect(map.locator('rect')).toHaveCount(1);

  // The first stroke is far to the left.
  expect(await inkIn(ada, { x: 250, y: 100, width: 200, height: 250 })).toBe(0);
  await ada.mouse.click(box.x + 16, box.y + box.height / 2);
  await expect.poll(async () => inkIn(ada, { x: 250, y: 100, width: 800, height: 450 })).toBeGreaterThan(300);

  const bram = await onBoard(await person(`/b/${id}`));
  const there = (await sheet(bram).boundingBox())!;
  await bram.mouse.move(there.x + 400, there.y + 300);
  await expect(map.locator('circle')).toHaveCount(1);

  // It is there again when the board is opened again, and a key puts it away.
  await ada.reload();
  await onBoard(ada);
  await expect(map).toBeVisible();
  await ada.keyboard.press('Shift+M');
  await expect(map).toBeHidden();
});

test('[V10] on a phone the map is in the menu', async ({ server, person }) => {
  const options = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  const page = await onBoard(await person(`/b/${await server.newBoard()}`, options));
  await ready(page);
  await page.getByRole('button', { name: 'Menu' }).tap();
  await page.getByRole('menuitemcheckbox', { name: 'Map' }).tap();
  await expect(page.getByRole('img', { name: 'Map of the board' })).toBeVisible();
});

test('[G18] the grid is hidden and kept to as one chooses, on the next board too', async ({ server, person }) => {
  const id = await server.newBoard();
  const page = await onBoard(await person(`/b/${id}`));
  await ready(page);
  const corner = { x: 300, y: 500, width: 300, height: 150 };
  const dotted = await page.screenshot({ clip: corner });
  await page.keyboard.press("Control+'");
  await expect.poll(async () => (await page.screenshot({ clip: corner })).equals(dotted)).toBe(false);
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await expect(page.getByRole('menuitemcheckbox', { name: 'Grid', exact: false }).first()).not.toBeChecked();
  await page.getByRole('menuitemcheckbox', { name: 'Keep to the grid' }).click();
  await page.keyboard.press('r');
  await draw(page, [
    [300, 200],
    [433, 333],
  ]);
  const points = async (): Promise<number[][] | undefined> => {
    const response = await fetch(`${server.url}/api/boards/${id}/export.json`);
    return ((await response.json()) as { shapes: { points: number[][] }[] }).shapes[0]?.points;
  };
  await expect.poll(async () => (await points())?.length).toBeGreaterThan(1);
  for (const [x, y] of (await points())!) expect([Math.abs(x! % 24), Math.abs(y! % 24)]).toEqual([0, 0]);
});
