import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { JsonPen } from './json-pen.ts';
import { compare } from './pictures.ts';
import { draw, expect, inkIn, onBoard, sheet, test, ready, hideHands } from './test.ts';

const tool = (page: Page, name: string) =>
  page.getByRole('toolbar', { name: 'Tools' }).getByRole('button', { name, exact: true }).click();
const clip = { x: 0, y: 80, width: 1280, height: 560 };
const whole = async (page: Page): Promise<void> => {
  await page.mouse.move(640, 20);
  await page.getByRole('button', { name: 'Fit' }).click();
};

/** One of everything there is a tool for. */
async function drawEverything(page: Page): Promise<void> {
  let x = 100;
  for (const name of ['Rectangle', 'Ellipse', 'Diamond', 'Triangle', 'Line', 'Arrow']) {
    await tool(page, name);
    await draw(page, [
      [x, 140],
      [x + 120, 230],
    ]);
    x += 170;
  }
  await tool(page, 'Highlighter');
  await draw(page, [
    [100, 300],
    [400, 310],
  ]);
  await tool(page, 'Text');
  await page.mouse.click(500, 300);
  await page.keyboard.type('Written\nin two lines');
  await page.keyboard.press('Escape');
  await tool(page, 'Sticky note');
  await page.mouse.click(250, 460);
  await page.keyboard.type('A note that is long enough for several lines of it');
  await page.keyboard.press('Escape');
  await tool(page, 'Frame');
  await draw(page, [
    [500, 400],
    [760, 560],
  ]);
}

test('[K2] every kind of thing is the same picture for another, after a reload, in replay, and as SVG', async ({
  server,
  person,
  browser,
}) => {
  const id = await server.newBoard('Things');
  const ada = await onBoard(await person(`/b/${id}`));
  await drawEverything(ada);
  await ada.keyboard.press('Escape');
  const bram = await onBoard(await person(`/b/${id}`));
  for (const page of [ada, bram]) await whole(page);
  await expect.poll(async () => (await ada.screenshot({ clip })).equals(await bram.screenshot({ clip }))).toBe(true);
  const picture = await ada.screenshot({ clip });
  const blank = await browser.newPage();
  expect(await inkIn(ada, clip)).toBeGreaterThan(4000);

  await ada.reload();
  await onBoard(ada);
  await whole(ada);
  await expect.poll(async () => (await ada.screenshot({ clip })).equals(picture)).toBe(true);

  // In the past, once everything was drawn and before something that cannot be seen, the same.
  const { updatedAt } = (await (await fetch(`${server.url}/api/boards/${id}`)).json()) as { updatedAt: string };
  const drawn = Date.parse(updatedAt);
  await ada.waitForTimeout(1500);
  (await JsonPen.open(server.url, id, 'Cleo')).rename('Renamed');
  await expect(ada).toHaveTitle(/Renamed/);
  await ada.goto(`${server.url}/b/${id}?at=${drawn + 500}`);
  await onBoard(ada);
  await expect(ada.getByRole('slider', { name: 'Timeline' })).toHaveAttribute('aria-valuenow', String(drawn + 500));
  await whole(ada);
  for (const page of [ada, bram]) await hideHands(page);
  // But for the edge that says that it is the past.
  const inner = { x: 60, y: 100, width: 1160, height: 520 };
  const past = await ada.screenshot({ clip: inner });
  await whole(bram);
  await expect
    .poll(
      async () =>
        (await compare(blank, await ada.screenshot({ clip: inner }), await bram.screenshot({ clip: inner }))).different,
    )
    .toBe(0);
  expect((await compare(blank, past, past)).ink).toBeGreaterThan(4000);

  await ada.getByRole('slider', { name: 'Timeline' }).focus();
  await ada.keyboard.press('Home');
  await expect.poll(() => inkIn(ada, { x: 40, y: 90, width: 1200, height: 540 })).toBeLessThan(50);
  await ada.getByRole('button', { name: 'Go live' }).first().click();

  const svg = await (await fetch(`${server.url}/api/boards/${id}/export.svg`)).text();
  expect(svg.match(/<text /g)?.length).toBeGreaterThanOrEqual(6);
  const size = /width="([\d.]+)" height="([\d.]+)"/.exec(svg)!;
  const [width, height] = [Math.round(Number(size[1])), Math.round(Number(size[2]))];
  await blank.setViewportSize({ width, height });
  await blank.setContent(`<body style="margin:0">${svg}</body>`);
  expect(await inkIn(blank, { x: 0, y: 0, width, height })).toBeGreaterThan(3000);
  await blank.close();
});

