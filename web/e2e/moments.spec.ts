import type { Page } from '@playwright/test';
import { draw, expect, inkIn, onBoard, test, ready, hideHands } from './test.ts';

const top = { x: 150, y: 180, width: 500, height: 120 };
const bottom = { x: 150, y: 420, width: 500, height: 120 };

/** Pixels of ink that a whole line has at least. */
const A_LINE = 500;

const line = (page: Page, y: number) =>
  draw(page, [
    [200, y],
    [600, y],
  ]);

/** Two strokes with a pause between them, and the slider held in the pause. */
async function betweenTwoStrokes(page: Page): Promise<number> {
  await line(page, 240);
  await page.waitForTimeout(1500);
  await line(page, 480);
  // Out of the way of what is looked at: others see the cursor.
  await page.mouse.move(900, 300);
  await page.waitForTimeout(300);
  const slider = page.getByRole('slider', { name: 'Timeline' });
  // Where the first was finished.
  await page.keyboard.press(',');
  await expect.poll(() => inkIn(page, bottom)).toBeLessThan(100);
  await expect.poll(() => inkIn(page, top)).toBeGreaterThan(A_LINE);
  return Number(await slider.getAttribute('aria-valuenow'));
}

test('a link to a moment opens there, paused, and looks where it looked', async ({ server, person }) => {
  const id = await server.newBoard('Moments');
  const ada = await onBoard(await person(`/b/${id}`));
  const at = await betweenTwoStrokes(ada);
  const bram = await onBoard(await person(`/b/${id}?at=${at}&view=-640,-374,1`));
  await expect(bram.getByRole('button', { name: 'Go live' }).first()).toBeVisible();
  await expect(bram.getByRole('slider', { name: 'Timeline' })).toHaveAttribute('aria-valuenow', String(at));
  await expect.poll(() => inkIn(bram, top)).toBeGreaterThan(A_LINE);
  await expect.poll(() => inkIn(bram, bottom)).toBeLessThan(100);
  // The same by the place of an event, without a view.
  const cleo = await onBoard(await person(`/b/${id}?at=1`));
  await expect(cleo.getByRole('button', { name: 'Go live' }).first()).toBeVisible();
});

