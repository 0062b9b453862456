import { compare } from './pictures.ts';
import { JsonPen } from './json-pen.ts';
import { expect, hideHands, onBoard, ready, test } from './test.ts';

const PENS = 3;
const STROKES = 8;
/** A part of the sheet with nothing over it, in CSS px. */
const clip = { x: 100, y: 90, width: 1080, height: 520 };

/** Each pen draws its strokes, as all the others do. @returns ms from each pen's going down to its stroke's confirmation */
async function drawAll(pens: readonly JsonPen[], row: number): Promise<number[]> {
  const trips = pens.map(async (pen, own) => {
    const all: number[] = [];
    for (let i = 0; i < STROKES; i++) {
      const [x, y] = [-500 + i * 120, -200 + (row * PENS + own) * 60];
      const down = performance.now();
      await pen.draw(Array.from({ length: 12 }, (_, k) => [x + k * 7, y + Math.sin(k) * 20] as const));
      await pen.confirmed();
      all.push(performance.now() - down);
    }
    return all;
  });
  return (await Promise.all(trips)).flat().sort((a, b) => a - b);
}

const inWords = (trips: readonly number[]): string => {
  const part = (share: number): string => `${trips[Math.floor((trips.length - 1) * share)]!.toFixed(0)} ms`;
  return `median ${part(0.5)}, 95 % ${part(0.95)}`;
};

test('[T6] three draw while a fourth scrubs: nothing is lost, and going live lands on all of it', async ({
  server,
  person,
}, info) => {
  const id = await server.newBoard('Beside');
  const pens = await Promise.all(Array.from({ length: PENS }, (_, i) => JsonPen.open(server.url, id, `Pen${i}`)));
  const page = await onBoard(await person(`/b/${id}`));
  await ready(page);
  const alone = await drawAll(pens, 0);

  const slider = page.getByRole('slider', { name: 'Timeline' });
  const box = (await slider.boundingBox())!;
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width / 2, y);
  await page.mouse.down();
  const drawn = new AbortController();
  const beside = drawAll(pens, 1).finally(() => drawn.abort());
  let steps = 0;
  for (; !drawn.signal.aborted; steps++)
    await page.mouse.move(box.x + box.width * (0.4 + 0.35 * Math.sin(steps / 8)), y);
  const scrubbed = await beside;
  await page.mouse.up();
  expect(steps).toBeGreaterThan(10);
  info.annotations.push(
    { type: 'stroke round trip, alone', description: inWords(alone) },
    { type: 'stroke round trip, beside one who scrubs', description: inWords(scrubbed) },
  );

  await expect(slider).not.toHaveAttribute('aria-valuetext', 'Live');
  await page.getByRole('button', { name: 'Go live' }).first().click();
  await expect(slider).toHaveAttribute('aria-valuetext', 'Live');
  const board = await (await fetch(`${server.url}/api/boards/${id}`)).json();
  expect(board).toMatchObject({ shapes: PENS * STROKES * 2 });

  const other = await onBoard(await person(`/b/${id}`));
  for (const one of [page, other]) {
    await one.getByRole('button', { name: 'Fit' }).click();
    await ready(one);
    await hideHands(one);
    await one.mouse.move(640, 20);
  }
  await expect
    .poll(async () => {
      const [mine, theirs] = [await page.screenshot({ clip }), await other.screenshot({ clip })];
      const { ink, different } = await compare(other, mine, theirs);
      return ink > 1_000 && different === 0;
    })
    .toBe(true);
  for (const pen of pens) pen.close();
});
