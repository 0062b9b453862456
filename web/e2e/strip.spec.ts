import type { Page } from '@playwright/test';
import { generateSession } from '../../shared/testing/session-generator.ts';
import { JsonPen } from './json-pen.ts';
import { serverWith } from './recorded-board.ts';
import type { TestServer } from './server.ts';
import { expect, onBoard, test } from './test.ts';

const ID = 'StripOfManyDays1';
const session = generateSession({ seed: 5, authors: 3, events: 12_000, idle: 0.3 });

let long: TestServer;
test.beforeAll(async ({ browserName }) => {
  long = await serverWith(`strip-${browserName}`, ID, session);
});
test.afterAll(() => long.stop());

const slider = (page: Page) => page.getByRole('slider', { name: 'Timeline' });
const overview = (page: Page) => page.getByRole('scrollbar', { name: 'What the timeline shows' });
const ticks = (page: Page) => page.locator('.ticks span').allTextContents();
const shownAt = async (page: Page): Promise<number> => Number(await slider(page).getAttribute('aria-valuenow'));

async function open(page: Page): Promise<Page> {
  await page.goto(`${long.url}/b/${ID}`);
  await onBoard(page);
  // All of the history is here.
  await slider(page).focus();
  await page.keyboard.press('Home');
  await expect(page.getByText(/Loading the history/)).toBeHidden();
  return page;
}

/** Where on the strip the playhead stands, as a share of it; null where it is out of sight. Both are read in one turn of the page, which may be playing. */
function playheadAt(page: Page): Promise<number | null> {
  return slider(page).evaluate((element) => {
    const head = document.querySelector('.playhead')?.getBoundingClientRect();
    const strip = element.getBoundingClientRect();
    return head === undefined || head.width === 0 ? null : (head.x + head.width / 2 - strip.x) / strip.width;
  });
}

/** The instant under a place of the strip, as pressing there shows it. */
async function pressAt(page: Page, share: number): Promise<number> {
  const { x, y, width, height } = (await slider(page).boundingBox())!;
  await page.mouse.click(x + width * share, y + height / 2);
  await expect.poll(async () => Math.abs(((await playheadAt(page)) ?? 9) - share)).toBeLessThan(0.004);
  return shownAt(page);
}

async function wheelOver(page: Page, share: number, turns: number): Promise<void> {
  const { x, y, width, height } = (await slider(page).boundingBox())!;
  await page.mouse.move(x + width * share, y + height / 2);
  await page.keyboard.down('Control');
  for (let i = 0; i < Math.abs(turns); i++) await page.mouse.wheel(0, -Math.sign(turns) * 100);
  await page.keyboard.up('Control');
}

test('[T21] a wheel with Ctrl zooms the strip about the pointer, the overview moves it, and 0 shows all again', async ({
  person,
}) => {
  const page = await open(await person('/'));
  await expect(overview(page)).toBeHidden();
  const under = await pressAt(page, 0.4);
  const [whole] = [await ticks(page)];
  await wheelOver(page, 0.4, 3);
  await expect(overview(page)).toBeVisible();
  // The playhead stands where it stood, and is the same instant; what lies beside it is nearer in time.
  await expect.poll(async () => Math.abs(((await playheadAt(page)) ?? 9) - 0.4)).toBeLessThan(0.004);
  expect(await shownAt(page)).toBe(under);
  expect(await ticks(page)).not.toEqual(whole);
  const near = await pressAt(page, 0.5);
  await page.keyboard.press('0');
  await expect(overview(page)).toBeHidden();
  const far = await pressAt(page, 0.5);
  expect(near - under).toBeGreaterThan(0);
  expect(far - under).toBeGreaterThan(near - under);

  await wheelOver(page, 0.4, 6);
  const before = await overview(page).getAttribute('aria-valuetext');
  const { x, y, width, height } = (await overview(page).boundingBox())!;
  await page.mouse.move(x + width * 0.4, y + height / 2);
  await page.mouse.wheel(0, 100);
  await expect(overview(page)).not.toHaveAttribute('aria-valuetext', before ?? '');
  await page.mouse.down();
  await page.mouse.move(x + width + 50, y + height / 2, { steps: 4 });
  await page.mouse.up();
  await expect(overview(page)).toHaveAttribute('aria-valuetext', /to now$/);
  await expect(overview(page)).toHaveAttribute('aria-valuenow', '100');
});

