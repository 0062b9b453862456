import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { draw, expect, inkIn, onBoard, test } from './test.ts';

/** A page of another site, which lets in nothing but the player. */
async function hostPage(player: string, board: string): Promise<{ url: string; server: Server }> {
  const policy = `default-src 'none'; script-src 'self' ${player}; frame-src ${player}; base-uri 'none'`;
  const script = `
    const player = document.querySelector('retrace-player');
    window.heard = [];
    for (const name of ['ready', 'play', 'pause', 'ended', 'timeupdate'])
      player.addEventListener(name, ({ detail }) => window.heard.push([name, detail.at, detail.from, detail.to]));
  `;
  const html = `<!doctype html><title>Host</title>
    <script src="${player}/retrace-player.js"></script>
    <retrace-player board="${board}" speed="2"></retrace-player>
    <script src="/page.js"></script>`;
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.js';
    response.writeHead(200, {
      'content-type': isScript ? 'text/javascript' : 'text/html',
      'content-security-policy': policy,
    });
    response.end(isScript ? script : html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}

test('the player says that it is opening, and that there is no such board, and never shows an empty one', async ({
  server,
  person,
}) => {
  const page = await person('/');
  let letThrough = (): void => {};
  const held = new Promise<void>((resolve) => (letThrough = resolve));
  await page.route(/\/api\/boards\//, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`${server.url}/embed/NoSuchBoardHere1`);
  await expect(page.getByText('Opening the board…')).toBeVisible();
  await expect(page.getByText('Loading the history')).toBeVisible();
  letThrough();
  await expect(page.getByText('There is no such board.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(1);
  await expect(page.getByText('What is drawn here can be played back.')).toHaveCount(0);
});

test('the player plays in a plain page with a strict policy, and does what the page asks', async ({
  server,
  person,
  browser,
}) => {
  const id = await server.newBoard('Embedded');
  const ada = await onBoard(await person(`/b/${id}`));
  for (const y of [200, 300, 400]) {
    await draw(ada, [
      [200, y],
      [700, y],
    ]);
    await ada.waitForTimeout(300);
  }
  const host = await hostPage(server.url, id);
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('favicon')) complaints.push(message.text());
  });
  await page.goto(host.url);
  type Heard = [name: string, at: number, from: number, to: number];
  const heard = (): Promise<Heard[]> => page.evaluate(() => (window as unknown as { heard: Heard[] }).heard);
  const names = async (): Promise<string[]> => (await heard()).map(([name]) => name);
  await expect.poll(names).toContain('ready');
  const frame = page.frameLocator('iframe');
  await expect(frame.getByRole('slider', { name: 'Timeline' })).toBeVisible();
  const box = (await page.locator('retrace-player').boundingBox())!;
  const clip = { x: box.x, y: box.y, width: box.width, height: box.height - 70 };
  await expect.poll(() => inkIn(page, clip)).toBeGreaterThan(1000);

  const [, , from, to] = (await heard()).find(([name]) => name === 'ready')!;
  expect(to).toBeGreaterThan(from);
  await page.evaluate(
    (at) => (document.querySelector('retrace-player') as unknown as { seek(at: number): void }).seek(at),
    from,
  );
  await expect.poll(() => inkIn(page, { ...clip, x: clip.x + 150, width: clip.width - 150 })).toBeLessThan(50);
  await page.evaluate(() => (document.querySelector('retrace-player') as unknown as { play(): void }).play());
  await expect.poll(names).toContain('play');
  await expect.poll(names).toContain('ended');
  expect(await names()).toContain('timeupdate');
  await expect.poll(() => inkIn(page, clip)).toBeGreaterThan(1000);
  expect(complaints).toEqual([]);
  // Who watches is not on the board.
  await expect(ada.getByRole('button', { name: 'People' })).toBeVisible();
  host.server.close();
  await page.close();
});
