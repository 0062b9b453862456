// The painter on canvases of its own, inside a page of the browser and without the app. For tests only.

import type { Board } from '../../shared/board.ts';
import { sheetColors, type Theme } from '../../shared/color.ts';
import { BoardPainter } from '../canvas/board-painter.ts';
import type { Camera, Size } from '../canvas/camera.ts';
import { DotGrid } from '../canvas/dot-grid.ts';
import { paintBoard } from '../canvas/paint-board.ts';
import type { ImageLookup } from '../canvas/paint-path.ts';
import type { View } from '../canvas/view.ts';

export interface ScreenOptions {
  readonly size: Size;
  readonly theme?: Theme;
  readonly grid?: boolean;
  readonly images?: ImageLookup;
}

export class Screen {
  /** ms that go by with every look at the clock: with none there is always time to paint all. */
  hurry = 0;
  /** Whether a hand did something that is not heard yet. */
  isHandWaiting = false;
  readonly #options: Required<ScreenOptions>;
  readonly #base: OffscreenCanvasRenderingContext2D;
  readonly #live: OffscreenCanvasRenderingContext2D;
  readonly #painter: BoardPainter;
  #now = 0;

  constructor(options: ScreenOptions) {
    this.#options = { theme: 'paper', grid: false, images: () => null, ...options };
    this.#base = this.#context(false);
    this.#live = this.#context(true);
    const clock = {
      now: () => (this.#now += this.hurry),
      requestFrame: () => 0,
      cancelFrame: () => undefined,
      isHandWaiting: () => this.isHandWaiting,
    };
    this.#painter = new BoardPainter(this.#base, this.#live, clock, this.#options.images);
    this.#painter.showTheme(this.#options.theme);
    this.#painter.showGrid(this.#options.grid);
  }

  get view(): View {
    return this.#painter.view;
  }

  /** Whether all that is in sight is painted as large as it is shown. */
  get isSharp(): boolean {
    return this.#painter.isSharp;
  }

  /** What a person sees once nothing is left to paint. */
  show(camera: Camera, board: Board): ImageData {
    this.begin(camera, board);
    while (this.frame());
    return this.picture();
  }

  /** Shows another board or another part of it, and paints nothing yet. */
  begin(camera: Camera, board: Board): void {
    this.#painter.showView(camera, this.#options.size, 1);
    this.#painter.showBoard(board);
  }

  /** Paints one frame, a second after the last: the view is at rest. Whether there is more to do. */
  frame(): boolean {
    this.#now += 1000;
    return this.#painter.frame(this.#now);
  }

  /** Both canvases as they are, one over the other. */
  picture(): ImageData {
    const { width, height } = this.#options.size;
    const both = this.#context(false);
    both.drawImage(this.#base.canvas, 0, 0);
    both.drawImage(this.#live.canvas, 0, 0);
    return both.getImageData(0, 0, width, height);
  }

  /** The same view, everything painted anew and at once, without tiles. */
  fresh(board: Board): ImageData {
    const { size, theme, grid, images } = this.#options;
    const canvas = this.#context(false);
    canvas.fillStyle = sheetColors[theme];
    canvas.fillRect(0, 0, size.width, size.height);
    if (grid) new DotGrid().paint(canvas, this.view, theme);
    paintBoard(canvas, board, this.view, theme, images);
    return canvas.getImageData(0, 0, size.width, size.height);
  }

  #context(alpha: boolean): OffscreenCanvasRenderingContext2D {
    const { width, height } = this.#options.size;
    const made = new OffscreenCanvas(width, height).getContext('2d', { alpha, willReadFrequently: true });
    if (!made) throw new Error('No canvas.');
    return made;
  }
}
