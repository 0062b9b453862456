import { readFile } from 'node:fs/promises';
import { draw, expect, onBoard, test, ready } from './test.ts';

const zigzag = [
  [300, 300],
  [400, 400],
  [500, 300],
] as const;

test('everything that opens, opens within the Content-Security-Policy, and gives the focus back', async ({
  server,
  person,
}) => {
  const page = await person('/');
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.getByRole('button', { name: 'Theme' }).click();
  await page.keyboard.press('Escape');
  await page.goto(`${server.url}/b/${await server.newBoard('Policy')}`);
  await onBoard(page);

  for (const name of ['Share', 'Export', 'Menu', 'Colour and width', 'People']) {
    const button = page.getByRole('button', { name, exact: true });
    await button.focus();
    await page.keyboard.press('Enter');
    await expect(page.locator('[role=dialog], [role=menu]').first()).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.locator('[role=dialog], [role=menu]'), `${name}, after Escape`).toHaveCount(0);
    await expect(button, name).toBeFocused();
  }
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  expect(complaints).toEqual([]);
});

test('Escape closes what is open also while a tooltip is shown', async ({ server, person }) => {
  const page = await onBoard(await person(`/b/${await server.newBoard()}`));
  await page.getByRole('button', { name: 'Colour and width', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.getByRole('button', { name: 'Export', exact: true }).hover();
  await expect(page.locator('.tooltip')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('tools, undo and redo by keyboard; nothing to undo is said by the buttons', async ({ server, person }) => {
  const page = await onBoard(await person(`/b/${await server.newBoard()}`));
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  for (const [key, tool] of [
    ['h', 'Hand'],
    ['e', 'Eraser'],
    ['d', 'Pen'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(button(tool)).toHaveAttribute('aria-pressed', 'true');
  }
  await expect(button('Undo')).toBeDisabled();
  await expect(page.getByText('Draw something.')).toBeVisible();
  await draw(page, zigzag);
  await expect(page.getByText('Draw something.')).toBeHidden();
  await expect(button('Undo')).toBeEnabled();
  await page.keyboard.press('Control+z');
  await expect(button('Undo')).toBeDisabled();
  await page.keyboard.press('Control+Shift+z');
  await expect(button('Undo')).toBeEnabled();
  await expect(button('Redo')).toBeDisabled();
});

test('on a phone undo and the colours stay under the thumb while the tools scroll by', async ({ server, person }) => {
  const options = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  const page = await onBoard(await person(`/b/${await server.newBoard()}`, options));
  await ready(page);
  await draw(page, [
    [100, 300],
    [300, 400],
  ]);
  const tools = page.getByRole('toolbar', { name: 'Tools' });
  for (const name of ['Undo', 'Colour and width']) {
    const button = tools.getByRole('button', { name });
    const box = (await button.boundingBox())!;
    expect(box.x + box.width).toBeLessThanOrEqual(390);
    await button.tap();
  }
  await expect(page.getByRole('dialog', { name: 'Colour and width' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(tools.getByRole('button', { name: 'Redo' })).toBeEnabled();
  // What lies under them is brought forth.
  await tools.getByRole('button', { name: 'Laser' }).tap();
  await expect(tools.getByRole('button', { name: 'Laser' })).toHaveAttribute('aria-pressed', 'true');
});

test('a board is renamed in its place, for everybody; Escape leaves the name', async ({ server, person }) => {
  const id = await server.newBoard('Before');
  const [ada, bram] = [await onBoard(await person(`/b/${id}`)), await onBoard(await person(`/b/${id}`))];
  await ada.getByRole('button', { name: /Rename/ }).click();
  await ada.keyboard.type('Thrown away');
  await ada.keyboard.press('Escape');
  await ada.getByRole('button', { name: 'Rename board: Before' }).click();
  await ada.keyboard.type('After');
  await ada.keyboard.press('Enter');
  await expect(bram).toHaveTitle('After · Retrace');
  await expect(bram.getByRole('button', { name: 'Rename board: After' })).toBeVisible();
});

test('my name and colour are mine to choose, and the others see them', async ({ server, person }) => {
  const id = await server.newBoard();
  const [ada, bram] = [await onBoard(await person(`/b/${id}`)), await onBoard(await person(`/b/${id}`))];
  await ada.getByRole('button', { name: 'People' }).click();
  await ada.getByRole('button', { name: 'Edit' }).click();
  await ada.getByLabel('Your name, as others see it').fill('Ada Lovelace');
  await ada.keyboard.press('Enter');
  await bram.getByRole('button', { name: 'People' }).click();
  await expect(bram.getByRole('dialog', { name: '2 people here' })).toContainText('Ada Lovelace');
});

test('home: a new board, then its card with a picture; off the list and back', async ({ person }) => {
  const page = await person('/');
  await expect(page.getByText('Nothing drawn yet')).toBeVisible();
  await page.getByLabel('Name of the new board').fill('Kitchen plan');
  await page.getByRole('button', { name: 'New board' }).click();
  await expect(page).toHaveTitle('Kitchen plan · Retrace');
  await onBoard(page);
  await draw(page, zigzag);
  await page.getByRole('link', { name: 'Home' }).click();
  const card = page.getByRole('listitem').filter({ hasText: 'Kitchen plan' });
  await expect(card.locator('img')).toBeVisible();
  await card.getByRole('button', { name: /Remove/ }).click();
  await expect(card).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await card.getByRole('link').click();
  await expect(page).toHaveTitle('Kitchen plan · Retrace');
});

test('home: no server, and the name that was typed is still there', async ({ server, person }) => {
  const page = await person('/');
  await server.kill();
  await page.getByLabel('Name of the new board').fill('Kitchen plan');
  await page.getByRole('button', { name: 'New board' }).click();
  await expect(page.getByRole('alert')).toContainText('No board was made.');
  await expect(page.getByLabel('Name of the new board')).toHaveValue('Kitchen plan');
});

test('offline it counts the strokes that wait, and back again it has them all', async ({ server, person }) => {
  const id = await server.newBoard();
  const page = await onBoard(await person(`/b/${id}`));
  await draw(page, zigzag);
  await expect(page.getByRole('button', { name: 'Connection: Live' })).toBeVisible();
  await server.kill();
  await draw(page, zigzag);
  await draw(page, [
    [600, 300],
    [700, 400],
  ]);
  await expect(page.getByRole('button', { name: 'Connection: Offline: 2 strokes waiting' })).toBeVisible();
  await server.start();
  await expect(page.getByRole('button', { name: 'Connection: Live' })).toBeVisible();
  // What waited goes out from the moment that the page is live.
  const shapes = async (): Promise<number> => {
    const board = await (await fetch(`${server.url}/api/boards/${id}/export.json`)).json();
    return (board as { shapes: unknown[] }).shapes.length;
  };
  await expect.poll(shapes).toBe(3);
});

test('offline the drawing can still be taken away', async ({ server, person }) => {
  const page = await onBoard(await person(`/b/${await server.newBoard('Mine')}`));
  await ready(page);
  await server.kill();
  await draw(page, zigzag);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  expect((await download).suggestedFilename()).toBe('Mine.png');
});

test('what could not be fetched while the server was away is fetched once it is back', async ({ server, person }) => {
  const page = await person('/');
  const part = '**/assets/at-rest-*';
  await page.route(part, (route) => route.abort());
  const failed = page.waitForEvent('requestfailed');
  await page.goto(`${server.url}/b/${await server.newBoard('Parts')}`);
  await onBoard(page);
  await failed;
  await draw(page, zigzag);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.unroute(part);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  expect((await download).suggestedFilename()).toBe('Parts.png');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Colour and width' }).click();
  await expect(page.getByRole('dialog', { name: 'Colour and width' })).toBeVisible();
});

test('a link to watch has no pen, and says so', async ({ server, person }) => {
  const response = await fetch(`${server.url}/api/boards`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'Look', access: 'view' }),
  });
  const { links } = (await response.json()) as { links: { edit: string; view: string } };
  const viewer = await person(links.view);
  await expect(viewer.getByText('This link does not allow drawing.')).toBeVisible();
  await expect(viewer.getByRole('toolbar', { name: 'Tools' })).toHaveCount(0);
  const owner = await onBoard(await person(links.edit));
  await owner.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(owner.getByLabel('Link to draw')).toHaveValue(server.url + links.edit);
  await expect(owner.getByLabel('Link to watch')).toHaveValue(server.url + links.view);
});

test('what is in view is exported as large as on the screen, however near or far', async ({ server, person }) => {
  const page = await onBoard(await person(`/b/${await server.newBoard('Near')}`));
  await draw(page, zigzag);
  for (const button of ['Zoom in', 'Zoom out']) {
    for (let i = 0; i < 3; i++) await page.getByRole('button', { name: button, exact: true }).click();
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByText('What is in view').click();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download' }).click();
    const png = await readFile(await (await download).path());
    expect(png.readUInt32BE(16)).toBe(2 * 1280);
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
});

test('the whole link, pasted where a part of it was, opens what it allows', async ({ server, person }) => {
  const response = await fetch(`${server.url}/api/boards`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'Ours', access: 'private' }),
  });
  const { id, links } = (await response.json()) as { id: string; links: { edit: string; view: string } };
  const page = await person(`/b/${id}`);
  await expect(page.getByRole('heading', { name: 'This board is not open to you' })).toBeVisible();
  await page.goto(server.url + links.view);
  await expect(page.getByText('This link does not allow drawing.')).toBeVisible();
  await page.goto(server.url + links.edit);
  await onBoard(page);
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(page.getByLabel('Link to draw')).toHaveValue(server.url + links.edit);
});

test('addresses that lead nowhere say so, with a way home', async ({ person }) => {
  for (const path of ['/b/too-short', '/b/Abcdefgh01234567']) {
    const page = await person(path);
    await expect(page.getByRole('heading', { name: 'There is no such board' })).toBeVisible();
    await page.getByRole('link', { name: 'Go home' }).click();
    await expect(page).toHaveTitle('Retrace');
  }
});

test('the chosen theme is there before the page is, and on every page', async ({ person }) => {
  const page = await person('/');
  await page.getByRole('button', { name: 'Theme' }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  expect(await paper()).toBe('rgb(21, 22, 26)');
  await page.route('**/*.js', (route) =>
    route.request().url().includes('theme.js') ? route.continue() : route.abort(),
  );
  await page.reload();
  expect(await paper()).toBe('rgb(21, 22, 26)');
});

test('Space moves the sheet after a tool was clicked, and in the past a short press plays', async ({
  server,
  person,
}) => {
  const page = await onBoard(await person(`/b/${await server.newBoard()}`));
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  await draw(page, zigzag);
  await button('Pen').click();
  await page.keyboard.press('Escape');
  await page.keyboard.press(' ');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(button('Play')).toBeVisible();

  const timeline = page.getByRole('slider', { name: 'Timeline' });
  await timeline.press('Home');
  await expect(button('Go live')).toBeVisible();
  await timeline.blur();
  await page.keyboard.press(' ');
  await expect(button('Pause')).toBeVisible();
  await page.keyboard.press('l');
  await expect(button('Go live')).toHaveCount(0);
});
