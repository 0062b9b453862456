import type { Page } from '@playwright/test';
import { JsonPen } from './json-pen.ts';
import { compare } from './pictures.ts';
import { draw, expect, onBoard, test, ready } from './test.ts';
import type { TestServer } from './server.ts';

const INSTANTS = Number(process.env['RETRACE_E2E_INSTANTS'] ?? 20);
/** A part of the sheet with nothing over it, in CSS px. */
const clip = { x: 100, y: 90, width: 1080, height: 520 };

/**
 * Pixels that may differ: where strokes cross, an edge that SVG and canvas cut differently may have no like beside it.
 * The last two samples of a stroke cover more.
 */
const cutEdges = (ink: number): number => Math.max(4, ink / 5000);

interface PlacedEvent {
  readonly revision: number;
  readonly at: number;
}

async function eventsOf(server: TestServer, id: string): Promise<PlacedEvent[]> {
  const events: PlacedEvent[] = [];
  for (;;) {
    const path = `/api/boards/${id}/events?after=${events.length}&limit=5000`;
    const page = (await (await fetch(server.url + path)).json()) as { events: PlacedEvent[]; next?: number | null };
    events.push(...page.events);
    if (page.next === undefined || page.next === null) return events;
  }
}

/** Board units of the sheet's top left corner: from a stroke of known place, at a zoom of 100 %. */
async function cornerOf(server: TestServer, id: string, page: Page): Promise<{ x: number; y: number }> {
  await draw(page, [
    [200, 150],
    [260, 150],
  ]);
  const exported = async () =>
    (await (await fetch(`${server.url}/api/boards/${id}/export.json`)).json()) as { shapes: { points: number[][] }[] };
  await expect.poll(async () => (await exported()).shapes.length).toBe(1);
  const first = (await exported()).shapes[0]?.points[0] ?? [];
  return { x: first[0]! - 200, y: first[1]! - 150 };
}

/** The board as the server folds it up to a revision, painted by the browser from the SVG. */
async function foldedPicture(
  server: TestServer,
  blank: Page,
  id: string,
  revision: number,
  corner: { x: number; y: number },
) {
  const region = [corner.x + clip.x, corner.y + clip.y, clip.width, clip.height].join(',');
  const svg = await (await fetch(`${server.url}/api/boards/${id}/export.svg?at=${revision}&region=${region}`)).text();
  await blank.setContent(`<body style="margin:0">${svg}</body>`);
  return blank.screenshot({ clip: { x: 0, y: 0, width: clip.width, height: clip.height } });
}

