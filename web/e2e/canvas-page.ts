// Runs inside a page of the browser, without the app: the painter on canvases of its own. See canvas.spec.ts.

import type { Board } from '../../shared/board.ts';
import { rotation, scaling, translation } from '../../shared/matrix.ts';
import type { Attributes } from '../../shared/settings.ts';
import type { Shape } from '../../shared/shapes/shape.ts';
import { seededRandom } from '../../shared/testing/random.ts';
import { boardOf, strokeOf } from '../../shared/testing/stroke.ts';
import type { Camera } from '../canvas/camera.ts';
import { Screen } from '../testing/screen.ts';

const size = { width: 1280, height: 800 };
const colors = ['ink', 'red', 'blue', 'green', 'yellow'] as const;

function strokes(count: number): Shape[] {
  const random = seededRandom(5);
  return Array.from({ length: count }, (_, i) => {
    let [x, y, angle] = [(random() - 0.3) * 2500, (random() - 0.3) * 2500, random() * 7];
    const points = Array.from({ length: 5 + Math.floor(random() * 60) }, () => {
      angle += random() - 0.5;
      x += 8 * Math.cos(angle);
      y += 8 * Math.sin(angle);
      return [x, y, 0.4 + random() * 0.3] as const;
    });
    const style = { color: colors[i % 5] ?? 'ink', width: [1, 2, 4, 8, 24][i % 5] ?? 4 };
    return strokeOf({ number: i + 1, style, points, pointer: i % 2 ? 'pen' : 'mouse' });
  });
}

/** Of all colour values, how many differ by more than `tolerance`. */
function differing({ data: a }: ImageData, { data: b }: ImageData, tolerance: number): number {
  let count = 0;
  for (let i = 0; i < a.length; i++) if (Math.abs((a[i] ?? 0) - (b[i] ?? 0)) > tolerance) count++;
  return count;
}

/** Draws, erases, restores and adds; after each, compares with a picture painted at once and with one never changed. */
export function comparePictures(zoom: number): { step: string; fromFresh: number; fromLate: number }[] {
  const all = strokes(400);
  const camera = { x: -100.3, y: -50.7, zoom };
  const screen = new Screen({ size, grid: true });
  const steps: [string, Board][] = [
    ['drawn', boardOf(all.slice(0, 350))],
    ['erased', boardOf(all.slice(0, 350).filter((_, i) => i % 12 !== 0))],
    ['restored', boardOf(all.slice(0, 350))],
    ['added', boardOf(all)],
  ];
  return compared(camera, screen, steps);
}

/** The same with frames that come, are moved, turned, stretched and named, and go. */
export function compareFrames(zoom: number): { step: string; fromFresh: number; fromLate: number }[] {
  const all = strokes(300);
  const frame = strokeOf({ number: 900, z: 100, kind: 'frame', points: [[100, 100], [700, 500]] }); // prettier-ignore
  const small = strokeOf({ number: 901, z: 0, kind: 'frame', points: [[400, 300], [900, 800]] }); // prettier-ignore
  const set = (attributes: Attributes): Board => boardOf([...all, { ...frame, attributes }, small]);
  return compared({ x: -100.3, y: -50.7, zoom }, new Screen({ size, grid: true }), [
    ['none', boardOf(all)],
    ['framed', boardOf([...all, frame])],
    ['two', set({})],
    ['moved', set({ transform: translation(150.5, 30.25) })],
    ['turned', set({ transform: rotation(0.4, { x: 400, y: 300 }) })],
    ['stretched', set({ transform: scaling(1.7, 0.6, { x: 100, y: 100 }) })],
    ['named', set({ transform: scaling(1.7, 0.6, { x: 100, y: 100 }), text: 'Plan' })],
    ['drawn', boardOf([...strokes(400), frame, small])],
    ['gone', boardOf(strokes(400))],
  ]);
}

/** Moments far apart, of which little is otherwise in sight: so much lies elsewhere, and other things at each. */
export function compareMoments(zoom: number): { step: string; fromFresh: number; fromLate: number }[] {
  const all = strokes(400);
  const elsewhere = (moment: number): Shape[] =>
    Array.from(
      { length: 200 },
      (_, i) =>
      strokeOf({ number: 1000 * moment + i, points: [[1e6 + i, 1e6], [1e6 + i, 2e6]] }), // prettier-ignore
    );
  const here: [string, Shape[]][] = [
    ['drawn', all.slice(0, 380)],
    ['the same', all.slice(0, 380)],
    ['more on top', all.slice(0, 390)],
    ['still more', all.slice(0, 395)],
    ['one less', all.slice(0, 395).filter((_, i) => i !== 200)],
    ['some back, some gone', all.slice(0, 395).filter((_, i) => i % 40 !== 7)],
    ['all', all],
    ['one to the back', all.map((shape, i) => (i === 300 ? { ...shape, z: 0.5 } : shape))],
    ['a few', all.slice(0, 40)],
  ];
  const steps = here.map(([step, shapes], i): [string, Board] => [step, boardOf([...shapes, ...elsewhere(i + 1)])]);
  return compared({ x: -100.3, y: -50.7, zoom }, new Screen({ size, grid: true }), steps);
}

/** How many values differ once all in sight is painted, from when all around it is painted too: zoomed, then moved. */
export function compareSight(zooms: readonly number[]): number[] {
  const board = boardOf(strokes(400));
  const screen = new Screen({ size, grid: true });
  return zooms.flatMap((zoom) =>
    [0, 90].map((moved) => {
      const camera = { x: -100.3 + moved / zoom, y: -50.7 - moved / zoom, zoom };
      screen.begin(camera, board);
      while ((screen.frame(), !screen.isSharp));
      return differing(screen.picture(), new Screen({ size, grid: true }).show(camera, board), 0);
    }),
  );
}

/** Frames until all in sight is sharp, while a hand waits to be heard and while none does. */
export function framesUntilSharp(): number[] {
  return [true, false].map((isHandWaiting) => {
    const screen = new Screen({ size });
    const board = boardOf(strokes(400));
    screen.show({ x: -100, y: -50, zoom: 0.25 }, board);
    Object.assign(screen, { isHandWaiting, hurry: 2 });
    screen.begin({ x: -100, y: -50, zoom: 0.3 }, board);
    let frames = 1;
    for (; screen.frame(), !screen.isSharp; frames++);
    return frames;
  });
}

function compared(
  camera: Camera,
  screen: Screen,
  steps: readonly [string, Board][],
): { step: string; fromFresh: number; fromLate: number }[] {
  return steps.map(([step, board]) => {
    const shown = screen.show(camera, board);
    const late = new Screen({ size, grid: true }).show(camera, board);
    return { step, fromFresh: differing(shown, screen.fresh(board), 16), fromLate: differing(shown, late, 0) };
  });
}

const tests = { comparePictures, compareFrames, compareMoments, compareSight, framesUntilSharp };
export type CanvasPage = typeof tests;
Object.assign(globalThis, tests);
