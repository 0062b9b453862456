import type { Browser, Page } from '@playwright/test';
import { Resvg } from '@resvg/resvg-js';
import { embeddedFaces } from '../../server/export/embedded-faces.ts';
import { pngOf } from '../../server/export/png.ts';
import { emptyBoard, fold } from '../../shared/board.ts';
import { boxOf } from '../../shared/geometry.ts';
import type { ImageId } from '../../shared/ids.ts';
import { type DrawingOptions, randomDrawing } from '../../shared/testing/random-drawing.ts';
import { callerOf, pageWith } from '../testing/browser.ts';
import type { DrawingPage, Look, Spoilt } from './drawing-page.ts';
import { expect, test } from './test.ts';

const PICTURES = Number(process.env['RETRACE_FUZZ_PICTURES'] ?? 5);
/** Boards of which each thing is taken away and moved. */
const SPOILT = 2;
const PASTS = Number(process.env['RETRACE_FUZZ_PASTS'] ?? 2);
/** Of each of those. */
const INSTANTS = 10;
/** What people do on a board: enough to look at, and enough for a history that keeps boards to start from. */
const [ACTS, LONG] = [160, 1500];

/** One that is on the boards, and one that is never there: its field shows. */
const image = 'JIsPCahHz7vVnfUA8Y3yKXQJ1xqB_kV-0v1xXn5eYQE' as ImageId;
const missing = 'KIsPCahHz7vVnfUA8Y3yKXQJ1xqB_kV-0v1xXn5eYQE' as ImageId;
const imageFile = Buffer.from(
  new Resvg(
    '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="80"><path fill="#c33" d="M0 0h120v80H0z"/>' +
      '<path fill="#3a5" d="M0 0h60v40H0z"/><circle cx="80" cy="50" r="24" fill="#22c"/></svg>',
  )
    .render()
    .asPng(),
);
const addresses = new Map([[image, `data:image/png;base64,${imageFile.toString('base64')}`]]);

const drawingOf = (seed: number, acts: number): DrawingOptions => ({ seed, acts, images: [image, image, missing] });

function lookFor(seed: number): Look {
  const zoom = [0.5, 1, 1.25, 2][seed % 4] as number;
  const size = { width: 1100 * Math.min(1, zoom), height: 760 * Math.min(1, zoom) };
  const camera = { x: -100, y: -100, zoom };
  const region = boxOf(camera.x, camera.y, size.width / zoom, size.height / zoom);
  const theme = seed % 3 === 0 ? 'night' : 'paper';
  return { camera, size, options: { region, scale: zoom, theme, background: true, margin: 0 } };
}

/** A page with the painters in it and the typefaces of the real one. */
async function painters(browser: Browser): Promise<Page> {
  const page = await pageWith(browser, new URL('drawing-page.ts', import.meta.url), {
    [`/api/images/${image}`]: imageFile,
  });
  const some = new Set('aäěП');
  const faces = new Map((['sans', 'serif', 'mono', 'hand'] as const).map((family) => [family, some] as const));
  await page.addStyleTag({ content: embeddedFaces(faces) });
  await page.evaluate(() => Promise.all([...document.fonts].map((face) => face.load())));
  return page;
}

const call = callerOf<DrawingPage>();

/**
 * Foreign pixels in a square of 64 that anti-aliasing leaves: where a line of a pixel's width, or the edge of a picture,
 * goes through it. Letters leave more: the server's painter puts them between pixels where Chromium puts their baseline
 * on one, and letters of Caveat look to those beside them, which a canvas does within words and an SVG beyond them.
 */
const [EDGES, LETTERS] = [12, 24];

test(`[V13] ${PICTURES} random boards are one picture: live, replayed, as SVG, and as the PNG of the page and of the server`, async ({
  browser,
}) => {
  test.setTimeout(180_000 + PICTURES * 30_000);
  const page = await painters(browser);
  const blank = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const others: string[] = [];
  for (let seed = 1; seed <= PICTURES; seed++) {
    const drawing = drawingOf(seed, ACTS);
    const look = lookFor(seed);
    const board = fold(
      emptyBoard,
      randomDrawing(drawing).flatMap(({ events }) => events),
    );
    const source = await call(page, 'savedSvg', drawing, look);
    await blank.setContent(`<body style="margin:0">${source.slice(source.indexOf('<svg '))}</body>`);
    const svg = (await blank.screenshot({ clip: { x: 0, y: 0, ...look.size } })).toString('base64');
    const served = Buffer.from(pngOf(board, look.options, addresses)).toString('base64');
    const compared = await call(page, 'compareExports', drawing, look, { svg, served });
    const isSame =
      compared.replayed === 0 &&
      compared.png.worst <= EDGES &&
      Math.max(compared.svg.worst, compared.served.worst) <= LETTERS;
    if (!isSame) others.push(`seed ${seed}: ${JSON.stringify(compared)}`);
  }
  expect(others).toEqual([]);
});

test('[V13] a thing that is missing in a picture, or lies 3 pixels from its place, would be noticed', async ({
  browser,
}) => {
  const page = await painters(browser);
  const all: Spoilt[] = [];
  for (let seed = 1; seed <= SPOILT; seed++)
    all.push(...(await call(page, 'spoilEach', drawingOf(seed, ACTS), lookFor(seed))));
  expect(all.length).toBeGreaterThan(4 * SPOILT);
  expect(Math.min(...all.map(({ missing }) => missing.worst))).toBeGreaterThan(LETTERS);
  expect(Math.min(...all.map(({ moved }) => moved.worst))).toBeGreaterThan(EDGES);
});

test(`[T2] [V7] ${INSTANTS} random instants of each of ${PASTS} boards are to the pixel what a fold from nothing shows that is painted anew`, async ({
  browser,
}) => {
  test.setTimeout(180_000 + PASTS * 60_000);
  const page = await painters(browser);
  const others: string[] = [];
  let shapes = 0;
  for (let seed = 1; seed <= PASTS; seed++) {
    for (const instant of await call(page, 'compareInstants', drawingOf(seed, LONG), lookFor(seed), INSTANTS)) {
      shapes += instant.shapes;
      // Chromium anti-aliases what of a path lies within a bitmap, and tiles are smaller ones than the screen.
      const isSame = instant.different === 0 && instant.untiled.worst <= EDGES;
      if (!isSame) others.push(`seed ${seed}: ${JSON.stringify(instant)}`);
    }
  }
  expect(others).toEqual([]);
  expect(shapes).toBeGreaterThan(10 * PASTS * INSTANTS);
});