test('[T21] with keys alone: in, out, along, and the playhead stays in sight', async ({ person }) => {
  const page = await open(await person('/'));
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  await expect(overview(page)).toBeVisible();
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press('PageUp');
    await expect.poll(() => playheadAt(page)).not.toBeNull();
  }
  expect(await slider(page).getAttribute('aria-valuetext')).toMatch(/\d\d:\d\d:\d\d/);
  await page.keyboard.press('End');
  await expect(overview(page)).toHaveAttribute('aria-valuetext', /to now$/);
  await expect(slider(page)).toHaveAttribute('aria-valuetext', 'Live');
  await overview(page).focus();
  await page.keyboard.press('Home');
  await expect(overview(page)).toHaveAttribute('aria-valuenow', '0');
  // The board is live; only the strip looks elsewhere.
  await expect(slider(page)).toHaveAttribute('aria-valuetext', 'Live');
  expect(await playheadAt(page)).toBeNull();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find a command' }).fill('all of the timeline');
  await page.keyboard.press('Enter');
  await expect(overview(page)).toBeHidden();
});

test('[T21] while it plays the strip goes with the playhead', async ({ person }) => {
  const page = await open(await person('/'));
  for (let i = 0; i < 4; i++) await page.keyboard.press('+');
  const first = await overview(page).getAttribute('aria-valuetext');
  await page.getByRole('combobox', { name: 'Speed' }).selectOption({ label: '64×' });
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect.poll(() => overview(page).getAttribute('aria-valuetext')).not.toBe(first);
  await expect.poll(() => playheadAt(page)).not.toBeNull();
});

test('[T21] the present goes on at the right end of a strip that is zoomed', async ({ person }) => {
  const page = await open(await person('/'));
  await page.keyboard.press('End');
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  const words = await overview(page).getAttribute('aria-valuetext');
  const bram = await JsonPen.open(long.url, ID, 'Bram');
  await bram.draw(Array.from({ length: 40 }, (_, k) => [k * 6, 900] as const));
  await expect(overview(page)).not.toHaveAttribute('aria-valuetext', words ?? '');
  await expect(overview(page)).toHaveAttribute('aria-valuetext', /to now$/);
  await expect(slider(page)).toHaveAttribute('aria-valuetext', 'Live');
  bram.close();
});

test('[T21] on a phone two fingers zoom the strip, and there are buttons for a thumb', async ({ person }) => {
  const page = await open(await person('/', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }));
  const buttons = page.getByRole('group', { name: 'Zoom of the timeline' });
  const closer = buttons.getByRole('button', { name: 'See less of the timeline' });
  const { width, height } = (await closer.boundingBox())!;
  expect([width, height].every((side) => side >= 44)).toBe(true);
  await closer.tap();
  await expect(buttons.getByRole('button', { name: 'See all of the timeline' })).toBeEnabled();
  await buttons.getByRole('button', { name: 'See all of the timeline' }).tap();
  await expect(buttons.getByRole('button', { name: 'See all of the timeline' })).toBeDisabled();

  const at = await shownAt(page);
  const box = (await slider(page).boundingBox())!;
  const client = await page.context().newCDPSession(page);
  const touch = (type: string, places: readonly number[]) =>
    client.send('Input.dispatchTouchEvent', {
      type: type as 'touchStart',
      touchPoints: places.map((share, id) => ({ x: box.x + box.width * share, y: box.y + 26, id })),
    });
  await touch('touchStart', [0.4]);
  await touch('touchStart', [0.4, 0.6]);
  for (const spread of [0.15, 0.2, 0.3]) await touch('touchMove', [0.5 - spread, 0.5 + spread]);
  await touch('touchEnd', []);
  await expect(buttons.getByRole('button', { name: 'See all of the timeline' })).toBeEnabled();
  // What the first finger did before the second came is taken back.
  await expect.poll(() => shownAt(page)).toBe(at);
});
