import { draw, expect, onBoard, ready, test } from './test.ts';

test('[V11] a sheet that changes its size is painted before it is shown', async ({ server, person }) => {
  const ada = await onBoard(await person(`/b/${await server.newBoard('Resized')}`));
  await ready(ada);
  await draw(ada, [
    [200, 300],
    [500, 300],
  ]);
  // Heard after the page has heard it, and before the browser shows the frame.
  await ada.evaluate(() => {
    const section = document.querySelector('section[aria-label="Board"]');
    const base = section?.querySelector('canvas');
    const sizes: string[] = [];
    Object.assign(globalThis, { sizes });
    new ResizeObserver(() => {
      const { data } = base!.getContext('2d')!.getImageData(600, 200, 1, 1);
      sizes.push(Math.min(data[0]!, data[1]!, data[2]!) > 128 ? 'paper' : 'black');
    }).observe(section!);
  });
  const seen = () => ada.evaluate(() => (globalThis as unknown as { sizes: string[] }).sizes);
  await expect.poll(seen).toEqual(['paper']);
  await ada.setViewportSize({ width: 1100, height: 700 });
  await expect.poll(async () => (await seen()).length).toBeGreaterThan(1);
  expect(new Set(await seen())).toEqual(new Set(['paper']));
});
