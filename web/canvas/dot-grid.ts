import type { Theme } from '../../shared/color.ts';
import { GRID } from '../tools/on-grid.ts';
import type { Context } from './paint-path.ts';
import type { View } from './view.ts';

/** CSS pixels between dots: from the least to twice as many; closer ones are left out, every second. */
const LEAST_GAP = 16;

const dotColors: Readonly<Record<Theme, { rgb: string; alpha: number }>> = {
  paper: { rgb: '29 30 34', alpha: 0.17 },
  night: { rgb: '236 235 230', alpha: 0.15 },
};

/**
 * The faint dots of the sheet, fixed to the board. Two rows are painted, the even and the odd, and put down again and
 * again: some eighty pictures a frame where there are thousands of dots.
 */
export class DotGrid {
  readonly #even = new OffscreenCanvas(1, 1);
  readonly #odd = new OffscreenCanvas(1, 1);

  paint(context: Context, view: View, theme: Theme): void {
    const least = LEAST_GAP * view.ratio;
    const spacing = GRID * 2 ** Math.ceil(Math.log2(least / (GRID * view.scale)));
    const gap = spacing * view.scale;
    // As dots draw apart, those between them come up.
    const between = Math.min(1, Math.max(0, gap / least - 1));
    const size = Math.max(1, Math.round(1.25 * view.ratio));
    this.#paintRow(this.#even, view, theme, gap, size, [1, between]);
    this.#paintRow(this.#odd, view, theme, gap, size, [between, between]);
    const last = Math.ceil((view.top + view.height) / gap);
    for (let row = Math.floor(view.top / gap); row <= last; row++) {
      context.drawImage(row % 2 === 0 ? this.#even : this.#odd, 0, Math.round(row * gap) - view.top);
    }
  }

  /** `alphas`: of the dots in even and in odd columns. */
  #paintRow(row: OffscreenCanvas, view: View, theme: Theme, gap: number, size: number, alphas: [number, number]): void {
    if (row.width !== view.width || row.height !== size) {
      row.width = view.width;
      row.height = size;
    }
    const context = row.getContext('2d');
    if (!context) return;
    context.clearRect(0, 0, row.width, row.height);
    const { rgb, alpha } = dotColors[theme];
    const last = Math.ceil((view.left + view.width) / gap);
    for (let column = Math.floor(view.left / gap); column <= last; column++) {
      context.fillStyle = `rgb(${rgb} / ${alpha * alphas[column % 2 === 0 ? 0 : 1]})`;
      context.fillRect(Math.round(column * gap) - view.left, 0, size, size);
    }
  }
}
