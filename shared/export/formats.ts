import type { Board } from '../board.ts';
import { json } from './json.ts';
import type { ExportOptions } from './options.ts';
import { svg } from './svg.ts';

/** The port of an export format that needs no pixels. Pure: the same bytes for the same board and options. */
export interface ExportFormat {
  /** What a person reads in a menu. */
  readonly name: string;
  /** Ends the file's name, and the address that exports it. */
  readonly extension: string;
  readonly mediaType: string;
  write(board: Board, options: ExportOptions): string | Uint8Array<ArrayBuffer>;
}

/** Every such format. A new one is a file and a line here. */
export const formats = { svg, json } as const satisfies Record<string, ExportFormat>;

export type FormatName = keyof typeof formats;

export const isFormatName = (text: string): text is FormatName => Object.hasOwn(formats, text);