test(`[T2] ${INSTANTS} random instants show exactly the fold of the events up to them, while another draws`, async ({
  server,
  person,
  browser,
}) => {
  test.setTimeout(600_000);
  const id = await server.newBoard('Scrubbed');
  const ada = await onBoard(await person(`/b/${id}`));
  // The picture of the present would lie over what is compared.
  await ada.keyboard.press('Shift+N');
  const corner = await cornerOf(server, id, ada);
  const bram = await JsonPen.open(server.url, id, 'Bram');
  const stopped = new AbortController();
  const hand = (async () => {
    for (let i = 0; !stopped.signal.aborted; i++) {
      const [x, y] = [corner.x + 150 + ((i * 137) % 900), corner.y + 120 + ((i * 71) % 380)];
      await bram.draw(Array.from({ length: 12 }, (_, k) => [x + k * 7, y + Math.sin(k / 2 + i) * 25] as const));
      if (i % 4 === 3) bram.undo();
      // Now and then, so that the sheet is not one blot in the end.
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  })();
  await new Promise((resolve) => setTimeout(resolve, 4000));

  const blank = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const slider = ada.getByRole('slider', { name: 'Timeline' });
  const box = (await slider.boundingBox())!;
  let inked = 0;
  for (let i = 0; i < INSTANTS; i++) {
    const share = (((i + 1) * 0.6180339887) % 1) * 0.9 + 0.02;
    await ada.mouse.move(box.x + box.width * share, box.y + box.height / 2);
    await ada.mouse.down();
    await ada.mouse.move(box.x + box.width * share + 1, box.y + box.height / 2);
    await ada.mouse.up();
    // Away from the strip, over which a small picture would show.
    await ada.mouse.move(640, 20);
    await expect(slider).not.toHaveAttribute('aria-valuetext', 'Live');
    const at = Number(await slider.getAttribute('aria-valuenow'));
    const revision = (await eventsOf(server, id)).findLast((event) => event.at <= at)?.revision ?? 0;
    const expected = await foldedPicture(server, blank, id, revision, corner);
    const { ink } = await compare(blank, expected, expected);
    await expect
      .poll(async () => (await compare(blank, await ada.screenshot({ clip }), expected)).different, {
        message: `instant ${i}: revision ${revision} at ${at}`,
      })
      .toBeLessThanOrEqual(cutEdges(ink));
    inked += ink;
  }
  expect(inked).toBeGreaterThan(10_000);
  // Going into the past did not move the strip under the hand.
  expect(await slider.boundingBox()).toEqual(box);

  await ada.getByRole('button', { name: 'Go live' }).first().click();
  await expect(slider).toHaveAttribute('aria-valuetext', 'Live');
  stopped.abort();
  await hand;
  // What was said last may still be on its way.
  let present: Buffer = Buffer.alloc(0);
  await expect
    .poll(async () => {
      present = await foldedPicture(server, blank, id, (await eventsOf(server, id)).length, corner);
      const { ink, different } = await compare(blank, present, await ada.screenshot({ clip }));
      return different <= cutEdges(ink);
    })
    .toBe(true);
  bram.close();
  // The comparison can tell two pictures apart.
  const other = await foldedPicture(server, blank, id, Math.floor((await eventsOf(server, id)).length / 2), corner);
  expect((await compare(blank, present, other)).different).toBeGreaterThan(200);
});

test('[T6] [T7] a board played from its start ends in the present, which went on meanwhile', async ({
  server,
  person,
}) => {
  const id = await server.newBoard('Played');
  const ada = await onBoard(await person(`/b/${id}`));
  const bram = await JsonPen.open(server.url, id, 'Bram');
  await bram.draw(Array.from({ length: 60 }, (_, k) => [k * 6, Math.sin(k / 5) * 80] as const));
  const speed = ada.getByRole('combobox', { name: 'Speed' });
  // Slow enough that it is not over before the hand is at Pause.
  await speed.selectOption({ label: '0.25×' });
  await ada.getByRole('button', { name: 'Play', exact: true }).click();
  const slider = ada.getByRole('slider', { name: 'Timeline' });
  await expect(slider).not.toHaveAttribute('aria-valuetext', 'Live');
  await ada.getByRole('button', { name: 'Pause', exact: true }).click();
  // On a crowded machine the last painted instant is older than the one at which it stopped.
  await expect(ada.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await ada.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
  const paused = await slider.getAttribute('aria-valuenow');
  await bram.draw([
    [0, 200],
    [100, 220],
    [200, 200],
  ]);
  expect(await slider.getAttribute('aria-valuenow')).toBe(paused);
  await speed.selectOption({ label: '4×' });
  await ada.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(slider).toHaveAttribute('aria-valuetext', 'Live');
  bram.close();
});

test('[T19] over the strip a small picture shows what was there, and the sheet stays where it is', async ({
  server,
  person,
}) => {
  const page = await onBoard(await person(`/b/${await server.newBoard('Glances')}`));
  for (const y of [200, 300, 400]) {
    await draw(page, [
      [300, y],
      [900, y],
    ]);
    await page.waitForTimeout(400);
  }
  const strip = (await page.getByRole('slider', { name: 'Timeline' }).boundingBox())!;
  const sheetBefore = await page.screenshot({ clip: { x: 250, y: 150, width: 700, height: 300 } });
  const glance = page.locator('.label canvas');
  const inkAt = async (share: number): Promise<number> => {
    await page.mouse.move(strip.x + (strip.width - 28) * share, strip.y + strip.height / 2);
    await expect(glance).toBeVisible();
    await page.waitForTimeout(300);
    return glance.evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return data.filter((value, i) => i % 4 === 3 && value > 60).length;
    });
  };
  const [early, late] = [await inkAt(0.05), await inkAt(0.98)];
  expect(late).toBeGreaterThan(early + 100);
  const sheetAfter = await page.screenshot({ clip: { x: 250, y: 150, width: 700, height: 300 } });
  expect(sheetAfter.equals(sheetBefore)).toBe(true);
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
});

test('[T20] in the past a small picture goes on showing the present, and leads there', async ({ server, person }) => {
  const id = await server.newBoard('Both');
  const ada = await onBoard(await person(`/b/${id}`));
  const bram = await onBoard(await person(`/b/${id}`));
  await ready(ada);
  await draw(ada, [
    [300, 200],
    [900, 200],
  ]);
  await ada.keyboard.press('Home');
  const present = ada.getByRole('group', { name: 'The present' });
  await expect(present).toBeVisible();
  const ink = (): Promise<number> =>
    present.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return data.filter((value, i) => i % 4 === 3 && value > 60).length;
    });
  await expect.poll(ink).toBeGreaterThan(40);
  const before = await ink();
  await draw(bram, [
    [300, 300],
    [900, 420],
    [300, 500],
  ]);
  await expect.poll(ink).toBeGreaterThan(before + 40);
  await present.getByRole('button', { name: 'The board as it is now' }).click();
  await expect(present).toBeHidden();
  await expect(ada.getByText('Live', { exact: true })).toBeVisible();

  // Put away it stays away.
  await ada.keyboard.press('Home');
  await present.getByRole('button', { name: 'Hide the present' }).click();
  await expect(present).toBeHidden();
  await ada.keyboard.press('End');
  await ada.keyboard.press('Home');
  await expect(ada.getByRole('button', { name: 'Branch from here' })).toBeVisible();
  await expect(present).toBeHidden();
});
