// Runs inside a page of the browser, without the app: random boards, painted in every way there is. See
// same-picture.spec.ts.

import { type Board, emptyBoard, fold } from '../../shared/board.ts';
import type { Commit } from '../../shared/event.ts';
import type { ExportOptions } from '../../shared/export/options.ts';
import { svg } from '../../shared/export/svg.ts';
import { History } from '../../shared/history.ts';
import { imagesOn } from '../../shared/images-on.ts';
import { lettersOn } from '../../shared/letters/letters-on.ts';
import { deleteFrom, setIn } from '../../shared/persistent-map.ts';
import { movedBy, withSettings } from '../../shared/settings.ts';
import { translation } from '../../shared/matrix.ts';
import { stackedShapes } from '../../shared/shapes/stack.ts';
import { seededRandom, wholeBetween } from '../../shared/testing/random.ts';
import { type DrawingOptions, randomDrawing } from '../../shared/testing/random-drawing.ts';
import type { Camera, Size } from '../canvas/camera.ts';
import { embeddedFaces } from '../export/embedded-faces.ts';
import { boardPng } from '../export/png.ts';
import { images } from '../images/images.ts';
import { differentPixels, type Likeness, likenessOf, SQUARE, unlikenessOf } from '../testing/likeness.ts';
import { Screen } from '../testing/screen.ts';

/** What of a board is looked at; `options` are those of an export that shows the same. */
export interface Look {
  readonly camera: Camera;
  readonly size: Size;
  readonly options: ExportOptions & { readonly region: object };
}

const screenFor = ({ size, options: { theme } }: Look): Screen => new Screen({ size, theme, images: images.get });

const boardAfter = (commits: readonly Commit[], at = Infinity): Board =>
  fold(
    emptyBoard,
    commits.filter((commit) => commit.at <= at).flatMap(({ events }) => events),
  );

/** The board as an SVG that the page would save, on a sheet as large as what is looked at. */
export async function savedSvg(drawing: DrawingOptions, { options }: Look): Promise<string> {
  const board = boardAfter(randomDrawing(drawing));
  return svg.write(board, options, await images.addresses(imagesOn(board)), await embeddedFaces(lettersOn(board)));
}

export interface Compared {
  readonly shapes: number;
  /** Between following the board as it was drawn and playing it back to its end: pixels that differ at all. */
  readonly replayed: number;
  readonly svg: Likeness;
  readonly png: Likeness;
  readonly served: Likeness;
}

/** A board as it was drawn before one's eyes, beside its replay and its exports; PNGs of the two others, in base64. */
export async function compareExports(
  drawing: DrawingOptions,
  look: Look,
  others: { readonly svg: string; readonly served: string },
): Promise<Compared> {
  const commits = randomDrawing(drawing);
  const board = boardAfter(commits);
  await images.ready(imagesOn(board));
  const live = followed(commits, look);
  return {
    shapes: board.shapes.size,
    replayed: differentPixels(live, played(commits, look)),
    svg: likenessOf(live, await pixelsOf(await pngFrom(others.svg), look)),
    png: likenessOf(live, await pixelsOf(await boardPng(board, look.options), look)),
    served: likenessOf(live, await pixelsOf(await pngFrom(others.served), look)),
  };
}

/** What somebody sees who was there from the beginning. */
function followed(commits: readonly Commit[], look: Look): ImageData {
  const screen = screenFor(look);
  let board = emptyBoard;
  for (const [i, commit] of commits.entries()) {
    board = fold(board, commit.events);
    screen.begin(look.camera, board);
    if (i % 3 === 0) screen.frame();
  }
  return screen.show(look.camera, board);
}

/** What somebody sees who plays it back, in some hundred frames. */
function played(commits: readonly Commit[], look: Look): ImageData {
  const screen = screenFor(look);
  const history = new History();
  history.append(commits);
  const { from, to } = history.timeline;
  for (let at = from; at < to; at += (to - from) / 100) {
    screen.begin(look.camera, history.revealedAt(at));
    screen.frame();
  }
  return screen.show(look.camera, history.boardAtTime(to));
}

