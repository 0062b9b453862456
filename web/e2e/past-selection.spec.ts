import type { Page } from '@playwright/test';
import { draw, expect, hideHands, onBoard, ready, test } from './test.ts';

interface Thing {
  readonly kind: string;
  readonly id: string;
  readonly from?: string;
  readonly to?: string;
  readonly group?: string;
}

const tool = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const bar = (page: Page) => page.getByRole('toolbar', { name: 'What is selected' });

/** Two boxes with an arrow between them, then a stroke, all erased again; gives the instant when all were there. */
async function erasedScene(page: Page, kinds: () => Promise<string[]>): Promise<number> {
  await ready(page);
  for (const x of [200, 600]) {
    await tool(page, 'Rectangle');
    await draw(page, [
      [x, 200],
      [x + 140, 300],
    ]);
  }
  await tool(page, 'Arrow');
  await draw(page, [
    [300, 250],
    [660, 250],
  ]);
  await page.keyboard.press('p');
  await draw(page, [
    [250, 450],
    [400, 480],
  ]);
  await expect.poll(kinds).toHaveLength(4);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await expect.poll(kinds).toEqual([]);
  await page.keyboard.press('p');
  await page.mouse.move(640, 20);
  await page.keyboard.press(',');
  await expect(page.getByRole('button', { name: 'Go live' })).toBeVisible();
  return Number(await page.getByRole('slider', { name: 'Timeline' }).getAttribute('aria-valuenow'));
}

test('[T24] [T23] in the past several things are selected by box, Shift and keys, and brought back while another draws', async ({
  server,
  person,
}) => {
  const id = await server.newBoard('Back');
  const things = async (): Promise<Thing[]> =>
    ((await (await fetch(`${server.url}/api/boards/${id}/export.json`)).json()) as { shapes: Thing[] }).shapes;
  const kinds = async (): Promise<string[]> => (await things()).map(({ kind }) => kind).sort();
  const revision = async (): Promise<number> =>
    ((await (await fetch(`${server.url}/api/boards/${id}`)).json()) as { revision: number }).revision;
  const ada = await onBoard(await person(`/b/${id}`));
  const bram = await onBoard(await person(`/b/${id}`));
  await erasedScene(ada, kinds);
  const before = await revision();

  await tool(ada, 'Select');
  await draw(ada, [
    [150, 150],
    [800, 350],
  ]);
  await expect(bar(ada).getByRole('button')).toHaveText(['Bring back', '']);
  // Nothing of the past changes, whatever is tried.
  await draw(ada, [
    [270, 200],
    [300, 400],
  ]);
  await ada.mouse.click(200, 250);
  await expect(bar(ada)).toBeVisible();
  for (const key of ['Delete', 'ArrowLeft', 'Control+d', 'Control+g', 'Control+x', 'Enter'])
    await ada.keyboard.press(key);
  await ada.keyboard.press('Control+a');
  // The stroke leaves the selection, a box leaves it and joins again; beside all things nothing changes.
  await ada.keyboard.down('Shift');
  for (const [x, y] of [[300, 460], [200, 250], [200, 250], [640, 600]] as const) await ada.mouse.click(x, y); // prettier-ignore
  await ada.keyboard.up('Shift');
  await expect(ada.getByText('3 things selected')).toBeAttached();
  expect(await revision()).toBe(before);

  // Somebody else draws meanwhile, with the pen still down.
  await draw(
    bram,
    // Nothing that would be taken for a line where the pen is held still.
    [
      [900, 500],
      [930, 560],
      [950, 490],
      [975, 550],
      [1000, 560],
    ],
    { keepDown: true },
  );
  await bar(ada).getByRole('button', { name: 'Bring back' }).click();
  await expect(ada.getByText('3 things are back as they were then.')).toBeVisible();
  await expect(bar(ada).getByRole('button', { name: 'Delete' })).toBeVisible();
  await bram.mouse.up();
  await expect.poll(kinds).toEqual(['arrow', 'pen', 'rectangle', 'rectangle']);
  const [arrow, ...others] = (await things()).filter(({ kind }) => kind !== 'pen').sort((a, b) => (a.kind < b.kind ? -1 : 1)); // prettier-ignore
  expect([arrow?.from, arrow?.to].sort()).toEqual(others.map((box) => box.id).sort());
  for (const page of [ada, bram]) {
    await page.keyboard.press('Escape');
    await page.mouse.move(640, 20);
    await hideHands(page);
  }
  const clip = { x: 150, y: 150, width: 900, height: 450 };
  await expect.poll(async () => (await ada.screenshot({ clip })).equals(await bram.screenshot({ clip }))).toBe(true);
  await ada.keyboard.press('Control+z');
  await expect.poll(kinds).toEqual(['pen']);
  await ada.keyboard.press('Control+Shift+z');
  await expect.poll(kinds).toHaveLength(4);
});

