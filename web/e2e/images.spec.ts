import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, onBoard, test, ready } from './test.ts';

const clip = { x: 300, y: 100, width: 680, height: 500 };

/** A file of an image that the browser makes: a red field with a green corner, see-through in the middle. */
function imageFile(page: Page, type: string, width = 240, height = 160): Promise<Buffer> {
  return page
    .evaluate(
      async ([type, width, height]) => {
        const canvas = new OffscreenCanvas(width, height);
        const context = canvas.getContext('2d')!;
        context.fillStyle = '#e00000';
        context.fillRect(0, 0, width, height);
        context.fillStyle = '#00a000';
        context.fillRect(0, 0, width / 4, height / 4);
        if (type !== 'image/jpeg') context.clearRect(width / 2, height / 2, width / 8, height / 8);
        const bytes = new Uint8Array(await (await canvas.convertToBlob({ type })).arrayBuffer());
        return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
      },
      [type, width, height] as const,
    )
    .then((letters) => Buffer.from(letters, 'latin1'));
}

/** Pixels of a part of the page that are red, and green. */
async function colorsIn(page: Page, picture: Buffer): Promise<{ red: number; green: number }> {
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    let [red, green] = [0, 0];
    for (let i = 0; i < data.length; i += 4) {
      const [r, g, b] = [data[i]!, data[i + 1]!, data[i + 2]!];
      if (r > 180 && g < 60 && b < 60) red++;
      if (g > 120 && r < 60 && b < 60) green++;
    }
    return { red, green };
  }, picture.toString('base64'));
}

const seen = async (page: Page) => colorsIn(page, await page.screenshot({ clip }));
const whole = (page: Page) => page.getByRole('button', { name: 'Fit' }).click();

async function pick(page: Page, files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('toolbar', { name: 'Tools' }).getByRole('button', { name: 'Image', exact: true }).click();
  await (await chooser).setFiles(files);
}

/** What a program, or another page, gives with a paste or a drop. */
async function give(page: Page, event: 'paste' | 'drop', type: string, content: Buffer | string): Promise<void> {
  const letters = typeof content === 'string' ? content : content.toString('latin1');
  await page.evaluate(
    ([event, type, letters, isText]) => {
      const data = new DataTransfer();
      if (isText) data.setData('text/plain', letters);
      else {
        const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
        data.items.add(new File([bytes], 'given', { type }));
      }
      const target = document.querySelector('[aria-label="Board"]')!;
      const init = { bubbles: true, cancelable: true };
      target.dispatchEvent(
        event === 'paste'
          ? new ClipboardEvent('paste', { ...init, clipboardData: data })
          : new DragEvent('drop', { ...init, dataTransfer: data, clientX: 640, clientY: 300 }),
      );
    },
    [event, type, letters, typeof content === 'string'] as const,
  );
}

test('[I4] [I5] [I6] an image from a file is the same for another, after a reload, in the past and in exports', async ({
  server,
  person,
}) => {
  const id = await server.newBoard('With an image');
  const ada = await onBoard(await person(`/b/${id}`));
  const bram = await onBoard(await person(`/b/${id}`));
  // As a camera writes it, with where it was taken.
  const jpeg = await imageFile(ada, 'image/jpeg');
  const taken = Buffer.from('Exif\0\0GPS-AT-HOME');
  const segment = Buffer.from([0xff, 0xe1, 0, taken.length + 2]);
  const buffer = Buffer.concat([jpeg.subarray(0, 2), segment, taken, jpeg.subarray(2)]);
  const sent = ada.waitForResponse((response) => response.url().includes('/images') && response.status() === 201);
  await pick(ada, [{ name: 'photo.jpg', mimeType: 'image/jpeg', buffer }]);
  const { id: image } = (await (await sent).json()) as { id: string };
  const kept = Buffer.from(await (await fetch(`${server.url}/api/images/${image}`)).arrayBuffer());
  expect(kept.includes('GPS-AT-HOME')).toBe(false);
  expect(kept.length).toBeGreaterThan(500);

  await ada.keyboard.press('Escape');
  for (const page of [ada, bram]) {
    await whole(page);
    await page.mouse.move(640, 20);
    await expect.poll(async () => (await seen(page)).red).toBeGreaterThan(10_000);
    expect((await seen(page)).green).toBeGreaterThan(500);
  }
  await expect.poll(async () => (await ada.screenshot({ clip })).equals(await bram.screenshot({ clip }))).toBe(true);
  const picture = await ada.screenshot({ clip });
  await ada.reload();
  await onBoard(ada);
  await whole(ada);
  await ada.mouse.move(640, 20);
  await expect.poll(async () => (await ada.screenshot({ clip })).equals(picture)).toBe(true);

  const png = Buffer.from(await (await fetch(`${server.url}/api/boards/${id}/export.png`)).arrayBuffer());
  expect((await colorsIn(ada, png)).red).toBeGreaterThan(10_000);
  for (const format of ['PNG', 'SVG']) {
    await ada.getByRole('button', { name: 'Export' }).click();
    await ada.getByRole('dialog').getByText(format, { exact: true }).click();
    const download = ada.waitForEvent('download');
    await ada
      .getByRole('dialog')
      .getByRole('button', { name: /download|save|export/i })
      .click();
    const file = await readFile(await (await download).path());
    if (format === 'PNG') expect((await colorsIn(ada, file)).red).toBeGreaterThan(20_000);
    else expect(file.toString()).toContain('href="data:image/jpeg;base64,');
  }

  // Back to before it was there, and on to where it is.
  await bram.keyboard.press('Home');
  await expect.poll(async () => (await seen(bram)).red).toBe(0);
  await bram.keyboard.press('.');
  await bram.keyboard.press('End');
  await expect.poll(async () => (await seen(bram)).red).toBeGreaterThan(10_000);
});

