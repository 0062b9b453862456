import { generateSession } from '../../shared/testing/session-generator.ts';
import { compare } from './pictures.ts';
import { serverWith } from './recorded-board.ts';
import type { TestServer } from './server.ts';
import { expect, hideHands, onBoard, ready, test } from './test.ts';

const ID = 'BoardNeverSeen12';
const session = generateSession({ seed: 8, authors: 3, events: 12_000, idle: 0.05 });
/** A part of the sheet with nothing over it, in CSS px: beside the picture of the present, which moves with the strip. */
const clip = { x: 100, y: 90, width: 940, height: 520 };

let server: TestServer;
test.beforeAll(async ({ browserName }) => {
  server = await serverWith(`unloaded-${browserName}`, ID, session);
});
test.afterAll(() => server.stop());

test('[T22] a moment in the middle of a long history shows before any of that has come, and is the same afterwards', async ({
  person,
  browser,
}) => {
  const page = await person('/');
  const asked: string[] = [];
  let letThrough = (): void => {};
  const held = new Promise<void>((resolve) => (letThrough = resolve));
  await page.route(/\/api\/boards\/[^/]+\/(segments|events|snapshot)/, async (route) => {
    const what = /\/(segments|events|snapshot)/.exec(new URL(route.request().url()).pathname)?.[1] ?? '';
    asked.push(what);
    if (what !== 'snapshot') await held;
    await route.continue();
  });
  await page.goto(`${server.url}/b/${ID}`);
  await onBoard(page);
  await ready(page);
  await hideHands(page);
  const present = await page.screenshot({ clip });

  const slider = page.getByRole('slider', { name: 'Timeline' });
  const middle = session[Math.floor(session.length * 0.4)]!.at;
  // What the page of before asks for on its way out is not meant.
  await page.goto('about:blank');
  asked.length = 0;
  await page.goto(`${server.url}/b/${ID}?at=${middle}`);
  await onBoard(page);
  await expect(slider).toHaveAttribute('aria-valuenow', `${middle}`);
  await hideHands(page);
  const blank = await browser.newPage();
  const differ = async (a: Buffer, b: Buffer): Promise<number> => (await compare(blank, a, b)).different;
  let early: Buffer = present;
  await expect.poll(async () => differ((early = await page.screenshot({ clip })), present)).toBeGreaterThan(1_000);
  // Until all of it is painted: two pictures in a row are one.
  await expect
    .poll(async () => {
      const before = early;
      await page.waitForTimeout(300);
      return differ((early = await page.screenshot({ clip })), before);
    })
    .toBe(0);
  // What lies around the playhead was asked for before the history, of which nothing has come.
  expect(asked[0]).toBe('snapshot');
  expect(asked.lastIndexOf('snapshot')).toBe(0);
  await expect(page.getByText(/Loading the history|The history loads/)).toBeVisible();

  letThrough();
  await expect(page.getByText(/Loading the history/)).toBeHidden();
  await expect(slider).toHaveAttribute('aria-valuenow', `${middle}`);
  await hideHands(page);
  await expect.poll(async () => differ(await page.screenshot({ clip }), early)).toBeLessThanOrEqual(4);
});
