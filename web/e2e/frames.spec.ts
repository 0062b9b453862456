import { draw, expect, hideHands, inkIn, onBoard, ready, sheet, test } from './test.ts';

/** A frame from (300, 200) to (600, 400); what lies right of it; what lies in it. */
const beyond = { x: 610, y: 150, width: 200, height: 300 };
const within = { x: 310, y: 210, width: 280, height: 180 };

test('[V12] what is drawn in a frame ends at its edge, for everybody, in the past and after the frame is gone', async ({
  server,
  person,
}) => {
  const id = await server.newBoard('Frames');
  const ada = await onBoard(await person(`/b/${id}`));
  const bram = await onBoard(await person(`/b/${id}`));
  for (const page of [ada, bram]) {
    await ready(page);
    await hideHands(page);
  }
  await ada.keyboard.press('f');
  await draw(ada, [[300, 200], [600, 400]]); // prettier-ignore
  await ada.keyboard.press('Escape');
  await ada.keyboard.press('p');
  // Nothing that would be taken for a line where the pen is held still.
  await draw(ada, [[320, 300], [380, 240], [420, 330], [480, 250], [520, 320], [780, 300]], { keepDown: true }); // prettier-ignore
  for (const page of [ada, bram]) {
    await expect.poll(() => inkIn(page, within)).toBeGreaterThan(300);
    expect(await inkIn(page, beyond)).toBe(0);
  }
  await ada.mouse.up();
  // A gesture by itself in time: of two in one commit the past shows both, and a step goes behind both.
  await ada.waitForTimeout(500);
  await draw(ada, [[760, 220], [500, 220]]); // prettier-ignore
  // What begins outside goes on over the frame.
  for (const page of [ada, bram]) await expect.poll(() => inkIn(page, beyond)).toBeGreaterThan(200);
  await ada.keyboard.press('Control+z');
  for (const page of [ada, bram]) await expect.poll(() => inkIn(page, beyond)).toBe(0);

  // Nothing to erase where nothing is shown.
  await ada.keyboard.press('e');
  await draw(ada, [[700, 250], [700, 350]]); // prettier-ignore
  expect(await inkIn(ada, within)).toBeGreaterThan(300);

  // The whole of the frame goes where it is moved.
  await ada.keyboard.press('v');
  await draw(ada, [[300, 380], [300, 580]]); // prettier-ignore
  await ada.mouse.move(1000, 100);
  for (const page of [ada, bram]) {
    await expect.poll(() => inkIn(page, { ...within, y: 420 })).toBeGreaterThan(300);
    expect(await inkIn(page, { ...beyond, y: 420, height: 230 })).toBe(0);
  }
  const picture = await (await fetch(`${server.url}/api/boards/${id}/export.svg`)).text();
  expect(picture.match(/<g clip-path="url\(#frame-1\)">/g)).toHaveLength(1);

  // Without the frame nothing is cut; the frame back, as before.
  await ada.keyboard.press('Delete');
  for (const page of [ada, bram])
    await expect.poll(() => inkIn(page, { ...beyond, y: 420, height: 230 })).toBeGreaterThan(200);
  await ada.keyboard.press('Control+z');
  for (const page of [ada, bram]) await expect.poll(() => inkIn(page, { ...beyond, y: 420, height: 230 })).toBe(0);

  await sheet(bram).press('Home');
  await expect(bram.getByRole('slider', { name: 'Timeline' })).toBeVisible();
  await sheet(bram).press('.');
  await hideHands(bram);
  await expect.poll(() => inkIn(bram, within)).toBe(0);
  await sheet(bram).press('.');
  await expect.poll(() => inkIn(bram, within)).toBeGreaterThan(300);
  expect(await inkIn(bram, beyond)).toBe(0);
});
