import type { Board } from '../board.ts';
import type { Theme } from '../color.ts';
import { type Box, boxOf, growBox } from '../geometry.ts';
import { boundsOfBoard } from '../shapes/stack.ts';

/** How a drawing is taken away. */
export interface ExportOptions {
  /** What of the board to show, exactly; without it all that is drawn and `margin` around it. */
  readonly region?: Box;
  /** Pixels for each board unit. */
  readonly scale: number;
  readonly theme: Theme;
  /** Whether the sheet shows, or what lies behind the picture. */
  readonly background: boolean;
  /** Board units. */
  readonly margin: number;
}

export const defaultExport: ExportOptions = { scale: 1, theme: 'paper', background: true, margin: 24 };

/** Shown for an empty board: a picture needs a size. */
const EMPTY_PICTURE = boxOf(0, 0, 320, 200);

/** What of the board a picture shows. */
export function pictureBox(board: Board, { region, margin }: ExportOptions): Box {
  if (region) return region;
  const bounds = boundsOfBoard(board);
  return bounds ? growBox(bounds, margin) : EMPTY_PICTURE;
}
