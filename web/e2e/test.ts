import { type BrowserContext, expect, type Page, test as base } from '@playwright/test';
import { TestServer } from './server.ts';

export { expect };

/** A person with a browser of their own: their own storage, so their own identity. */
export type NewPerson = (path: string, options?: Parameters<typeof newContext>[1]) => Promise<Page>;

const newContext = (browser: { newContext(options?: object): Promise<BrowserContext> }, options: object = {}) =>
  browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', ...options });

export const test = base.extend<{ server: TestServer; person: NewPerson }, { workersServer: TestServer }>({
  // Each test makes boards of its own, so one server does for all that a worker runs.
  workersServer: [
    async ({ browserName }, use) => {
      const server = new TestServer(browserName);
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  // A test may have left it killed.
  server: async ({ workersServer }, use) => use(await workersServer.start()),
  person: async ({ browser, server }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (path, options) => {
      const context = await newContext(browser, options);
      contexts.push(context);
      const page = await context.newPage();
      page.on('pageerror', (error) => {
        throw new Error(`The page threw: ${error.message}`);
      });
      await page.goto(server.url + path);
      return page;
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

/** The sheet, once the board is there. */
export const sheet = (page: Page) => page.getByRole('region', { name: 'Board' });

export async function onBoard(page: Page): Promise<Page> {
  await expect(page.getByRole('toolbar', { name: 'Tools' })).toBeVisible();
  return page;
}

/** Presses the pen, moves it through the points and lifts it, unless `keepDown`. */
export async function draw(
  page: Page,
  points: readonly (readonly [x: number, y: number])[],
  { keepDown = false, steps = 6 } = {},
): Promise<void> {
  const [first, ...rest] = points;
  if (!first) return;
  await page.mouse.move(...first);
  await page.mouse.down();
  for (const point of rest) await page.mouse.move(...point, { steps });
  if (!keepDown) await page.mouse.up();
}

/** Pixels of the sheet that carry ink, in a part of it. */
export async function inkIn(
  page: Page,
  clip: { x: number; y: number; width: number; height: number },
): Promise<number> {
  const picture = (await page.screenshot({ clip })).toString('base64');
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    if (!context) throw new Error('No canvas.');
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    let ink = 0;
    for (let i = 0; i < data.length; i += 4) if (Math.min(data[i]!, data[i + 1]!, data[i + 2]!) < 128) ink++;
    return ink;
  }, picture);
}

/** Once all of the page is here, also what is fetched when it has nothing else to do. */
export async function ready(page: Page): Promise<void> {
  await expect(page.getByRole('main')).toHaveAttribute('aria-busy', 'false');
  await page.waitForLoadState('networkidle');
}

/** Hands, and the picture of the present, out of the way, where it is about what was drawn. */
export const hideHands = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const element of document.querySelectorAll<HTMLElement>('.cursors, [aria-label="The present"]'))
      element.style.visibility = 'hidden';
  });
