import { afterAll, expect, test } from 'vitest';
import { Resvg } from '@resvg/resvg-js';
import { emptyBoard } from '../../shared/board.ts';
import { formats } from '../../shared/export/formats.ts';
import { defaultExport } from '../../shared/export/options.ts';
import type { ImageAddresses } from '../../shared/export/format.ts';
import type { ImageId } from '../../shared/ids.ts';
import { rotation } from '../../shared/matrix.ts';
import { type Box, boxOf } from '../../shared/geometry.ts';
import { NO_ATTRIBUTES } from '../../shared/settings.ts';
import type { Shape } from '../../shared/shapes/shape.ts';
import type { Family } from '../../shared/style.ts';
import { boardOf, strokeOf } from '../../shared/testing/stroke.ts';
import type { Asker } from '../in-turn.ts';
import { Exporter } from './exporter.ts';
import { MAX_PIXELS } from './png.ts';

const exporter = new Exporter({ threads: 1, waiting: 1, each: 1, patience: 30_000 });
afterAll(() => exporter.close());

const from = (signal: AbortSignal): Asker => ({ address: '127.0.0.1', signal });
const here = from(new AbortController().signal);
const red = strokeOf({ points: [[10, 20]], number: 1, style: { color: 'red', width: 16 } });
const board = boardOf([red], { title: 'One dot' });
const text = ({ bytes }: { bytes: Uint8Array }): string => new TextDecoder().decode(bytes);

/** Width, height and the colour in the middle. */
function look(png: Uint8Array): { width: number; height: number; middle: number[] } {
  const image = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" width="{w}" height="{h}"><image width="{w}" height="{h}" x:href="data:image/png;base64,${Buffer.from(png).toString('base64')}"/></svg>`;
  const view = new DataView(png.buffer, png.byteOffset);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const { pixels } = new Resvg(image.replaceAll('{w}', `${width}`).replaceAll('{h}', `${height}`)).render();
  const at = (Math.floor(height / 2) * width + Math.floor(width / 2)) * 4;
  return { width, height, middle: [...pixels.subarray(at, at + 4)] };
}

test.each(['svg', 'json'] as const)(
  '[E10] %s from the thread is byte for byte what the format writes',
  async (format) => {
    const many = Array.from({ length: 450 }, (_, i) => strokeOf({ points: [[i, i], [i + 9, i]], number: i + 1, z: 450 - i })); // prettier-ignore
    for (const one of [board, emptyBoard, boardOf(many)]) {
      const exported = await exporter.export(one, format, defaultExport, here);
      expect(text(exported as { bytes: Uint8Array })).toBe(formats[format].write(one, defaultExport));
    }
  },
);

test('[E11] a PNG shows the region at the scale asked for, with and without a sheet', async () => {
  const options = { ...defaultExport, region: boxOf(0, 10, 20, 20), scale: 2 };
  const onPaper = await exporter.export(board, 'png', options, here);
  expect(look((onPaper as { bytes: Uint8Array }).bytes)).toEqual({
    width: 40,
    height: 40,
    middle: [0xd9, 0x2d, 0x3a, 255],
  });
  const elsewhere = { ...options, region: boxOf(500, 500, 8, 8), background: false };
  const empty = await exporter.export(board, 'png', elsewhere, here);
  expect(look((empty as { bytes: Uint8Array }).bytes)).toEqual({ width: 16, height: 16, middle: [0, 0, 0, 0] });
});

/** A PNG of one green pixel. */
const GREEN =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M/wHwAEBgIApD5fRAAAAABJRU5ErkJggg==';

test('[I6] an image is in the picture, as it was stretched and turned; one that is missing leaves its field', async () => {
  const id = 'A'.repeat(43) as ImageId;
  const put = strokeOf({ points: [[0, 0], [40, 40]], number: 1, kind: 'image' }); // prettier-ignore
  const turned = { ...put, attributes: { image: id, transform: rotation(Math.PI / 4, { x: 20, y: 20 }) } };
  const options = { ...defaultExport, region: boxOf(0, 0, 41, 41) };
  const middle = async (images: ImageAddresses): Promise<number[]> => {
    const exported = await exporter.export(boardOf([turned]), 'png', options, here, async () => images);
    return look((exported as { bytes: Uint8Array }).bytes).middle;
  };
  const [red = 0, green = 0, blue = 0] = await middle(new Map([[id, GREEN]]));
  expect(green).toBeGreaterThan(Math.max(red, blue) + 60);
  const [r = 0, g = 0, b = 0] = await middle(new Map());
  expect(Math.max(r, g, b) - Math.min(r, g, b)).toBeLessThan(16);
  expect(g).toBeLessThan(240);
  const svg = await exporter.export(boardOf([turned]), 'svg', options, here, async () => new Map([[id, GREEN]]));
  expect(text(svg as { bytes: Uint8Array })).toContain(`href="${GREEN}"/>`);
});

