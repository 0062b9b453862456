import { type Color, isColor } from '../../../shared/color.ts';
import type { Style } from '../../../shared/style.ts';

/** Pen widths on offer, in board units, and the px of the dot that stands for each. */
export const penWidths = [
  { width: 2, name: 'Fine', dot: 4 },
  { width: 4, name: 'Medium', dot: 7 },
  { width: 8, name: 'Bold', dot: 11 },
  { width: 16, name: 'Broad', dot: 16 },
  { width: 32, name: 'Brush', dot: 22 },
] as const;

const key = 'retrace.pen';
const standard: Style = { color: 'ink', width: 4 };

function readStyle(): Style {
  try {
    const { color, width } = JSON.parse(localStorage.getItem(key) ?? '{}') as Record<string, unknown>;
    return {
      color: typeof color === 'string' && isColor(color) ? color : standard.color,
      width: penWidths.find((choice) => choice.width === width)?.width ?? standard.width,
    };
  } catch {
    return standard;
  }
}

/** The pen in hand: kept from board to board. */
class PenChoice {
  #style = $state.raw<Style>(readStyle());

  get style(): Style {
    return this.#style;
  }

  get color(): Color {
    return this.#style.color;
  }

  choose(change: Partial<Style>): void {
    this.#style = { ...this.#style, ...change };
    try {
      localStorage.setItem(key, JSON.stringify(this.#style));
    } catch {
      // Without storage the pen lasts as long as the page.
    }
  }
}

export const penChoice = new PenChoice();