test('[G12] [G13] two people move and restyle the same thing; each undoes only their own', async ({
  server,
  person,
}) => {
  const id = await server.newBoard('Together');
  const ada = await onBoard(await person(`/b/${id}`));
  const bram = await onBoard(await person(`/b/${id}`));
  await tool(ada, 'Rectangle');
  await draw(ada, [
    [300, 200],
    [500, 320],
  ]);
  await expect.poll(() => inkIn(bram, { x: 290, y: 190, width: 230, height: 140 })).toBeGreaterThan(500);
  await tool(bram, 'Select');
  await bram.mouse.click(300, 260);
  await expect(bram.getByRole('toolbar', { name: 'What is selected' })).toBeVisible();
  await draw(bram, [
    [350, 200],
    [350, 400],
  ]);
  const lower = { x: 290, y: 390, width: 230, height: 140 };
  await expect.poll(() => inkIn(ada, lower)).toBeGreaterThan(500);
  // Ada changes the colour of what Bram moved.
  await ada.mouse.click(300, 460);
  await ada.getByRole('button', { name: 'Colour and width' }).click();
  await ada.getByRole('radio', { name: 'Yellow' }).check({ force: true });
  await ada.keyboard.press('Escape');
  await expect.poll(() => inkIn(bram, lower)).toBeLessThan(4000);
  await bram.keyboard.press('Escape');
  await bram.keyboard.press('Control+z');
  const json = async (): Promise<{ color: string; transform?: number[] }> =>
    ((await (await fetch(`${server.url}/api/boards/${id}/export.json`)).json()) as { shapes: never[] }).shapes[0]!;
  await expect.poll(async () => (await json()).transform).toBeUndefined();
  expect((await json()).color).toBe('yellow');
  await ada.keyboard.press('Control+z');
  await expect.poll(async () => (await json()).color).toBe('ink');
});

test('[K11] the eraser takes only what it touches, where that is chosen', async ({ server, person }) => {
  const id = await server.newBoard('Cut');
  const ada = await onBoard(await person(`/b/${id}`));
  await draw(ada, [
    [200, 300],
    [800, 300],
  ]);
  await tool(ada, 'Eraser');
  await ada.getByRole('button', { name: 'Colour and width' }).click();
  await ada.getByRole('radio', { name: 'What it touches' }).check({ force: true });
  await ada.keyboard.press('Escape');
  const middle = { x: 494, y: 280, width: 12, height: 40 };
  expect(await inkIn(ada, middle)).toBeGreaterThan(20);
  await draw(ada, [
    [500, 250],
    [500, 350],
  ]);
  await expect.poll(() => inkIn(ada, middle)).toBe(0);
  expect(await inkIn(ada, { x: 200, y: 280, width: 200, height: 40 })).toBeGreaterThan(300);
  expect(await inkIn(ada, { x: 600, y: 280, width: 190, height: 40 })).toBeGreaterThan(300);
  await ada.keyboard.press('Control+z');
  await expect.poll(() => inkIn(ada, middle)).toBeGreaterThan(20);
});

