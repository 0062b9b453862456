import type { Color } from './color.ts';
import type { NewShape, PlacedShape, StrokePiece } from './event.ts';
import type { Millis, Revision, ShapeId } from './ids.ts';
import type { Matrix } from './matrix.ts';
import type { Samples } from './samples.ts';
import type { Settings } from './settings.ts';

/** What a client asks. `decide` makes it events, or refuses it. */
export type Command =
  | ({ readonly type: 'StartStroke' } & NewShape)
  | { readonly type: 'ExtendStroke'; readonly samples: Samples }
  | { readonly type: 'EndStroke' }
  /** One stroke of the eraser is one gesture, however many commands it takes. */
  | { readonly type: 'EraseShapes'; readonly gesture: number; readonly shapes: readonly ShapeId[] }
  /** The gesture's first shape has the number after it. */
  | ({ readonly type: 'PlaceShape' } & PlacedShape)
  /** `settings` has one for all shapes, or one for each. */
  | {
      readonly type: 'ChangeShapes';
      readonly gesture: number;
      readonly shapes: readonly ShapeId[];
      readonly settings: readonly Settings[];
    }
  | {
      readonly type: 'MoveShapes';
      readonly gesture: number;
      readonly shapes: readonly ShapeId[];
      readonly matrix: Matrix;
    }
  | {
      readonly type: 'CutStroke';
      readonly gesture: number;
      readonly shape: ShapeId;
      readonly pieces: readonly StrokePiece[];
    }
  | { readonly type: 'Undo' }
  | { readonly type: 'Redo' }
  | { readonly type: 'ChangeAuthor'; readonly name: string; readonly color: Color }
  | { readonly type: 'RenameBoard'; readonly title: string }
  | { readonly type: 'MarkMoment'; readonly moment: Millis; readonly name: string }
  /** `mark`: the revision at which it was marked. */
  | { readonly type: 'UnmarkMoment'; readonly mark: Revision };

export type CommandType = Command['type'];

/** A command with its number: 1, 2, 3 … for each client and board, without a hole. */
export interface NumberedCommand {
  readonly number: number;
  readonly command: Command;
}

export type RejectionCode =
  | 'NotAllowed'
  | 'NoOpenStroke'
  | 'StrokeTooLong'
  | 'OutOfBounds'
  | 'NumberUsed'
  | 'BoardFull'
  | 'NotAStroke'
  | 'NothingToUndo'
  | 'NothingToRedo';

/** A refusal is a value: the board is as it was, and the person can be told why. */
export interface Rejection {
  readonly code: RejectionCode;
  readonly message: string;
}
