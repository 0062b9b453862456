import type { Board } from '../board.ts';
import type { ImageId } from '../ids.ts';
import type { ExportOptions } from './options.ts';

export type ImageAddresses = ReadonlyMap<ImageId, string>;

/** The port of an export format that needs no pixels. Pure: the same bytes for the same board and options. */
export interface ExportFormat {
  /** What a person reads in a menu. */
  readonly name: string;
  /** Ends the file's name, and the address that exports it. */
  readonly extension: string;
  readonly mediaType: string;
  /**
   * `images` are the addresses of those on the board, as a rule `data:`; where one is missing, its field shows.
   * `faces` are rules of CSS for the typefaces of what is written; without them they are named.
   */
  write(
    board: Board,
    options: ExportOptions,
    images?: ImageAddresses,
    faces?: string,
  ): string | Uint8Array<ArrayBuffer>;
}
