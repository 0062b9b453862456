import { draw, expect, onBoard, test } from './test.ts';

const ROUNDS = Number(process.env['RETRACE_E2E_KILLS'] ?? 3);

interface ExportedBoard {
  revision: number;
  shapes: { id: string; points: unknown[] }[];
}

test(`[P1] [P2] [P3] [P7] the server is killed ${ROUNDS} times while three people draw`, async ({ server, person }) => {
  test.setTimeout(180_000 + ROUNDS * 20_000);
  const id = await server.newBoard('Killed');
  const people = await Promise.all([0, 1, 2].map(async () => onBoard(await person(`/b/${id}`))));
  const exported = async (): Promise<ExportedBoard> =>
    (await fetch(`${server.url}/api/boards/${id}/export.json`)).json() as Promise<ExportedBoard>;

  let drawn = 0;
  let known: ExportedBoard = await exported();
  for (let round = 0; round < ROUNDS; round++) {
    const hand = people.map(async (page, i) => {
      const y = 100 + round * 22;
      const x = 60 + i * 400;
      // One stroke whole, one in the middle of which the server dies, one while it is away.
      for (const offset of [0, 7, 14]) {
        await draw(
          page,
          [
            [x, y + offset],
            [x + 100, y + offset + 3],
            [x + 220, y + offset],
          ],
          { steps: 12 },
        );
        drawn++;
      }
    });
    await new Promise((resolve) => setTimeout(resolve, 150 + ((round * 97) % 300)));
    await server.kill();
    await new Promise((resolve) => setTimeout(resolve, 200));
    await server.start();
    await Promise.all(hand);
    // What was there before is still there, under its own ids.
    const now = await exported();
    const ids = new Set(now.shapes.map((shape) => shape.id));
    expect(known.shapes.filter((shape) => !ids.has(shape.id))).toEqual([]);
    expect(now.revision).toBeGreaterThanOrEqual(known.revision);
    known = now;
  }

  // Everybody comes back by themselves, and each stroke is there exactly once.
  await expect.poll(async () => (await exported()).shapes.length).toBe(drawn);
  for (const page of people) await expect(page.getByRole('button', { name: 'Connection: Live' })).toBeVisible();
  const late = await onBoard(await person(`/b/${id}`));
  const clip = { x: 0, y: 80, width: 1280, height: 560 };
  for (const page of [...people, late]) {
    await page.mouse.move(640, 20);
    await page.getByRole('button', { name: 'Fit' }).click();
  }
  await expect
    .poll(async () => {
      const [first, ...others] = await Promise.all([...people, late].map((page) => page.screenshot({ clip })));
      return others.every((other) => other.equals(first!));
    })
    .toBe(true);
  expect((await exported()).shapes.length).toBe(drawn);
});