test('[N29] a branch begins there and goes its own way; the board it is from stays as it was', async ({
  server,
  person,
}) => {
  const id = await server.newBoard('Parent');
  const ada = await onBoard(await person(`/b/${id}`));
  await betweenTwoStrokes(ada);
  await ada.getByRole('button', { name: 'Branch from here' }).click();
  await expect(ada).toHaveTitle('Parent (branch) · Retrace');
  await onBoard(ada);
  await ada.mouse.move(640, 20);
  await draw(ada, [
    [300, 600],
    [700, 620],
  ]);
  const shapes = async (board: string): Promise<number> =>
    ((await (await fetch(`${server.url}/api/boards/${board}`)).json()) as { shapes: number }).shapes;
  await expect.poll(() => shapes(ada.url().split('/b/')[1]!.split(/[?#]/)[0]!)).toBe(2);
  expect(await shapes(id)).toBe(2);
  await ada.getByRole('button', { name: 'Menu' }).click();
  await ada.getByRole('menuitem', { name: 'The board it was branched from' }).click();
  await expect(ada).toHaveTitle('Parent · Retrace');
});

test('[T11] [T12] a moment is marked, brought back for everybody, and that is undone', async ({ server, person }) => {
  const id = await server.newBoard('Back');
  const ada = await onBoard(await person(`/b/${id}`));
  const bram = await onBoard(await person(`/b/${id}`));
  await betweenTwoStrokes(ada);
  await ada.getByRole('button', { name: 'What to do with this moment' }).click();
  await ada.getByRole('menuitem', { name: 'Mark this moment' }).click();
  await ada.getByRole('textbox', { name: 'Name of the moment' }).fill('Half done');
  await ada.keyboard.press('Enter');
  await expect(bram.getByRole('button', { name: 'Go to Half done' })).toBeVisible();

  await ada.getByRole('button', { name: 'What to do with this moment' }).click();
  await ada.getByRole('menuitem', { name: 'Bring this moment back' }).click();
  for (const page of [ada, bram]) await expect.poll(() => inkIn(page, bottom)).toBeLessThan(100);
  await ada.keyboard.press('Control+z');
  for (const page of [ada, bram]) await expect.poll(() => inkIn(page, bottom)).toBeGreaterThan(A_LINE);

  await bram.getByRole('button', { name: 'Go to Half done' }).click();
  await expect.poll(() => inkIn(bram, bottom)).toBeLessThan(100);
  await bram.getByRole('button', { name: 'What to do with this moment' }).click();
  await bram.getByRole('menuitem', { name: /^Take back what/ }).click();
  for (const page of [ada, bram]) await expect.poll(() => inkIn(page, bottom)).toBeLessThan(100);
});

test('who comes back is offered what happened meanwhile, and sees it play', async ({ server, person }) => {
  const id = await server.newBoard('Meanwhile');
  const ada = await onBoard(await person(`/b/${id}`));
  await betweenTwoStrokes(ada);
  await ada.getByRole('button', { name: 'Go live' }).first().click();
  await ada.getByRole('link', { name: 'Home' }).click();
  await expect(ada.getByText('Meanwhile')).toBeVisible();
  // As if the visit had been two minutes before the last stroke.
  await ada.evaluate(
    (board) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('retrace-visited');
        opening.onsuccess = () => {
          const store = opening.result.transaction('boards', 'readwrite').objectStore('boards');
          const reading = store.get(board);
          reading.onsuccess = () => {
            const note = reading.result as { seenAt: number };
            store.put({ ...note, seenAt: note.seenAt - 120_000 }, board).onsuccess = () => resolve();
          };
        };
        opening.onerror = () => reject(new Error('The database did not open.'));
      }),
    id,
  );
  await ada.goto(`${server.url}/b/${id}`);
  await onBoard(ada);
  const notice = ada.getByRole('complementary', { name: 'While you were away' });
  await expect(notice).toBeVisible();
  await notice.getByRole('button', { name: 'Play it' }).click();
  await expect(ada.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect(ada.getByRole('slider', { name: 'Timeline' })).toHaveAttribute('aria-valuetext', 'Live');
  await expect(notice).toBeHidden();
});

test('[T14] keys go from gesture to gesture, and by seconds', async ({ server, person }) => {
  const ada = await onBoard(await person(`/b/${await server.newBoard()}`));
  const middle = { x: 60, y: 100, width: 1160, height: 500 };
  // It is about the ink alone: no picture of the present, no hands.
  await ada.keyboard.press('Shift+N');
  await hideHands(ada);
  const inks = [0];
  for (const x of [300, 500, 700]) {
    await draw(ada, [
      [x, 300],
      [x + 80, 380],
      [x + 100, 300],
    ]);
    await ada.waitForTimeout(300);
    inks.push(await inkIn(ada, middle));
  }
  const shown = (count: number) => expect.poll(() => inkIn(ada, middle)).toBe(inks[count]);
  await ada.keyboard.press(',');
  await expect(ada.getByRole('button', { name: 'Go live' })).toBeVisible();
  await shown(2);
  await ada.keyboard.press(',');
  await shown(1);
  await ada.getByRole('button', { name: 'To the next gesture' }).click();
  await shown(2);
  await ada.keyboard.press('.');
  await expect(ada.getByRole('button', { name: 'Go live' })).toHaveCount(0);
  await shown(3);
  await ada.keyboard.press('Home');
  await shown(0);
  await ada.keyboard.press('End');
  await expect(ada.getByRole('button', { name: 'Go live' })).toHaveCount(0);
  // More seconds than were drawn in.
  for (let i = 0; i < 4; i++) await ada.keyboard.press('j');
  await shown(0);
  for (let i = 0; i < 4; i++) await ada.keyboard.press('l');
  await shown(3);
});

test('[T11] of an earlier moment a single thing is brought back, and that is undone', async ({ server, person }) => {
  const id = await server.newBoard();
  const ada = await onBoard(await person(`/b/${id}`));
  await ready(ada);
  const left = { x: 290, y: 190, width: 120, height: 120 };
  for (const x of [300, 600]) {
    await draw(ada, [
      [x, 200],
      [x + 100, 300],
    ]);
  }
  const inks = [await inkIn(ada, left), await inkIn(ada, { ...left, x: 590 })];
  await ada.keyboard.press('e');
  await draw(ada, [
    [320, 250],
    [380, 250],
  ]);
  await expect.poll(() => inkIn(ada, left)).toBeLessThan(20);
  await draw(ada, [
    [620, 250],
    [680, 250],
  ]);
  await expect.poll(() => inkIn(ada, { ...left, x: 590 })).toBeLessThan(20);
  await ada.keyboard.press(',');
  await ada.keyboard.press(',');
  await expect.poll(() => inkIn(ada, left)).toBe(inks[0]);
  await ada.mouse.click(350, 250, { button: 'right' });
  await ada.getByRole('menuitem', { name: /^Bring back/ }).click();
  await expect(ada.getByText('It is back as it was then.')).toBeVisible();
  // What came back is in hand.
  await ada.keyboard.press('Escape');
  await expect.poll(() => inkIn(ada, left)).toBe(inks[0]);
  await expect.poll(() => inkIn(ada, { ...left, x: 590 })).toBeLessThan(20);
  await ada.keyboard.press('Control+z');
  await expect.poll(() => inkIn(ada, left)).toBeLessThan(20);
});

test('[T16] in the past somebody’s hands are dimmed and hidden, and the present shows them', async ({
  server,
  person,
}) => {
  const address = `/b/${await server.newBoard()}`;
  const ada = await onBoard(await person(address));
  const bram = await onBoard(await person(address));
  const left = { x: 290, y: 190, width: 120, height: 120 };
  // Without the end, where the other's cursor is.
  const right = { ...left, x: 590, width: 90, height: 90 };
  await draw(ada, [
    [300, 200],
    [400, 300],
  ]);
  await draw(bram, [
    [600, 200],
    [700, 300],
  ]);
  await expect.poll(() => inkIn(ada, right)).toBeGreaterThan(100);
  const inks = [await inkIn(ada, left), await inkIn(ada, right)];
  await draw(ada, [
    [500, 450],
    [520, 460],
  ]);
  await hideHands(ada);
  await ada.keyboard.press(',');
  await ada.getByRole('button', { name: 'Whose hands show' }).click();
  const of = ada.getByRole('menuitem').nth(1);
  await of.click();
  await expect(of).toContainText('Faint');
  await of.click();
  await expect(of).toContainText('Hidden');
  await expect.poll(() => inkIn(ada, right)).toBeLessThan(20);
  expect(await inkIn(ada, left)).toBe(inks[0]);
  await ada.keyboard.press('Escape');
  await ada.keyboard.press('End');
  await expect.poll(() => inkIn(ada, right)).toBe(inks[1]);
});

test('[T17] a part of the past plays over and over', async ({ server, person }) => {
  const ada = await onBoard(await person(`/b/${await server.newBoard()}`));
  for (const x of [300, 500, 700]) {
    await draw(ada, [
      [x, 300],
      [x + 80, 380],
    ]);
    await ada.waitForTimeout(400);
  }
  const part = { x: 690, y: 290, width: 100, height: 100 };
  await ada.keyboard.press('Home');
  await ada.keyboard.press('b');
  await ada.keyboard.press('.');
  await ada.keyboard.press('.');
  await ada.getByRole('button', { name: 'Repeat up to here' }).click();
  await expect(ada.getByRole('button', { name: 'Pause' })).toBeVisible();
  // Long enough for all of it, had it gone on: the third stroke never comes.
  await ada.waitForTimeout(5_000);
  await expect(ada.getByRole('button', { name: 'Pause' })).toBeVisible();
  expect(await inkIn(ada, part)).toBeLessThan(20);
  await ada.getByRole('button', { name: 'Repeat no more' }).click();
  await expect.poll(() => inkIn(ada, part)).toBeGreaterThan(100);
  await expect(ada.getByRole('button', { name: 'Go live' })).toHaveCount(0);
});
