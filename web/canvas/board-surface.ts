import type { Board } from '../../shared/board.ts';
import type { Theme } from '../../shared/color.ts';
import type { ImageId } from '../../shared/ids.ts';
import type { Shape } from '../../shared/shapes/shape.ts';
import type { Whose } from '../../shared/whose.ts';
import type { Presence } from '../../shared/wire/message.ts';
import type { ImageCache } from '../images/image-cache.ts';
import { BoardPainter } from './board-painter.ts';
import type { Camera, Size } from './camera.ts';
import { CursorOverlay } from './cursor-overlay.ts';
import { FrameLoop, windowClock } from './frame-loop.ts';
import type { Scene } from './scene.ts';

export interface SurfaceElements {
  readonly frame: HTMLElement;
  readonly base: HTMLCanvasElement;
  readonly live: HTMLCanvasElement;
  readonly cursors: HTMLElement;
}

/** The canvases on the page: their size in device pixels, their frames, the cursors over them. */
export class BoardSurface {
  readonly #elements: SurfaceElements;
  readonly #painter: BoardPainter;
  readonly #cursors: CursorOverlay;
  readonly #loop: FrameLoop;
  readonly #sizes: ResizeObserver;
  readonly #gone = new AbortController();
  #camera: Camera = { x: 0, y: 0, zoom: 1 };
  #size: Size = { width: 0, height: 0 };
  #idleTimer = 0;

  constructor(elements: SurfaceElements, images: ImageCache) {
    this.#elements = elements;
    const stillness = matchMedia('(prefers-reduced-motion: reduce)');
    this.#painter = new BoardPainter(
      contextOf(elements.base, false),
      contextOf(elements.live, true),
      windowClock,
      images.get,
    );
    this.#cursors = new CursorOverlay(elements.cursors, () => stillness.matches);
    this.#loop = new FrameLoop(windowClock, (now) => this.#frame(now));
    this.#sizes = new ResizeObserver(() => this.#fit());
    this.#sizes.observe(elements.frame);
    this.#watchRatio();
    document.fonts.addEventListener('loadingdone', () => this.#typefaceCame(), { signal: this.#gone.signal });
    images.onCame((image) => this.#imageCame(image), this.#gone.signal);
    this.#fit();
  }

  get scene(): Scene {
    return this.#painter.scene;
  }

  get size(): Size {
    return this.#size;
  }

  showBoard(board: Board): void {
    this.#painter.showBoard(board);
    this.#loop.request();
  }

  /** Shows a stroke that is being drawn as it will likely be in a frame. */
  foresee(stroke: Shape): void {
    this.#painter.foresee(stroke);
    this.#loop.request();
  }

  showWhose(whose: Whose): void {
    this.#painter.showWhose(whose);
    this.#loop.request();
  }

  showCamera(camera: Camera): void {
    this.#camera = camera;
    this.#painter.showView(camera, this.#size, devicePixelRatio);
    this.#loop.request();
  }

  showTheme(theme: Theme): void {
    this.#painter.showTheme(theme);
    this.#loop.request();
  }

  showGrid(shown: boolean): void {
    this.#painter.showGrid(shown);
    this.#loop.request();
  }

  showPeople(people: readonly Presence[], theme: Theme): void {
    this.#cursors.show(people, theme, windowClock.now());
    this.#loop.request();
  }

  close(): void {
    this.#gone.abort();
    this.#loop.stop();
    this.#sizes.disconnect();
    clearTimeout(this.#idleTimer);
  }

  #typefaceCame(): void {
    this.#painter.typefaceCame();
    this.#loop.request();
  }

  #imageCame(image: ImageId): void {
    this.#painter.imageCame(image);
    this.#loop.request();
  }

  #frame(now: number): boolean {
    if (this.#size.width === 0) return false;
    const more = this.#painter.frame(now);
    const moving = this.#cursors.frame(this.#camera, this.#size, now);
    clearTimeout(this.#idleTimer);
    const wait = moving ? Infinity : this.#cursors.nextChange(now);
    if (wait < Infinity) this.#idleTimer = window.setTimeout(() => this.#loop.request(), wait);
    return more || moving;
  }

  #fit(): void {
    const { frame, base, live } = this.#elements;
    let isEmptied = false;
    this.#size = { width: frame.clientWidth, height: frame.clientHeight };
    for (const canvas of [base, live]) {
      const width = Math.max(1, Math.round(this.#size.width * devicePixelRatio));
      const height = Math.max(1, Math.round(this.#size.height * devicePixelRatio));
      if (canvas.width === width && canvas.height === height) continue;
      canvas.width = width;
      canvas.height = height;
      // One canvas pixel is one device pixel, whatever fraction of a CSS pixel that is.
      canvas.style.width = `${width / devicePixelRatio}px`;
      canvas.style.height = `${height / devicePixelRatio}px`;
      this.#painter.emptied();
      isEmptied = true;
    }
    this.showCamera(this.#camera);
    // An emptied canvas is black. Sizes are heard of too late for this frame's callbacks, and before it is shown.
    if (isEmptied) queueMicrotask(() => this.#loop.paintNow());
  }

  /** Moving the window to another screen, or the browser's own zoom. */
  #watchRatio(): void {
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener(
      'change',
      () => {
        this.#fit();
        this.#watchRatio();
      },
      { once: true, signal: this.#gone.signal },
    );
  }
}

function contextOf(canvas: HTMLCanvasElement, alpha: boolean): CanvasRenderingContext2D {
  const context = canvas.getContext('2d', { alpha });
  if (!context) throw new Error('This browser has no 2D canvas.');
  return context;
}
