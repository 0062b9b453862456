import type { Board } from '../../shared/board.ts';
import type { ImageAddresses } from '../../shared/export/format.ts';
import type { FormatName } from '../../shared/export/formats.ts';
import type { ExportOptions } from '../../shared/export/options.ts';
import type { Shape } from '../../shared/shapes/shape.ts';

export type ServerFormatName = FormatName | 'png';

export type BoardWithoutShapes = Omit<Board, 'authorNumbers' | 'shapes' | 'holders' | 'erased'>;

/** A board, its shapes in parts, then what to make of it. */
export type ToExporter =
  | { readonly type: 'Board'; readonly head: BoardWithoutShapes }
  | { readonly type: 'Shapes'; readonly shapes: readonly Shape[] }
  | {
      readonly type: 'Write';
      readonly format: ServerFormatName;
      readonly options: ExportOptions;
      readonly images: ImageAddresses;
    };

export type FromExporter =
  | {
      readonly bytes: Uint8Array;
      /** The thread has painted so much that it should end: what its pictures took comes back only then. */
      readonly spent: boolean;
    }
  | { readonly tooManyPixels: number };
