import type { Board } from '../../shared/board.ts';
import { type FormatName, formats } from '../../shared/export/formats.ts';
import type { ExportOptions } from '../../shared/export/options.ts';
import { fileName } from '../../shared/export/file-name.ts';
import { imagesOn } from '../../shared/images-on.ts';
import { lettersOn } from '../../shared/letters/letters-on.ts';
import { images } from '../images/images.ts';
import { embeddedFaces } from './embedded-faces.ts';
import { boardPng } from './png.ts';

export type DownloadFormat = FormatName | 'png';

/** What can be taken away from the page, as menus show it. */
export const downloadFormats: readonly { readonly format: DownloadFormat; readonly name: string }[] = [
  { format: 'png', name: 'PNG' },
  ...Object.entries(formats).map(([format, { name }]) => ({ format: format as FormatName, name })),
];

/** Gives the browser a board to save, as it is in this moment. Throws `PictureTooLarge`. */
export async function downloadBoard(board: Board, format: DownloadFormat, options: ExportOptions): Promise<void> {
  if (format === 'png') return save(await boardPng(board, options), fileName(board.title, 'png'));
  const { extension, mediaType, write } = formats[format];
  const addresses = await images.addresses(imagesOn(board, options.region));
  const faces = format === 'svg' ? await embeddedFaces(lettersOn(board, options.region)) : '';
  save(new Blob([write(board, options, addresses, faces)], { type: mediaType }), fileName(board.title, extension));
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser reads it some time after the click; a minute is late enough on a slow phone.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