const pngFrom = async (base64: string): Promise<Blob> => (await fetch(`data:image/png;base64,${base64}`)).blob();

async function pixelsOf(file: Blob, { size }: Look): Promise<ImageData> {
  const picture = await createImageBitmap(file);
  if (picture.width !== size.width || picture.height !== size.height) throw new Error('The picture has another size.');
  const context = new OffscreenCanvas(size.width, size.height).getContext('2d');
  if (!context) throw new Error('No canvas.');
  context.drawImage(picture, 0, 0);
  return context.getImageData(0, 0, size.width, size.height);
}

export interface Spoilt {
  readonly missing: Likeness;
  readonly moved: Likeness;
}

/** Pixels of a square that something covers that cannot be overlooked. */
const HALF_A_SQUARE = SQUARE ** 2 / 2;

/** What the measure makes of pictures in which one thing is missing, or lies 3 pixels further: of all that can be seen. */
export async function spoilEach(drawing: DrawingOptions, look: Look): Promise<Spoilt[]> {
  const board = boardAfter(randomDrawing(drawing));
  await images.ready(imagesOn(board));
  const screen = screenFor(look);
  const show = (shapes: Board['shapes']): ImageData => screen.show(look.camera, { ...board, shapes });
  const whole = show(board.shapes);
  const away = translation(3 / look.camera.zoom, 3 / look.camera.zoom);
  const spoilt: Spoilt[] = [];
  for (const shape of stackedShapes(board)) {
    const without = show(deleteFrom(board.shapes, shape.id));
    if (unlikenessOf(whole, without).worst < HALF_A_SQUARE) continue;
    const further = show(setIn(board.shapes, shape.id, withSettings(shape, movedBy(away, shape))));
    spoilt.push({ missing: likenessOf(whole, without), moved: likenessOf(whole, further) });
  }
  return spoilt;
}

export interface Instant {
  readonly at: number;
  readonly shapes: number;
  /** Pixels that differ from a fold from nothing to that instant, shown by a painter that never showed anything. */
  readonly different: number;
  /** Between it and the same fold painted at once, without tiles. */
  readonly untiled: Likeness;
}

/** Goes to instants of a board's past in any order, on one screen that remembers what it showed. */
export async function compareInstants(drawing: DrawingOptions, look: Look, instants: number): Promise<Instant[]> {
  const random = seededRandom(drawing.seed);
  const commits = randomDrawing(drawing);
  await images.ready(imagesOn(boardAfter(commits)));
  const history = new History();
  for (let at = 0; at < commits.length;) history.append(commits.slice(at, (at += wholeBetween(random, 1, 200))));
  const screen = screenFor(look);
  const { from, to } = history.timeline;
  const anyTime = (): number => from + Math.floor(random() * (to - from + 1));
  return Array.from({ length: instants }, () => {
    // On the way: other instants, left before they were painted whole, some of them played or seen from nearer.
    screen.hurry = 1;
    for (let i = wholeBetween(random, 0, 4); i > 0; i--) {
      const zoom = look.camera.zoom * (random() < 0.3 ? 1.5 : 1);
      const passing = random() < 0.3 ? history.revealedAt(anyTime()) : history.boardAtTime(anyTime());
      screen.begin({ ...look.camera, zoom }, passing);
      for (let frames = wholeBetween(random, 1, 3); frames > 0; frames--) screen.frame();
      history.glanceAt(anyTime());
    }
    screen.hurry = 0;
    const at = anyTime();
    const shown = screen.show(look.camera, history.boardAtTime(at));
    const folded = boardAfter(commits, at);
    const fresh = screenFor(look);
    const different = differentPixels(shown, fresh.show(look.camera, folded));
    return { at, shapes: folded.shapes.size, different, untiled: likenessOf(shown, fresh.fresh(folded)) };
  });
}

const tests = { savedSvg, compareExports, spoilEach, compareInstants };
export type DrawingPage = typeof tests;
Object.assign(globalThis, tests);
