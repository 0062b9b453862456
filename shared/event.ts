import type { AuthorNumber, BoardId, ClientId, Millis, Revision, ShapeId } from './ids.ts';
import type { Color } from './color.ts';
import type { Matrix } from './matrix.ts';
import type { Access } from './roles.ts';
import type { Samples } from './samples.ts';
import type { Settings } from './settings.ts';
import type { KindName } from './shapes/shape.ts';
import type { Style } from './style.ts';

/** What drew a stroke: a pen's pressure is real, a mouse's or finger's is not. */
export type PointerKind = 'mouse' | 'pen' | 'touch';

/** Why shapes came or went: a gesture of the author, done, undone or done again. */
export interface GestureStep {
  /** The number of the author's gesture; a stroke's gesture has the number of its shape. */
  readonly gesture: number;
  readonly step: 'do' | 'undo' | 'redo';
}

/** A part of a stroke that an eraser left: of its samples from one to another, which may lie between two. */
export interface StrokePiece {
  /** With the author's client this makes the ShapeId. */
  readonly number: number;
  readonly from: number;
  readonly to: number;
}

/** What a shape begins with. */
export interface NewShape {
  /** With the author's client this makes the ShapeId; higher than any of theirs before. */
  readonly number: number;
  readonly kind: KindName;
  readonly style: Style;
  readonly pointer: PointerKind;
  /** The samples' step is 2^-precision board units. */
  readonly precision: number;
  readonly samples: Samples;
}

/** A shape that is put on the board whole; its number is higher than the gesture's. */
export interface PlacedShape extends NewShape {
  readonly gesture: number;
  readonly settings: Settings;
}

/** Facts. Never changed once recorded; what is to look different later is another event. */
export type BoardEvent =
  | {
      readonly type: 'BoardCreated';
      readonly title: string;
      readonly access: Access;
      /** SHA-256 in base64url of the secrets in the board's links; absent where the link needs none. */
      readonly editKeyHash?: string;
      readonly viewKeyHash?: string;
    }
  | { readonly type: 'BoardRenamed'; readonly title: string }
  /** What came before is another board's, up to a revision; from here on it goes its own way under this title. */
  | { readonly type: 'BoardBranched'; readonly from: BoardId; readonly fromRevision: Revision; readonly title: string }
  /** Somebody gave a moment of the board's past a name. */
  | { readonly type: 'MomentMarked'; readonly moment: Millis; readonly name: string }
  | { readonly type: 'MomentUnmarked'; readonly mark: Revision }
  | { readonly type: 'AuthorJoined'; readonly client: ClientId; readonly name: string; readonly color: Color }
  | { readonly type: 'AuthorChanged'; readonly name: string; readonly color: Color }
  | ({ readonly type: 'StrokeStarted' } & NewShape)
  /** Adds to the author's open stroke: each client draws one at a time. */
  | { readonly type: 'StrokeExtended'; readonly samples: Samples }
  | { readonly type: 'StrokeEnded' }
  | ({ readonly type: 'ShapesErased'; readonly shapes: readonly ShapeId[] } & GestureStep)
  | ({ readonly type: 'ShapesRestored'; readonly shapes: readonly ShapeId[] } & GestureStep)
  /** A shape that is there at once, whole: pasted, typed, or a picture. */
  | ({ readonly type: 'ShapePlaced' } & PlacedShape)
  /** `settings` has one for all shapes, or one for each. */
  | ({
      readonly type: 'ShapesChanged';
      readonly shapes: readonly ShapeId[];
      readonly settings: readonly Settings[];
    } & GestureStep)
  /** Moved, turned or stretched from where they were, as a hand does it. Turned round by `ShapesChanged`. */
  | {
      readonly type: 'ShapesMoved';
      readonly gesture: number;
      readonly shapes: readonly ShapeId[];
      readonly matrix: Matrix;
    }
  /** An eraser went through a stroke: it is away, and the pieces that are left are shapes of their own. */
  | {
      readonly type: 'StrokeCut';
      readonly gesture: number;
      readonly shape: ShapeId;
      readonly pieces: readonly StrokePiece[];
    };

/** An event of a newer version, or with something that only a newer version knows. Kept and passed on as it is; what it does to a board is not known here. */
export interface UnknownEvent {
  readonly type: 'Unknown';
  readonly tag: number;
  /** How many fields it has, and these, packed one behind the other. */
  readonly count: number;
  readonly fields: Uint8Array;
}

/** An event in its place. */
export interface RecordedEvent {
  readonly revision: Revision;
  readonly at: Millis;
  readonly by: AuthorNumber;
  /** How many of the author's commands this event settles: 0 for all but the first event of a command. */
  readonly settles: number;
  readonly event: BoardEvent | UnknownEvent;
}

/** What was made durable together: the unit of the log, of the wire and of a recording. All its events have one time. */
export interface Commit {
  /** The revision that these events follow. */
  readonly after: Revision;
  readonly at: Millis;
  readonly events: readonly RecordedEvent[];
}