test('everything by keyboard: select, move, write, duplicate, delete', async ({ server, person }) => {
  const id = await server.newBoard('Keys');
  const ada = await onBoard(await person(`/b/${id}`));
  await tool(ada, 'Rectangle');
  await draw(ada, [
    [300, 200],
    [500, 320],
  ]);
  const shapes = async (): Promise<{ text?: string; transform?: number[] }[]> =>
    ((await (await fetch(`${server.url}/api/boards/${id}/export.json`)).json()) as { shapes: never[] }).shapes;
  await ada.keyboard.press('Escape');
  await ada.keyboard.press('PageDown');
  await ada.keyboard.press('Shift+ArrowRight');
  await ada.keyboard.press('ArrowDown');
  await expect.poll(async () => (await shapes())[0]?.transform).toEqual([1, 0, 0, 1, 10, 1]);
  await ada.keyboard.press('Enter');
  await expect(ada.getByRole('textbox', { name: 'Text' })).toBeFocused();
  await ada.keyboard.type('Typed');
  await ada.keyboard.press('Escape');
  await expect.poll(async () => (await shapes())[0]?.text).toBe('Typed');
  await ada.keyboard.press('Control+d');
  await expect.poll(async () => (await shapes()).length).toBe(2);
  await ada.keyboard.press('Delete');
  await expect.poll(async () => (await shapes()).length).toBe(1);
  await expect(sheet(ada)).toBeVisible();
});

test('[H1] a laser shows for everybody while it is pressed, and leaves nothing', async ({ server, person }) => {
  const id = await server.newBoard('Pointing');
  const ada = await onBoard(await person(`/b/${id}`));
  const bram = await onBoard(await person(`/b/${id}`));
  await tool(ada, 'Laser');
  await draw(
    ada,
    [
      [300, 300],
      [600, 350],
    ],
    { keepDown: true },
  );
  await expect(bram.locator('.cursor.laser')).toBeVisible();
  await ada.mouse.up();
  await expect(bram.locator('.cursor.laser')).toHaveCount(0);
  const board = (await (await fetch(`${server.url}/api/boards/${id}`)).json()) as { shapes: number; revision: number };
  expect([board.shapes, board.revision]).toEqual([0, 1]);
});

test('what is copied is pasted under the pointer, on another board too; what is cut is gone', async ({
  server,
  person,
}) => {
  const [from, to] = [await server.newBoard('From'), await server.newBoard('To')];
  const ada = await onBoard(await person(`/b/${from}`, { permissions: ['clipboard-read', 'clipboard-write'] }));
  await ready(ada);
  await tool(ada, 'Rectangle');
  await draw(ada, [
    [300, 200],
    [500, 320],
  ]);
  await ada.keyboard.press('Enter');
  await ada.keyboard.type('Copied');
  await ada.keyboard.press('Escape');
  const shapes = async (board: string): Promise<{ kind: string; text?: string }[]> =>
    ((await (await fetch(`${server.url}/api/boards/${board}/export.json`)).json()) as { shapes: never[] }).shapes;
  const copied = { kind: 'rectangle', text: 'Copied' };
  await ada.keyboard.press('Control+c');
  await ada.mouse.move(800, 450);
  await ada.keyboard.press('Control+v');
  await expect.poll(() => shapes(from)).toMatchObject([copied, copied]);
  await expect.poll(() => inkIn(ada, { x: 690, y: 380, width: 220, height: 140 })).toBeGreaterThan(1000);
  await ada.keyboard.press('Control+x');
  await expect.poll(() => shapes(from)).toMatchObject([copied]);

  await ada.goto(`${server.url}/b/${to}`);
  await onBoard(ada);
  await ready(ada);
  await ada.mouse.move(640, 300);
  await ada.keyboard.press('Control+v');
  await expect.poll(() => shapes(to)).toMatchObject([copied]);
  await ada.evaluate(() => navigator.clipboard.writeText('Only text'));
  await ada.keyboard.press('Control+v');
  await expect.poll(() => shapes(to)).toMatchObject([copied, { kind: 'text', text: 'Only text' }]);
});

