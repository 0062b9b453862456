import type { Page } from '@playwright/test';
import { compare } from './pictures.ts';
import { draw, expect, hideHands, onBoard, ready, test } from './test.ts';

/** Of the sheet, with nothing over it but hands; in CSS px. */
const clip = { x: 200, y: 150, width: 880, height: 450 };

type Points = readonly (readonly number[])[];
type Tilt = readonly [x: number, y: number];

interface StoredEvent {
  readonly type: string;
  readonly pointer?: string;
  readonly points?: Points;
}

/** A board as it is stored. */
class Stored {
  readonly #address: string;

  constructor(url: string, board: string) {
    this.#address = `${url}/api/boards/${board}`;
  }

  async events(): Promise<readonly StoredEvent[]> {
    return ((await (await fetch(`${this.#address}/events`)).json()) as { events: StoredEvent[] }).events;
  }

  async strokesEnded(): Promise<number> {
    return (await this.events()).filter(({ type }) => type === 'StrokeEnded').length;
  }

  /** Of each thing, by where it was begun from left to right, how the pen leant at each of its points. */
  async tilts(): Promise<Points[]> {
    const { shapes } = (await (await fetch(`${this.#address}/export.json`)).json()) as { shapes: { points: Points }[] };
    const begunAt = ({ points }: { points: Points }): number => points[0]![0]!;
    return shapes.sort((a, b) => begunAt(a) - begunAt(b)).map(({ points }) => points.map((point) => point.slice(4)));
  }
}

/** Draws a zigzag from (300, 300) to (740, 360), a corner every 40 px, with a pen that leans so at its corners. */
async function drawLeaning(page: Page, tilts: readonly Tilt[]): Promise<void> {
  const client = await page.context().newCDPSession(page);
  const pen = { button: 'left', pointerType: 'pen' } as const;
  const corner = (i: number) => ({ x: 300 + 40 * i, y: 300 + 60 * (i % 2) });
  for (const [i, [tiltX, tiltY]] of tilts.entries()) {
    const type = i === 0 ? 'mousePressed' : 'mouseMoved';
    await client.send('Input.dispatchMouseEvent', { ...pen, ...corner(i), type, force: 0.7, tiltX, tiltY });
  }
  await client.send('Input.dispatchMouseEvent', { ...pen, ...corner(tilts.length - 1), type: 'mouseReleased' });
}

// The seventh leans to one side only: of a tilt of 0 and 45 both are said.
const tilts = Array.from({ length: 12 }, (_, i): Tilt => [30 - 5 * i, i < 6 ? -20 : 45]);

test('[W19] how a pen leans is in the log and in the export; cutting, undo, a reload and copying keep it', async ({
  server,
  person,
}) => {
  const id = await server.newBoard('Leaning');
  const stored = new Stored(server.url, id);
  const page = await onBoard(await person(`/b/${id}`));
  await ready(page);
  await drawLeaning(page, tilts);
  await expect.poll(() => stored.strokesEnded()).toBe(1);
  const events = await stored.events();
  expect(events.find(({ type }) => type === 'StrokeStarted')?.pointer).toBe('pen');
  expect(events.flatMap(({ points = [] }) => points.map((point) => point.slice(4)))).toEqual(tilts);
  expect(await stored.tilts()).toEqual([tilts]);

  // Between the sixth corner and the seventh.
  await page.getByRole('toolbar', { name: 'Tools' }).getByRole('button', { name: 'Eraser', exact: true }).click();
  await page.getByRole('button', { name: 'Colour and width' }).click();
  await page.getByRole('radio', { name: 'What it touches' }).check({ force: true });
  await page.keyboard.press('Escape');
  await draw(page, [
    [520, 250],
    [520, 410],
  ]);
  await expect.poll(async () => (await stored.tilts()).length).toBe(2);
  const cut = await stored.tilts();
  const [before, after] = cut as [Points, Points];
  expect([before.length, before.slice(0, 6)]).toEqual([7, tilts.slice(0, 6)]);
  expect([after.length, after.slice(1)]).toEqual([7, tilts.slice(6)]);
  // Where it was cut it leans as it did on the way from the one corner to the other.
  for (const [x, y] of [before.at(-1)!, after[0]!]) {
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x).toBeLessThanOrEqual(5);
    expect(y).toBeGreaterThan(-20);
    expect(y).toBeLessThan(45);
  }
  await page.keyboard.press('Control+z');
  await expect.poll(() => stored.tilts()).toEqual([tilts]);
  await page.keyboard.press('Control+Shift+z');
  await expect.poll(() => stored.tilts()).toEqual(cut);

  // A board opens with all of it in sight.
  await page.getByRole('button', { name: 'Fit' }).click();
  await page.mouse.move(640, 700);
  await hideHands(page);
  const picture = await page.screenshot({ clip });
  await page.reload();
  await ready(await onBoard(page));
  await hideHands(page);
  const { ink, different } = await compare(page, picture, await page.screenshot({ clip }));
  expect(ink).toBeGreaterThan(500);
  expect(different).toBe(0);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+d');
  await expect.poll(() => stored.tilts()).toEqual(cut.flatMap((piece) => [piece, piece]));
});

test('[W19] a mouse spends nothing on a tilt', async ({ server, person }) => {
  const id = await server.newBoard('Upright');
  const stored = new Stored(server.url, id);
  const page = await onBoard(await person(`/b/${id}`));
  await ready(page);
  await draw(page, [
    [300, 450],
    [600, 480],
  ]);
  await expect.poll(() => stored.strokesEnded()).toBe(1);
  const points = (await stored.events()).flatMap(({ points: some = [] }) => some);
  expect(points.length).toBeGreaterThan(2);
  expect(new Set(points.map(({ length }) => length))).toEqual(new Set([4]));
});
