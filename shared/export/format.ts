import type { Board } from '../board.ts';
import type { ExportOptions } from './options.ts';

/** The port of an export format that needs no pixels. Pure: the same bytes for the same board and options. */
export interface ExportFormat {
  /** What a person reads in a menu. */
  readonly name: string;
  /** Ends the file's name, and the address that exports it. */
  readonly extension: string;
  readonly mediaType: string;
  write(board: Board, options: ExportOptions): string | Uint8Array<ArrayBuffer>;
}