test('the right button opens a menu of what is under it, which the keyboard works too', async ({ server, person }) => {
  const id = await server.newBoard();
  const ada = await onBoard(await person(`/b/${id}`));
  await ready(ada);
  for (const x of [200, 500]) {
    await tool(ada, 'Rectangle');
    await draw(ada, [
      [x, 200],
      [x + 150, 320],
    ]);
  }
  await ada.keyboard.press('p');
  const menu = ada.getByRole('menu');
  await ada.mouse.click(200, 260, { button: 'right' });
  await expect(menu).toHaveAccessibleName('What is selected');
  await expect(menu.getByRole('menuitem', { name: 'Group' })).toHaveCount(0);
  // Another right click, elsewhere, is for what is there.
  await ada.mouse.click(500, 260, { button: 'right' });
  await expect(menu).toBeVisible();
  await menu.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(menu).toHaveCount(0);
  const shapes = async (): Promise<unknown[]> =>
    ((await (await fetch(`${server.url}/api/boards/${id}/export.json`)).json()) as { shapes: unknown[] }).shapes;
  await expect.poll(shapes).toHaveLength(1);

  // What lay there is remembered, with whose it was, and leads back to when it was drawn.
  await ada.mouse.click(500, 260, { button: 'right' });
  await expect(menu).toHaveAccessibleName('Board');
  await menu.getByRole('menuitem', { name: /^Rectangle by .+, erased by/ }).click();
  await expect(ada.getByRole('button', { name: 'Branch from here' })).toBeVisible();
  await ada.keyboard.press('End');
  await expect(ada.getByRole('button', { name: 'Branch from here' })).toHaveCount(0);

  await ada.mouse.click(900, 600, { button: 'right' });
  await expect(menu).toHaveAccessibleName('Board');
  // Past what pastes, to what selects everything.
  await ada.keyboard.press('ArrowDown');
  await ada.keyboard.press('ArrowDown');
  await ada.keyboard.press('Enter');
  await expect(ada.getByRole('toolbar', { name: 'What is selected' })).toBeVisible();
  await ada.keyboard.press('Control+d');
  await expect.poll(shapes).toHaveLength(2);
});

test('what is selected is copied as a picture, and exported alone', async ({ server, person }) => {
  const ada = await onBoard(
    await person(`/b/${await server.newBoard()}`, { permissions: ['clipboard-read', 'clipboard-write'] }),
  );
  await ready(ada);
  await draw(ada, [
    [700, 200],
    [900, 400],
  ]);
  await tool(ada, 'Rectangle');
  await draw(ada, [
    [200, 200],
    [350, 320],
  ]);
  const choose = async (item: string) => {
    await ada.mouse.click(200, 260, { button: 'right' });
    await ada.getByRole('menuitem', { name: item }).click();
  };
  await choose('Copy as SVG');
  await expect(ada.getByText('The picture is on the clipboard.')).toBeVisible();
  const svg = await ada.evaluate(() => navigator.clipboard.readText());
  // The rectangle with its margin, and not the stroke.
  expect(Number(/width="([\d.]+)"/.exec(svg)?.[1])).toBeLessThan(260);
  await choose('Copy as PNG');
  await expect
    .poll(() =>
      ada.evaluate(async () => {
        const [item] = await navigator.clipboard.read();
        if (!item?.types.includes('image/png')) return 0;
        return (await createImageBitmap(await item.getType('image/png'))).width;
      }),
    )
    .toBe(Math.round(Number(/width="([\d.]+)"/.exec(svg)?.[1])) * 2);

  await ada.getByRole('button', { name: 'Export', exact: true }).click();
  await ada.getByText('What is selected').click();
  const [download] = await Promise.all([
    ada.waitForEvent('download'),
    ada.getByRole('button', { name: 'Download' }).click(),
  ]);
  const png = await readFile(await download.path());
  expect(png.readUInt32BE(16)).toBeLessThan(520);
});