test('[E12] a picture of too many pixels is refused before it is painted', async () => {
  const options = { ...defaultExport, region: boxOf(0, 0, 10_000, 10_000), scale: 1 };
  expect(await exporter.export(board, 'png', options, here)).toEqual({ tooManyPixels: 100_000_000 });
  expect(100_000_000).toBeGreaterThan(MAX_PIXELS);
});

test('[E11] a PNG has at least one pixel each way, however little is asked for', async () => {
  for (const options of [
    { ...defaultExport, region: boxOf(0, 0, 0.001, 0.001), scale: 0.01 },
    { ...defaultExport, region: boxOf(0, 0, 300, 0.000_01) },
    { ...defaultExport, scale: 0.01 },
  ]) {
    const { width, height } = look(
      ((await exporter.export(board, 'png', options, here)) as { bytes: Uint8Array }).bytes,
    );
    expect([width, height]).toEqual([options.region && options.scale === 1 ? 300 : 1, 1]);
  }
});

test('[E15] a thread that painted much ends; the next export has another, which begins to count anew', async () => {
  const one = new Exporter({ threads: 1, waiting: 9, each: 9, patience: 30_000 });
  const large = { ...defaultExport, region: boxOf(0, 0, 4200, 4000) };
  const spent = await one.export(board, 'png', large, here);
  expect(spent).toMatchObject({ spent: true });
  const small = await one.export(board, 'png', defaultExport, here);
  expect(small).toMatchObject({ spent: false });
  expect(await one.export(board, 'png', { ...large, region: boxOf(0, 0, 4000, 4000) }, here)).toMatchObject({
    spent: true,
  });
  await one.close();
});

test('[E13] who comes when too many wait is turned away; the others are served in turn', async () => {
  const ask = () => exporter.export(board, 'svg', defaultExport, here);
  const answers = await Promise.all([ask(), ask(), ask()]);
  expect(answers.map((answer) => ('bytes' in answer ? 'served' : answer))).toEqual([
    'served',
    'served',
    { fault: 'Busy' },
  ]);
  expect('bytes' in (await ask())).toBe(true);
});

test('[E13] who leaves while waiting makes room', async () => {
  const leaving = new AbortController();
  const first = exporter.export(board, 'svg', defaultExport, here);
  const gone = exporter.export(board, 'svg', defaultExport, from(leaving.signal));
  leaving.abort();
  expect(await gone).toEqual({ fault: 'Busy' });
  // The one place to wait is free again, and the one thread still does one thing at a time.
  const [next, turnedAway] = await Promise.all([
    exporter.export(board, 'svg', defaultExport, here),
    exporter.export(board, 'svg', defaultExport, here),
  ]);
  expect('bytes' in (await first) && 'bytes' in next).toBe(true);
  expect(turnedAway).toEqual({ fault: 'Busy' });
});

test('[E14] an export that takes too long is given up, and the next one is served', async () => {
  const hasty = new Exporter({ threads: 1, waiting: 1, each: 1, patience: 1 });
  expect(await hasty.export(board, 'png', defaultExport, here)).toEqual({ fault: 'TooSlow' });
  await hasty.close();
});

test('[E17] an SVG carries the typefaces of what is written in it, and no others', async () => {
  const written = (family: Family, letters: string, number: number) => ({
    ...strokeOf({ points: [[0, number * 40]], number, kind: 'text', style: { family, size: 24 } }),
    attributes: { ...NO_ATTRIBUTES, text: letters },
  });
  const svgOf = async (shapes: readonly Shape[], region?: Box): Promise<string> => {
    const options = region ? { ...defaultExport, region } : defaultExport;
    return text((await exporter.export(boardOf(shapes), 'svg', options, here)) as { bytes: Uint8Array });
  };
  const both = [written('hand', 'Plan', 1), written('serif', 'План', 20)];
  const svg = await svgOf(both);
  expect(svg.match(/font-family:'[^']*'/g)).toEqual(["font-family:'Source Serif 4 Variable'", "font-family:'Caveat Variable'"]); // prettier-ignore
  const [, file = ''] = /url\(data:font\/woff2;base64,([^)]*)\)/.exec(svg) ?? [];
  expect(Buffer.from(file, 'base64').toString('latin1', 0, 4)).toBe('wOF2');
  expect((await svgOf(both, boxOf(-10, 30, 100, 40))).match(/font-family:'[^']*'/g)).toEqual(["font-family:'Caveat Variable'"]); // prettier-ignore
  expect(await svgOf([red])).not.toContain('<style>');
});