test('[I4] an image is pasted, dropped, or written as SVG; what is none is refused in words', async ({
  server,
  person,
}) => {
  const id = await server.newBoard();
  const ada = await onBoard(await person(`/b/${id}`));
  await ready(ada);
  const shapes = async (): Promise<{ kind: string; points: [number, number][] }[]> =>
    ((await (await fetch(`${server.url}/api/boards/${id}/export.json`)).json()) as { shapes: never[] }).shapes;
  await give(ada, 'paste', 'image/png', await imageFile(ada, 'image/png'));
  await expect.poll(async () => (await shapes()).length).toBe(1);
  await give(ada, 'drop', 'image/webp', await imageFile(ada, 'image/webp', 6000, 1500));
  await expect.poll(async () => (await shapes()).length).toBe(2);
  const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><script>fetch("/evil")</script>';
  await give(ada, 'paste', 'text/plain', `${drawing}<rect width="200" height="100" fill="#e00000"/></svg>`);
  await expect.poll(async () => (await shapes()).length).toBe(3);
  expect((await shapes()).map(({ kind }) => kind)).toEqual(['image', 'image', 'image']);
  // No larger than a part of the view, however large the file.
  const [from, to] = (await shapes())[1]!.points;
  expect(Math.abs(to![0] - from![0])).toBeCloseTo(1280 * 0.6, 0);
  await expect.poll(async () => (await seen(ada)).red).toBeGreaterThan(10_000);

  await give(ada, 'paste', 'image/png', Buffer.from('This is no PNG.'));
  await expect(
    ada.getByText('“given” was not put on the board. This browser cannot show it as an image.'),
  ).toBeVisible();
  expect(await shapes()).toHaveLength(3);

  // All of a gesture is undone at once.
  const buffer = await imageFile(ada, 'image/png', 50, 50);
  await pick(
    ada,
    ['a', 'b'].map((name) => ({ name, mimeType: 'image/png', buffer })),
  );
  await expect.poll(async () => (await shapes()).length).toBe(5);
  await ada.keyboard.press('Control+z');
  await expect.poll(async () => (await shapes()).length).toBe(3);
});

test('[I5] an image that is put down while the server is away shows at once, and comes to the others later', async ({
  server,
  person,
}) => {
  const id = await server.newBoard();
  const ada = await onBoard(await person(`/b/${id}`));
  const bram = await onBoard(await person(`/b/${id}`));
  await ready(ada);
  await server.kill();
  // One that no other test has brought to the server.
  await give(ada, 'paste', 'image/png', await imageFile(ada, 'image/png', 320, 200));
  await expect.poll(async () => (await seen(ada)).red).toBeGreaterThan(10_000);
  // Even a page that is loaded anew meanwhile has it: it could not be loaded without the server.
  await server.start();
  await ada.reload();
  await onBoard(ada);
  for (const page of [ada, bram]) {
    await whole(page);
    await expect.poll(async () => (await seen(page)).red).toBeGreaterThan(10_000);
  }
});