test('[T24] by keyboard, palette and menu; what is copied in the past is pasted in the present and on another board', async ({
  server,
  person,
}) => {
  const [id, other] = [await server.newBoard('From'), await server.newBoard('To')];
  const kinds = async (board: string): Promise<string[]> =>
    ((await (await fetch(`${server.url}/api/boards/${board}/export.json`)).json()) as { shapes: Thing[] }).shapes
      .map(({ kind }) => kind)
      .sort();
  const ada = await onBoard(await person(`/b/${id}`, { permissions: ['clipboard-read', 'clipboard-write'] }));
  const at = await erasedScene(ada, () => kinds(id));
  const lookBack = async (): Promise<void> => {
    await ada.goto(`${server.url}/b/${id}?at=${at}&view=-640,-374,1`);
    await onBoard(ada);
    await ready(ada);
    await expect(ada.getByRole('slider', { name: 'Timeline' })).toHaveAttribute('aria-valuenow', String(at));
  };
  // Each by the keyboard, heard; then all.
  await ada.keyboard.press('PageDown');
  await expect(ada.getByText(/^Rectangle, by .+ selected$/)).toBeAttached();
  await ada.keyboard.press('Control+c');
  await expect(ada.getByText('It is on the clipboard as it was then.')).toBeVisible();
  await ada.keyboard.press('Control+v');
  await expect(ada.getByText('Nothing is pasted into the past.')).toBeVisible();
  await ada.keyboard.press('End');
  await ada.keyboard.press('Control+v');
  await expect.poll(() => kinds(id)).toEqual(['rectangle']);

  await ada.keyboard.press('Control+z');
  await expect.poll(() => kinds(id)).toEqual([]);
  await lookBack();
  // The moment may not be there yet: then nothing of it is to be selected.
  await expect(async () => {
    await ada.keyboard.press('Control+a');
    await expect(ada.getByText('4 things selected')).toBeAttached({ timeout: 2_000 });
  }).toPass();
  await bar(ada).getByRole('button', { name: 'Copy' }).click();
  await expect(ada.getByText('4 things are on the clipboard as they were then.')).toBeVisible();
  await ada.keyboard.press('Control+k');
  await ada.keyboard.type('bring back');
  await ada.keyboard.press('Enter');
  await expect.poll(() => kinds(id)).toEqual(['arrow', 'pen', 'rectangle', 'rectangle']);
  await ada.keyboard.press('Control+z');
  await expect.poll(() => kinds(id)).toEqual([]);

  await lookBack();
  await ada.mouse.click(200, 250, { button: 'right' });
  await expect(ada.getByRole('menu')).toHaveAccessibleName('What is selected');
  await ada.getByRole('menuitem', { name: /^Bring back/ }).click();
  await expect.poll(() => kinds(id)).toEqual(['rectangle']);

  await ada.goto(`${server.url}/b/${other}`);
  await onBoard(ada);
  await ready(ada);
  await ada.keyboard.press('Control+v');
  await expect.poll(() => kinds(other)).toEqual(['arrow', 'pen', 'rectangle', 'rectangle']);
});

test('[T24] by finger: a tap, a loop and the bar', async ({ server, person }) => {
  const id = await server.newBoard('Thumb');
  const address = `/b/${id}`;
  const phone = await onBoard(
    await person(address, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }),
  );
  await ready(phone);
  const kinds = async (): Promise<string[]> =>
    ((await (await fetch(`${server.url}/api/boards/${id}/export.json`)).json()) as { shapes: Thing[] }).shapes.map(
      ({ kind }) => kind,
    );
  const client = await phone.context().newCDPSession(phone);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x = 0, y = 0) =>
    client.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] });
  const swipe = async (...points: readonly (readonly [number, number])[]): Promise<void> => {
    for (const [i, point] of points.entries()) await touch(i === 0 ? 'touchStart' : 'touchMove', ...point);
    await touch('touchEnd');
  };
  await swipe([80, 250], [150, 280], [200, 250]);
  await swipe([80, 400], [150, 430], [200, 400]);
  await expect.poll(kinds).toEqual(['pen', 'pen']);
  const at = Date.now();
  const lookBack = async (): Promise<void> => {
    await phone.goto(`${server.url}/b/${id}?at=${at}&view=-195,-396,1`);
    await onBoard(phone);
    await ready(phone);
    await expect(phone.getByRole('button', { name: 'Go live' })).toBeVisible();
  };
  // A tap that a busy machine draws out is a long press, which does nothing here.
  const back = bar(phone).getByRole('button', { name: 'Bring back' });
  const bringBack = async (): Promise<void> => {
    await expect(back).toBeVisible();
    await expect(async () => {
      if (await back.isVisible()) await back.tap({ timeout: 5_000 });
      await expect(back).toBeHidden({ timeout: 5_000 });
    }).toPass();
  };
  const undo = phone.getByRole('button', { name: 'Undo', exact: true });
  for (const left of [['pen'], []]) {
    await expect(async () => {
      if ((await kinds()).length > left.length) await undo.tap({ timeout: 5_000 });
      await expect.poll(kinds, { timeout: 5_000 }).toEqual(left);
    }).toPass();
  }
  await lookBack();
  await phone.getByRole('button', { name: 'Select', exact: true }).tap();
  await phone.touchscreen.tap(150, 280);
  await bringBack();
  await expect.poll(kinds).toEqual(['pen']);
  await phone.getByRole('button', { name: 'Undo', exact: true }).tap();
  await expect.poll(kinds).toEqual([]);
  await lookBack();
  await phone.getByRole('button', { name: 'Lasso', exact: true }).tap();
  await swipe([40, 180], [330, 180], [330, 500], [40, 500], [40, 300]);
  await bringBack();
  await expect.poll(kinds).toEqual(['pen', 'pen']);
});
