// Runs inside a page of the browser, without the app: what is measured by canvas.bench.ts and scrub.bench.ts.

import { type Board, emptyBoard, fold } from '../../shared/board.ts';
import { History } from '../../shared/history.ts';
import type { Shape } from '../../shared/shapes/shape.ts';
import { setIn } from '../../shared/persistent-map.ts';
import { seededRandom } from '../../shared/testing/random.ts';
import { boardOf, strokeOf } from '../../shared/testing/stroke.ts';
import { unpackCommits } from '../../shared/wire/codec.ts';
import { BoardPainter } from '../canvas/board-painter.ts';
import { type Camera, fitted, zoomedBy } from '../canvas/camera.ts';
import { windowClock } from '../canvas/frame-loop.ts';
import { boundsOfBoard } from '../../shared/shapes/stack.ts';
import { handStrokes } from './hand-strokes.ts';

const size = { width: 1280, height: 800 };

class Screen {
  readonly painter: BoardPainter;

  constructor() {
    const canvases = [false, true].map((alpha) => {
      const canvas = document.createElement('canvas');
      Object.assign(canvas, size);
      canvas.style.position = 'absolute';
      canvas.style.inset = '0';
      document.body.append(canvas);
      return canvas.getContext('2d', { alpha }) as CanvasRenderingContext2D;
    });
    this.painter = new BoardPainter(canvases[0]!, canvases[1]!, windowClock, () => null);
  }

  look(camera: Camera): void {
    this.painter.showView(camera, size, 1);
  }

  /** Frames until there is nothing left to paint; gives how long that took, in ms. */
  async settle(): Promise<number> {
    const began = performance.now();
    while (this.painter.frame(performance.now())) await nextFrame();
    return performance.now() - began;
  }

  /** Frames until all in sight is painted as large as it is shown; gives how long that took, in ms. */
  async sharpen(): Promise<number> {
    const began = performance.now();
    while ((this.painter.frame(performance.now()), !this.painter.isSharp)) await nextFrame();
    return performance.now() - began;
  }
}

const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
/** When what was painted in this frame is on the screen, as near as a page can tell. */
const painted = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

const strokes = (count: number): Shape[] =>
  handStrokes(count).map(({ color, width, points }, i) => strokeOf({ number: i + 1, style: { color, width }, points }));

export interface CanvasTimes {
  readonly first: number;
  readonly pan: readonly number[];
  readonly zoom: readonly number[];
  /** From the zoom on, until all in sight is as sharp as it can be. */
  readonly sharp: number;
  /** Until what lies around it is painted too. */
  readonly ahead: number;
  readonly pen: readonly number[];
  readonly memory: number;
}

/** ms between one frame and the next while `move` is done before each. */
async function frames(count: number, screen: Screen, move: (i: number) => void): Promise<number[]> {
  const times: number[] = [];
  let before = await nextFrame();
  for (let i = 0; i < count; i++) {
    move(i);
    screen.painter.frame(performance.now());
    const now = await nextFrame();
    times.push(now - before);
    before = now;
  }
  return times;
}

export async function measureCanvas(count: number): Promise<CanvasTimes> {
  const shapes = strokes(count);
  const board = boardOf(shapes);
  const screen = new Screen();
  const all = fitted(boundsOfBoard(board)!, size);
  const began = performance.now();
  screen.painter.showBoard(board);
  screen.look(all);
  await screen.sharpen();
  const first = performance.now() - began;
  await screen.settle();
  // All in sight, to and fro.
  const pan = await frames(120, screen, (i) => screen.look({ ...all, x: all.x + Math.sin(i / 10) * (200 / all.zoom) }));
  const zoom = await frames(120, screen, (i) => screen.look(zoomedBy(all, 1 + Math.sin(i / 20) * 0.8, 640, 400)));
  screen.look(zoomedBy(all, 1.7, 640, 400));
  const sharp = await screen.sharpen();
  const ahead = sharp + (await screen.settle());
  screen.look(all);
  await screen.settle();
  const pen: number[] = [];
  const points: (readonly [number, number, number])[] = [];
  for (let i = 0; i < 60; i++) {
    points.push([all.x + (200 + i * 8) / all.zoom, all.y + (400 + Math.sin(i / 5) * 60) / all.zoom, 0.5]);
    const at = performance.now();
    const stroke = strokeOf({ number: count + 1, points, open: true, style: { width: 4 / all.zoom } });
    screen.painter.showBoard({ ...board, shapes: setIn(board.shapes, stroke.id, stroke) });
    screen.painter.frame(performance.now());
    await painted();
    pen.push(performance.now() - at);
  }
  return { first, pan, zoom, sharp, ahead, pen, memory: memory() };
}

