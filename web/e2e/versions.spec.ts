import type { Commit } from '../../shared/event.ts';
import { packServerMessage, unpackServerMessages } from '../../shared/wire/codec.ts';
import { draw, expect, onBoard, test } from './test.ts';
import { VersionProxy } from './version-proxy.ts';

test('[C30] [N30] a page whose server was replaced by one of another version asks to be reloaded, and loses nothing', async ({
  server,
  browser,
}) => {
  const id = await server.newBoard('Versions');
  const shapes = async (): Promise<number> => {
    const response = await fetch(`${server.url}/api/boards/${id}/export.json`);
    return ((await response.json()) as { shapes: unknown[] }).shapes.length;
  };
  const proxy = await new VersionProxy(server.url).start();
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(`${proxy.url}/b/${id}`);
  await onBoard(page);
  await draw(page, [
    [200, 150],
    [600, 160],
  ]);
  await expect.poll(shapes).toBe(1);

  proxy.replace('another');
  const asks = page.getByRole('button', { name: 'Connection: Reload this page' });
  await expect(asks).toBeVisible();
  for (const y of [200, 250]) {
    await draw(page, [
      [200, y],
      [600, y + 10],
    ]);
  }
  await asks.click();
  await expect(page.getByRole('dialog', { name: 'Connection' })).toContainText('kept in this browser');
  expect(await shapes()).toBe(1);

  // The page that is loaded anew is of the version that its server has.
  proxy.replace('ours');
  await page.getByRole('button', { name: 'Reload', exact: true }).click();
  await onBoard(page);
  await expect(page.getByRole('button', { name: 'Connection: Live' })).toBeVisible();
  await expect.poll(shapes).toBe(3);
  await context.close();
  proxy.stop();
});

/** The strokes' ends as a newer version might record them. */
const withNewerEnds = (commit: Commit): Commit => ({
  ...commit,
  events: commit.events.map((recorded) =>
    recorded.event.type === 'StrokeEnded'
      ? { ...recorded, event: { type: 'Unknown', tag: 1000, count: 0, fields: new Uint8Array() } }
      : recorded,
  ),
});

test('[C30] a page that meets events it does not know draws on, and says that not all is shown', async ({
  server,
  person,
  browser,
}) => {
  const id = await server.newBoard('Tomorrow');
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.routeWebSocket(/\/live$/, (socket) => {
    socket.connectToServer().onMessage((frame) => {
      const messages = unpackServerMessages(new Uint8Array(frame as Buffer)).map((message) =>
        message.type === 'Commit' ? { type: 'Commit' as const, ...withNewerEnds(message) } : message,
      );
      socket.send(Buffer.concat(messages.map(packServerMessage)));
    });
  });
  await page.goto(`${server.url}/b/${id}`);
  await onBoard(page);
  await expect(page.getByRole('button', { name: 'Connection: Live' })).toBeVisible();
  const other = await onBoard(await person(`/b/${id}`));
  await draw(other, [
    [200, 150],
    [600, 160],
  ]);
  const says = page.getByRole('button', { name: 'Connection: Not all of it is shown' });
  await expect(says).toBeVisible();
  await says.click();
  await expect(page.getByRole('dialog', { name: 'Connection' })).toContainText('Nothing of it is lost');
  await page.keyboard.press('Escape');

  await draw(page, [
    [200, 300],
    [600, 310],
  ]);
  const exported = async (): Promise<unknown[]> => {
    const response = await fetch(`${server.url}/api/boards/${id}/export.json`);
    return ((await response.json()) as { shapes: unknown[] }).shapes;
  };
  await expect.poll(async () => (await exported()).length).toBe(2);
  await context.close();
});