test('[F13] [G15] a line between two things goes with them, for whoever moves them, and in the past', async ({
  server,
  person,
}) => {
  const id = await server.newBoard('Lines');
  const ada = await onBoard(await person(`/b/${id}`));
  const bram = await onBoard(await person(`/b/${id}`));
  const boxes = [
    ['Rectangle', 200, 200],
    ['Ellipse', 700, 150],
  ] as const;
  for (const [name, x, y] of boxes) {
    await tool(ada, name);
    await draw(ada, [
      [x, y],
      [x + 160, y + 100],
    ]);
  }
  await tool(ada, 'Arrow');
  await draw(ada, [
    [300, 250],
    [780, 200],
  ]);
  const arrow = async (): Promise<{ from: string; to: string; ends: number[] } | undefined> => {
    const response = await fetch(`${server.url}/api/boards/${id}/export.json`);
    const { shapes } = (await response.json()) as {
      shapes: { kind: string; from: string; to: string; ends: number[] }[];
    };
    return shapes.find(({ kind }) => kind === 'arrow');
  };
  await expect.poll(async () => (await arrow())?.ends).toHaveLength(4);
  const before = (await arrow())!.ends;
  await tool(bram, 'Select');
  await draw(bram, [
    [200, 250],
    [200, 500],
  ]);
  await expect.poll(async () => (await arrow())!.ends[1]).toBeGreaterThan(before[1]! + 150);
  for (const page of [ada, bram]) await page.keyboard.press('Escape');
  for (const page of [ada, bram]) await page.mouse.move(640, 20);
  await expect.poll(async () => (await ada.screenshot({ clip })).equals(await bram.screenshot({ clip }))).toBe(true);
  await bram.keyboard.press('Control+z');
  await expect.poll(async () => (await arrow())!.ends).toEqual(before);
});

test('[G16] a loop drawn by hand selects what lies in it, by mouse and by finger', async ({ server, person }) => {
  const id = await server.newBoard('Loops');
  const page = await onBoard(await person(`/b/${id}`));
  for (const x of [200, 500]) {
    await draw(page, [
      [x, 200],
      [x + 60, 260],
    ]);
  }
  await tool(page, 'Lasso');
  await draw(page, [
    [170, 170],
    [300, 160],
    [300, 300],
    [170, 300],
  ]);
  await expect(page.getByRole('toolbar', { name: 'What is selected' })).toBeVisible();
  await page.keyboard.press('Delete');
  const count = async (): Promise<number> =>
    ((await (await fetch(`${server.url}/api/boards/${id}/export.json`)).json()) as { shapes: unknown[] }).shapes.length;
  await expect.poll(count).toBe(1);

  const phone = await onBoard(
    await person(`/b/${id}`, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }),
  );
  await phone.getByRole('button', { name: 'Lasso', exact: true }).tap();
  const client = await phone.context().newCDPSession(phone);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x = 0, y = 0) =>
    client.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] });
  await touch('touchStart', 20, 120);
  for (const [x, y] of [[370, 120], [370, 400], [370, 640], [20, 640], [20, 300]] as const) await touch('touchMove', x, y); // prettier-ignore
  await touch('touchEnd');
  await expect(phone.getByRole('toolbar', { name: 'What is selected' })).toBeVisible();
});

test('[G17] a pen held still at the end makes a figure of the stroke, for everybody; undo brings back the ink', async ({
  server,
  person,
}) => {
  const id = await server.newBoard('Figures');
  const page = await onBoard(await person(`/b/${id}`));
  const kinds = async (): Promise<string[]> => {
    const response = await fetch(`${server.url}/api/boards/${id}/export.json`);
    return ((await response.json()) as { shapes: { kind: string }[] }).shapes.map(({ kind }) => kind);
  };
  const around = Array.from({ length: 40 }, (_, i) => {
    const angle = (i / 39) * 2 * Math.PI;
    return [500 + 120 * Math.cos(angle), 300 + 90 * Math.sin(angle)] as const;
  });
  await draw(page, around, { keepDown: true, steps: 1 });
  await expect.poll(kinds).toEqual(['ellipse']);
  await page.mouse.move(800, 300, { steps: 4 });
  await page.mouse.up();
  expect(await kinds()).toEqual(['ellipse']);
  await page.keyboard.press('Control+z');
  await expect.poll(kinds).toEqual(['pen']);
});