const memory = (): number =>
  (performance as unknown as { memory?: { usedJSHeapSize: number } }).memory?.usedJSHeapSize ?? 0;

export interface ScrubTimes {
  readonly events: number;
  readonly load: number;
  readonly fold: number;
  readonly first: number;
  readonly seek: readonly number[];
  /** From a seek on, until nothing is left to paint: in sight and just out of it. */
  readonly settled: readonly number[];
  readonly drag: readonly number[];
  readonly play: readonly number[];
  readonly memory: number;
}

/** Seeks that are waited for until all is painted: on a large board each takes as long as a hundred others. */
const SETTLED = 12;

/** The history at /history of this page's address, sought, dragged through and played. */
export async function measureScrub(seeks: number): Promise<ScrubTimes> {
  const bytes = new Uint8Array(await (await fetch('/history')).arrayBuffer());
  const began = performance.now();
  const commits = unpackCommits(bytes);
  const history = new History();
  for (let i = 0; i < commits.length; i += 1000) history.append(commits.slice(i, i + 1000));
  const load = performance.now() - began;
  const { to } = history.timeline;
  const screen = new Screen();
  const show = (board: Board): void => screen.painter.showBoard(board);
  screen.look(fitted(boundsOfBoard(history.tip)!, size));
  show(history.tip);
  await screen.settle();

  const random = seededRandom(1);
  // As the strip shows it: in a long pause every instant looks the same.
  const pace = history.timeline.pace(true);
  const instant = (share: number): number => pace.timeAt(share * pace.offsetOf(to));
  const anywhere = (): number => instant(random());
  const first = await timed(async () => {
    show(history.boardAtTime(anywhere()));
    await screen.settle();
    await painted();
  });
  const seek: number[] = [];
  for (let i = 0; i < seeks; i++) {
    const at = anywhere();
    seek.push(await timed(() => shownAt(screen, () => show(history.boardAtTime(at)))));
  }
  const settled: number[] = [];
  for (let i = 0; i < SETTLED; i++) {
    show(history.boardAtTime(anywhere()));
    settled.push(await screen.settle());
  }
  const drag: number[] = [];
  for (let i = 0; i < 240; i++) {
    const at = instant(1 - i / 240);
    drag.push(await timed(() => shownAt(screen, () => show(history.boardAtTime(at)))));
  }
  const play: number[] = [];
  let at = instant(1 / 3);
  for (let i = 0; i < 240; i++) {
    at = history.timeline.advance(at, 16.7 * 64, true);
    play.push(await timed(() => shownAt(screen, () => show(history.revealedAt(at)))));
  }
  const events = history.revision;
  const foldAll = performance.now();
  show(
    fold(
      emptyBoard,
      commits.flatMap((commit) => commit.events),
    ),
  );
  screen.painter.frame(performance.now());
  return { events, load, fold: performance.now() - foldAll, first, seek, settled, drag, play, memory: memory() };
}

/** Until the frame that shows the moment is painted: work of this thread, from the hand's movement on. */
async function shownAt(screen: Screen, show: () => void): Promise<void> {
  show();
  screen.painter.frame(performance.now());
}

async function timed(action: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await action();
  const took = performance.now() - began;
  await nextFrame();
  return took;
}

Object.assign(globalThis, { measureCanvas, measureScrub });
