import { draw, expect, inkIn, onBoard, ready, test } from './test.ts';

test('[G20] ink runs on to where the browser expects the pen, and is back when it stops', async ({
  server,
  person,
}) => {
  const ada = await onBoard(await person(`/b/${await server.newBoard('Ahead')}`));
  await ready(ada);
  // Pointers that a program moves are not foreseen by the browser. A place is looked at where only foresight leads.
  await ada.evaluate(() => {
    PointerEvent.prototype.getPredictedEvents = function () {
      return [new PointerEvent('pointermove', { clientX: this.clientX + 60, clientY: this.clientY })];
    };
    const [, live] = document.querySelectorAll<HTMLCanvasElement>('section[aria-label="Board"] > canvas');
    const look = () => {
      const { data } = live!.getContext('2d')!.getImageData(420, 380, 30, 40);
      if (data.some((value) => value > 0)) document.body.dataset['foreseen'] = 'yes';
      requestAnimationFrame(look);
    };
    look();
  });
  const line = [
    [200, 400],
    [400, 400],
  ] as const;
  await draw(ada, line, { keepDown: true, steps: 20 });
  await expect(ada.locator('body')).toHaveAttribute('data-foreseen', 'yes');
  await expect.poll(() => inkIn(ada, { x: 420, y: 380, width: 30, height: 40 })).toBe(0);
  await ada.mouse.up();
  expect(await inkIn(ada, { x: 200, y: 380, width: 200, height: 40 })).toBeGreaterThan(100);
  expect(await inkIn(ada, { x: 420, y: 380, width: 30, height: 40 })).toBe(0);
});