test('[G17] a page that was too busy to hear the pen does not take that for a rest', async ({ server, person }) => {
  const id = await server.newBoard('Busy');
  const ada = await onBoard(await person(`/b/${id}`));
  await draw(ada, [[200, 300], [400, 300]], { keepDown: true }); // prettier-ignore
  await ada.evaluate(() => {
    const end = performance.now() + 900;
    while (performance.now() < end);
  });
  await ada.mouse.move(600, 300);
  await ada.mouse.up();
  const shapes = async (): Promise<{ kind: string }[]> =>
    ((await (await fetch(`${server.url}/api/boards/${id}/export.json`)).json()) as { shapes: { kind: string }[] })
      .shapes;
  await expect.poll(shapes).toHaveLength(1);
  expect((await shapes())[0]!.kind).toBe('pen');
  expect(await inkIn(ada, { x: 420, y: 280, width: 170, height: 40 })).toBeGreaterThan(100);
});

test('[G19] a thing is given a link and a description, which others open and hear, and an SVG has', async ({
  server,
  person,
}) => {
  const id = await server.newBoard('Links');
  const ada = await onBoard(await person(`/b/${id}`));
  await ready(ada);
  await tool(ada, 'Rectangle');
  await draw(ada, [
    [400, 200],
    [600, 300],
  ]);
  await ada.keyboard.press('u');
  const dialog = ada.getByRole('dialog', { name: 'Link and description' });
  await dialog.getByLabel('Link', { exact: true }).fill('javascript:alert(1)');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('alert')).toContainText('https://');
  await dialog.getByLabel('Link', { exact: true }).fill('example.org/plan');
  await dialog.getByLabel(/^Description/).fill('The plan');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await expect(ada.getByText('Rectangle “The plan”', { exact: false })).toHaveCount(1);
  await expect(
    ada.getByRole('toolbar', { name: 'What is selected' }).getByRole('button', { name: 'Open link' }),
  ).toBeVisible();

  const bram = await onBoard(await person(`/b/${id}`));
  await bram.context().route('https://example.org/**', (route) => route.fulfill({ body: 'The plan itself' }));
  await bram.keyboard.press('h');
  await whole(bram);
  const opened = bram.context().waitForEvent('page');
  const box = (await sheet(bram).boundingBox())!;
  // The drawing is in the middle of what is free between the docks.
  await bram.mouse.click(box.x + box.width / 2 - 100, box.y + box.height / 2);
  expect((await opened).url()).toBe('https://example.org/plan');
  const svg = await (await fetch(`${server.url}/api/boards/${id}/export.svg`)).text();
  expect(svg).toContain('<a href="https://example.org/plan"');
  expect(svg).toContain('aria-label="The plan"');
});

test('the menu pastes where it was opened, and the menu key opens it at what is selected', async ({
  server,
  person,
}) => {
  const id = await server.newBoard('Menus');
  const page = await onBoard(await person(`/b/${id}`, { permissions: ['clipboard-read', 'clipboard-write'] }));
  await ready(page);
  await tool(page, 'Rectangle');
  await draw(page, [
    [300, 200],
    [400, 260],
  ]);
  await page.keyboard.press('Control+c');
  await page.keyboard.press('Escape');
  await page.mouse.click(800, 500, { button: 'right' });
  await page.getByRole('menuitem', { name: 'Paste here' }).click();
  const lefts = async (): Promise<number[]> => {
    const response = await fetch(`${server.url}/api/boards/${id}/export.json`);
    const { shapes } = (await response.json()) as { shapes: { transform?: number[] }[] };
    return shapes.map(({ transform }) => Math.round(transform?.[4] ?? 0));
  };
  await expect.poll(lefts).toEqual([0, 450]);
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menu', { name: 'What is selected' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ContextMenu');
  await expect(page.getByRole('menu', { name: 'Board' })).toBeVisible();
});
