import type { Style } from '../../shared/style.ts';
import { seededRandom } from '../../shared/testing/random.ts';

export interface HandStroke {
  readonly color: Style['color'];
  readonly width: number;
  readonly points: readonly (readonly [x: number, y: number, pressure: number])[];
}

const colors = ['ink', 'red', 'blue', 'green', 'violet'] as const;

/** How high a sheet of so many strokes is, in board units, where each has as much room as the next. */
export const sheetHeight = (count: number): number => Math.sqrt(count) * 60;

/** Sentences of curves all over a sheet, so many, of 60 samples each: the same every time. */
export function handStrokes(count: number, height = sheetHeight(count)): HandStroke[] {
  const random = seededRandom(5);
  return Array.from({ length: count }, (_, i) => {
    let [x, y, angle] = [random() * height * 1.6, random() * height, random() * 7];
    const points = Array.from({ length: 60 }, () => {
      angle += (random() - 0.5) * 0.8;
      x += 4 * Math.cos(angle);
      y += 4 * Math.sin(angle);
      return [x, y, 0.4 + random() * 0.3] as const;
    });
    return { color: colors[i % colors.length] ?? 'ink', width: 3, points };
  });
}
