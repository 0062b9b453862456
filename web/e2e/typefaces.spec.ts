import { readFile } from 'node:fs/promises';
import { expect, onBoard, ready, test } from './test.ts';

test('[E17] an SVG that the page saves shows its letters where their typefaces are not installed', async ({
  server,
  person,
  browser,
}) => {
  const ada = await onBoard(await person(`/b/${await server.newBoard('Letters')}`));
  await ready(ada);
  await ada.keyboard.press('t');
  await ada.mouse.click(500, 300);
  await ada.keyboard.type('Written План');
  await ada.keyboard.press('Escape');
  await ada.getByRole('button', { name: 'Export', exact: true }).click();
  await ada.getByText('SVG', { exact: true }).click();
  const download = ada.waitForEvent('download');
  await ada.getByRole('button', { name: 'Download' }).click();
  const svg = await readFile(await (await download).path(), 'utf8');
  expect(svg.match(/@font-face/g)).toHaveLength(2);

  const blank = await browser.newPage();
  await blank.setContent(svg.slice(svg.indexOf('<svg ')));
  const loaded = () =>
    blank.evaluate(async () => {
      await document.fonts.ready;
      return [...document.fonts].map(({ family, status }) => `${family.replaceAll(/["']/g, '')} ${status}`);
    });
  await expect.poll(loaded).toEqual(['Inter Variable loaded', 'Inter Variable loaded']);
  await blank.close();
});
