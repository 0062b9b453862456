// A picture of the board for other programs, through the clipboard.

import { formats } from '../../../shared/export/formats.ts';
import { defaultExport } from '../../../shared/export/options.ts';
import type { partOf } from '../../../shared/export/part.ts';
import { imagesOn } from '../../../shared/images-on.ts';
import { images } from '../../images/images.ts';
import { boardPng } from '../../export/png.ts';
import { theme } from '../theme.svelte.ts';
import { toasts } from '../toasts.svelte.ts';

/** Pixels for each board unit: sharp on the screens that people paste on. */
const SCALE = 2;

/** Puts a picture of a board, or of a part of it, on the clipboard, an SVG as its text, and says so. */
export async function copyPicture(part: ReturnType<typeof partOf>, format: 'png' | 'svg'): Promise<void> {
  const { board, ...region } = part;
  const options = { ...defaultExport, ...region, theme: theme.current };
  try {
    if (format === 'svg') {
      const addresses = await images.addresses(imagesOn(board, part.region));
      await navigator.clipboard.writeText(formats.svg.write(board, options, addresses).toString());
    } else {
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
