import type { Page } from '@playwright/test';
import type { TestServer } from './server.ts';
import { draw, expect, onBoard, test } from './test.ts';

/** A stroke in a row of its own. */
const strokeAt = (page: Page, row: number): Promise<void> =>
  draw(page, [
    [200, 150 + row * 30],
    [600, 160 + row * 30],
  ]);

async function shapesOn(server: TestServer, id: string): Promise<readonly string[]> {
  const response = await fetch(`${server.url}/api/boards/${id}/export.json`);
  const { shapes } = (await response.json()) as { shapes: { id: string }[] };
  return shapes.map((shape) => shape.id);
}

const slots = (ids: readonly string[]): readonly string[] =>
  [...new Set(ids.map((id) => id.slice(0, id.indexOf('/'))))].map((client) => client.slice(client.indexOf('.') + 1));

test('[C1] strokes drawn while the server is away survive a crash of the tab, and are sent by the next one', async ({
  server,
  person,
}) => {
  const id = await server.newBoard('Crash');
  const page = await onBoard(await person(`/b/${id}`));
  await strokeAt(page, 0);
  await expect.poll(() => shapesOn(server, id)).toHaveLength(1);
  await server.kill();
  for (const row of [1, 2, 3]) await strokeAt(page, row);
  await expect(page.getByRole('button', { name: /Offline: 3 strokes waiting/ })).toBeVisible();
  await page.waitForTimeout(250);
  await page.goto('chrome://crash').catch(() => {});
  await server.start();
  const next = await page.context().newPage();
  await next.goto(`${server.url}/b/${id}`);
  await onBoard(next);
  await expect.poll(() => shapesOn(server, id)).toHaveLength(4);
  await strokeAt(next, 4);
  await expect.poll(() => shapesOn(server, id)).toHaveLength(5);
  expect(slots(await shapesOn(server, id))).toEqual(['1']);
});

test('[C22] [C23] two tabs of one person draw as two replicas; what both leave when they crash, one new tab sends', async ({
  server,
  person,
}) => {
  const id = await server.newBoard('Tabs');
  const one = await onBoard(await person(`/b/${id}`));
  const two = await one.context().newPage();
  await two.goto(`${server.url}/b/${id}`);
  await onBoard(two);
  await strokeAt(one, 0);
  await strokeAt(two, 1);
  await expect.poll(() => shapesOn(server, id)).toHaveLength(2);
  expect([...slots(await shapesOn(server, id))].sort()).toEqual(['1', '2']);
  await server.kill();
  await strokeAt(one, 2);
  await strokeAt(two, 3);
  await two.waitForTimeout(250);
  const context = one.context();
  for (const page of [one, two]) await page.goto('chrome://crash').catch(() => {});
  await server.start();
  const next = await context.newPage();
  await next.goto(`${server.url}/b/${id}`);
  await onBoard(next);
  await expect.poll(() => shapesOn(server, id)).toHaveLength(4);
});

test('[C4] without IndexedDB people draw on, and the page says that nothing is kept', async ({ server, browser }) => {
  const id = await server.newBoard('Refused');
  const context = await browser.newContext();
  await context.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('Denied', 'SecurityError');
    };
  });
  const page = await context.newPage();
  await page.goto(`${server.url}/b/${id}`);
  await onBoard(page);
  await strokeAt(page, 0);
  await expect.poll(() => shapesOn(server, id)).toHaveLength(1);
  await server.kill();
  await strokeAt(page, 1);
  const status = page.getByRole('button', { name: /Offline: 1 stroke waiting/ });
  await status.click();
  await expect(page.getByText(/only as long as this page is open/)).toBeVisible();
  await server.start();
  await expect.poll(() => shapesOn(server, id)).toHaveLength(2);
  await context.close();
});
