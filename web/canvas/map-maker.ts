import type { Board } from '../../shared/board.ts';
import type { Theme } from '../../shared/color.ts';
import type { Box } from '../../shared/geometry.ts';
import { type MapFrame, paintingMap } from './board-map.ts';
import type { Size } from './camera.ts';
import { inSlices } from './in-slices.ts';

/** ms between two maps, and of one go at making one. */
const [EVERY, SLICE] = [1500, 4];

interface Wanted {
  readonly board: Board;
  /** What is to be on the map besides the things. */
  readonly around: Box | null;
  readonly theme: Theme;
}

/** Keeps a canvas showing all of a board that changes, a little late: whoever draws comes first. */
export class MapMaker {
  readonly #canvas: HTMLCanvasElement;
  readonly #size: Size;
  readonly #ratio: number;
  readonly #made: (frame: MapFrame) => void;
  /** In a canvas of its own, until it is whole. */
  readonly #making: OffscreenCanvasRenderingContext2D | null;
  /** While one is made, the next one waits. */
  #wanted: Wanted | null = null;
  #busy = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stop = (): void => {};
  #last = -Infinity;

  /** @param size in CSS pixels @param made is told what the canvas shows now */
  constructor(canvas: HTMLCanvasElement, size: Size, made: (frame: MapFrame) => void = () => {}) {
    this.#canvas = canvas;
    this.#size = size;
    this.#ratio = Math.min(2, devicePixelRatio);
    this.#made = made;
    canvas.width = size.width * this.#ratio;
    canvas.height = size.height * this.#ratio;
    this.#making = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
  }

  show(wanted: Wanted): void {
    this.#wanted = wanted;
    if (!this.#busy) this.#beginLater();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#stop();
  }

  #beginLater(): void {
    this.#busy = true;
    this.#timer = setTimeout(() => this.#begin(), Math.max(0, EVERY - (performance.now() - this.#last)));
  }

  #begin(): void {
    if (!this.#making || !this.#wanted) return;
    const { board, around, theme } = this.#wanted;
    this.#wanted = null;
    const work = paintingMap(this.#making, board, around, this.#size, this.#ratio, theme);
    this.#stop = inSlices(work, SLICE, (frame) => this.#finish(frame));
  }

  #finish(frame: MapFrame): void {
    const context = this.#canvas.getContext('2d');
    if (!context || !this.#making) return;
    context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    context.drawImage(this.#making.canvas, 0, 0);
    this.#last = performance.now();
    this.#busy = false;
    this.#made(frame);
    if (this.#wanted) this.#beginLater();
  }
}
