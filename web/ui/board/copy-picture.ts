// A picture of the board for other programs, through the clipboard.

import type { Board } from '../../../shared/board.ts';
import { formats } from '../../../shared/export/formats.ts';
import { defaultExport } from '../../../shared/export/options.ts';
import { boardPng } from '../../export/png.ts';
import { theme } from '../theme.svelte.ts';
import { toasts } from '../toasts.svelte.ts';

/** Pixels for each board unit: sharp on the screens that people paste on. */
const SCALE = 2;

/** Puts the picture on the clipboard, an SVG as its text, and says so. */
export async function copyPicture(board: Board, format: 'png' | 'svg'): Promise<void> {
  const options = { ...defaultExport, theme: theme.current };
  try {
    if (format === 'svg') await navigator.clipboard.writeText(formats.svg.write(board, options).toString());
    else {
      // Made while the browser waits: Safari takes nothing that comes later than the click.
      const png = boardPng(board, { ...options, scale: SCALE });
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
    }
    toasts.show('The picture is on the clipboard.');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    toasts.show(`The picture was not copied. ${why}`, { tone: 'danger' });
  }
}
